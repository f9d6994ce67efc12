"""``worker``: gives this machine to a cluster."""

import click

from core.engine.cluster.chosen import check
from core.engine.limits import Limits


@click.command(short_help="Give this machine to a cluster.")
@click.argument("address", metavar="ADDRESS")
@click.option(
    "--slots",
    metavar="N",
    type=click.IntRange(1, 1000),
    default=Limits().at_once,
    show_default=True,
    help="How many runs at once.",
)
def worker(address: str, slots: int) -> None:
    """Give this machine to the Dask scheduler at ADDRESS (tcp://HOST:PORT), until Ctrl-C."""
    check(address, "worker")
    from core.engine.cluster import start

    runs = "run" if slots == 1 else "runs"
    click.echo(f"Offering {slots} {runs} at once to {address}; Ctrl-C ends that.")
    start.run(address, slots)
