"""How far a long work is, on standard error where somebody looks at it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

_PARTS = 1000  # of one, in which progress is counted


@contextmanager
def bar(
    label: str, count: int, of: str, out: Path | None
) -> Iterator[Callable[[float, int], None]]:
    """A bar with the time left. of: what there are ``count`` of, in the plural.

    Gives what hears how much is done, in parts too, and how many have ended. Ctrl-C says how to go
    on, with the folder ``out``, and raises Abort.
    """
    ended = 0
    shown = click.progressbar(
        length=count * _PARTS,
        label=label,
        item_show_func=lambda _item: f"{ended} of {count} {of}",
        file=sys.stderr,
    )
    try:
        with shown:

            def progress(done: float, now: int) -> None:
                nonlocal ended
                ended = now
                shown.update(max(0, round(done * _PARTS) - shown.pos), now)

            yield progress
    except KeyboardInterrupt:
        how = (
            f"Stopped: {ended} of {count} {of} are in {out}; the same command goes on from there."
            if out
            else f"Stopped after {ended} of {count} {of}. With --out they would have been kept."
        )
        click.echo(f"\n{how}", err=True)
        raise click.Abort from None


@contextmanager
def share_bar(label: str) -> Iterator[Callable[[float], None]]:
    """A bar for one piece of work, where somebody looks at it; gives what hears the share done."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=_PARTS, label=label, file=sys.stderr, hidden=hidden) as shown:
        yield lambda share: shown.update(max(0, round(share * _PARTS) - shown.pos))
