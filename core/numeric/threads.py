"""One BLAS thread for products so small that a second only waits.

On two busy cores a model of 640 units writes 171 characters a second with two threads, 1,090 with
one; eight visitors at once share 22 or 2,959. The limit is the process's, and threadpoolctl lets
one thread at a time set it: a server does so for good when it starts.
"""

from contextlib import AbstractContextManager
from functools import cache

from threadpoolctl import ThreadpoolController


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


def one_blas_thread() -> AbstractContextManager[object]:
    """Limit BLAS to one thread, from the call until the context is left."""
    return _controller().limit(limits=1, user_api="blas")
