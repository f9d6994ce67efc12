"""A worker of a cluster as ``python -m core worker`` starts it, but quick.

Arguments: the scheduler's address and the slots. Its processes are forked from one without Keras,
and what a server has left is ended soon. On SIGUSR1 its network is cut: nobody reaches it any more,
and it reaches nobody.
"""

import os
import signal
import sys
from functools import partial

import psutil

from core.engine.cluster import relay, start
from core.engine.local import processes


def cut(_signal, _frame):
    """Put nothing in the place of each connection and of each port that is open."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for connection in psutil.Process().net_connections("tcp"):
        os.dup2(nothing, connection.fd)


if __name__ == "__main__":
    processes.for_this_machine = partial(processes.for_this_machine, "core.events")
    relay._LEASE_S = 5.0
    if hasattr(signal, "SIGUSR1"):
        signal.signal(signal.SIGUSR1, cut)
    start.run(sys.argv[1], int(sys.argv[2]))
