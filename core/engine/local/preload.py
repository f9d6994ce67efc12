"""What every job needs, imported once by the process that jobs come from; it must never run an op.

TensorFlow survives a fork only as long as nothing has been computed. Frozen objects are never
visited by the garbage collector, so that their memory stays shared between the jobs.
"""

import contextlib
import gc
import os
import signal
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """No standard error: TensorFlow greets there before it heeds TF_CPP_MIN_LOG_LEVEL."""
    error = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(error, 2)
        os.close(error)
        os.close(nowhere)


signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks for jobs
with _quiet():
    import keras  # noqa: F401

    import core.experiments
    import core.models

    for name in core.experiments.names():
        import_module(f"core.experiments.{name.replace('-', '_')}.run")
    for module in walk_packages(core.models.__path__, "core.models."):
        import_module(module.name)

gc.collect()
gc.freeze()
