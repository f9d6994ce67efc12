"""Starts a worker of a cluster."""

import asyncio
import contextlib
import signal

import dask.config as settings
from distributed import Worker, rpc
from distributed.security import Security

from core import __version__
from core.engine.cluster import names
from core.messages import N_, Problem

_AGAIN_S = 2.0
_CONNECT_S = "5s"


def run(address: str, slots: int) -> None:
    """Give this machine to the scheduler at ``address`` until a signal ends it.

    Where the scheduler goes, it waits for it to come back. Raises Problem where nobody answers at
    the beginning, or where the servers are of another version.
    """
    settings.set(
        {
            "distributed.worker.profile.enabled": False,  # of our waiting threads, a core's 2%
            "distributed.comm.timeouts.connect": _CONNECT_S,
        }
    )
    asyncio.run(_run(address, slots))


async def _run(address: str, slots: int) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows
            asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    first = True
    while not stopped.is_set():
        try:
            await _check(address)
            await _work(address, slots, stopped)
        except (OSError, TimeoutError):
            if first:
                raise Problem(N_("No scheduler answers at {address}."), address=address) from None
        first = False
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), _AGAIN_S)


async def _check(address: str) -> None:
    """Raise Problem if the cluster's servers are of another version."""
    async with rpc(address, connection_args=Security().get_connection_args("worker")) as scheduler:
        theirs = await scheduler.get_metadata(keys=[names.VERSION], default=None)
    if theirs not in (None, __version__):
        raise Problem(
            N_(
                "The servers of this cluster have Pangloss {theirs}, this machine has {ours}: "
                "install the same version here."
            ),
            theirs=theirs,
            ours=__version__,
        )


async def _work(address: str, slots: int, stopped: asyncio.Event) -> None:
    """Work until the scheduler is gone or a signal says that it is enough."""
    async with Worker(
        address,
        nthreads=slots,
        memory_limit=0,  # jobs have limits of their own, in processes of their own
        preload=["core.engine.cluster.preload"],
        nanny=None,
    ) as worker:
        ended = asyncio.ensure_future(worker.finished())
        enough = asyncio.ensure_future(stopped.wait())
        await asyncio.wait({ended, enough}, return_when=asyncio.FIRST_COMPLETED)
        enough.cancel()
