"""A worker of a cluster as ``python -m core worker`` starts it, but quick.

Arguments: the scheduler's address and the slots. Its processes are forked from one without Keras,
and what a server has left is ended soon.
"""

import sys
from functools import partial

from core.engine import processes
from core.engine.cluster import relay, start

if __name__ == "__main__":
    processes.for_this_machine = partial(processes.for_this_machine, "core.events")
    relay._LEASE_S = 5.0
    start.run(sys.argv[1], int(sys.argv[2]))
