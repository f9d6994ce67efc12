"""``data``: which data sets there are, and how they get here."""

import sys

import click

from core.cli.speech import columns
from core.data import fetch as store


@click.group()
def data() -> None:
    """The real data sets: what is here, and how the rest gets here."""


@data.command("list")
def list_() -> None:
    """All data sets, those on this machine marked 'here'."""
    named = {known.get("group", name): known["about"] for name, known in store.manifest().items()}
    rows = [
        (name, "here" if all(map(store.available, files)) else "-", _size(files), about)
        for name, about in named.items()
        for files in [store.members(name) or [name]]
    ]
    click.echo(columns([("NAME", "", "SIZE", "WHAT IT IS"), *rows]))


@data.command()
@click.argument("names", metavar="NAME ...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All data sets of the list.")
def fetch(names: tuple[str, ...], everything: bool) -> None:
    """Download data sets, unless they are here, and check them.

    The name voltaire stands for all of his books, fsdd for all recordings of spoken digits.
    """
    if bool(names) == everything:
        raise click.UsageError("Give either NAMEs or --all.")
    # All names are looked up first: a wrong one is said before anything is downloaded.
    wanted = store.manifest() if everything else [file for name in names for file in _files(name)]
    for name in dict.fromkeys(wanted):
        click.echo(f"{name}: {_fetched(name)}")


def _files(name: str) -> list[str]:
    if name == "voltaire":
        return [file for file in store.manifest() if file.startswith("voltaire_")]
    if group := store.members(name):
        return group
    store.entry(name)
    return [name]


def _fetched(name: str) -> str:
    if store.available(name):
        return f"here already, {store.path(name)}"
    quiet = not sys.stderr.isatty()
    with click.progressbar(length=1, label=name, file=sys.stderr, hidden=quiet) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total or done
            bar.update(done - bar.pos)

        return str(store.fetch(name, progress))


def _size(files: list[str]) -> str:
    size = sum(store.entry(file).get("bytes", 0) for file in files)
    return f"{size / 1e6:.2f} MB" if size else "?"
