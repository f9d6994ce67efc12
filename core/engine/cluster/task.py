"""What a Dask worker is asked to do: a task of Dask is the slot that a job has."""

from distributed import get_worker

from core.engine.cluster import names


def hold(ticket: str, topic: str) -> None:
    """Hold a process for a job on the worker that runs this, until it ends."""
    get_worker().extensions[names.RELAY].hold(ticket, topic)
