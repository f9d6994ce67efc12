"""``sweep``: an experiment with many settings and many seeds."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from core.cli.assignments import assignments
from core.cli.runs import search
from core.cli.runs.backend import choose_backend
from core.cli.runs.bar import bar
from core.cli.speech import columns, shown
from core.engine.cluster.chosen import VARIABLE
from core.experiments import experiment as find_experiment

if TYPE_CHECKING:
    from core.sweeps.plan import Plan
    from core.sweeps.results import Result
    from core.sweeps.statistics import Difference
    from core.sweeps.summary import Compared

_DIRECTIONS = {1: "more is better", -1: "less is better", 0: "the larger first"}


def _lists(
    _context: click.Context, _option: click.Parameter, given: tuple[str, ...]
) -> dict[str, list[str]]:
    """The values to sweep a field over, by its name."""
    found: dict[str, list[str]] = {}
    for words in given:
        name, separator, values = words.partition("=")
        if not separator or not values:
            raise click.BadParameter(f"{words[:60]!r} is not of the form FIELD=VALUE,VALUE,...")
        if name in found:
            raise click.BadParameter(f"{name} is given twice; give all its values at once.")
        found[name] = values.split(",")
    return found


@click.command(short_help="Train an experiment with many settings and seeds.")
@click.argument("experiment", metavar="EXPERIMENT")
@click.option(
    "--over",
    metavar="FIELD=VALUE,VALUE,...",
    multiple=True,
    callback=_lists,
    help="The values of a setting to try; of several, every combination.",
)
@click.option("--seeds", default=10, show_default=True, help="Runs of each, with seeds from 0.")
@click.option(
    "--set",
    "settings",
    metavar="FIELD=VALUE",
    multiple=True,
    callback=assignments,
    help="A setting that all runs have, one of those that 'list' shows.",
)
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for runs.csv, runs.parquet and the runs; those that are there are not repeated.",
)
@click.option(
    "--metric",
    "asked",
    metavar="NAME",
    multiple=True,
    help="What to compare the settings by; by default the runs' first score.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 1024),
    help="Runs at a time; by default one a core, on a cluster three quarters of its slots.",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    envvar=VARIABLE,
    help=f"Train on the workers of the Dask scheduler there; {VARIABLE} by default.",
)
@click.option(
    "--search",
    "trials",
    metavar="N",
    type=click.IntRange(1, 100_000),
    help="Instead of every combination, try N that Optuna proposes; --over may have LOW..HIGH.",
)
@click.option("--minimise", metavar="METRIC", help="What to search by, of a validation part.")
@click.option("--maximise", metavar="METRIC", help="The same, where more is better.")
def sweep(
    experiment: str,
    over: dict[str, list[str]],
    seeds: int,
    settings: dict[str, str],
    out: Path | None,
    asked: tuple[str, ...],
    jobs: int | None,
    cluster: str | None,
    trials: int | None,
    minimise: str | None,
    maximise: str | None,
) -> None:
    """Train EXPERIMENT with every combination of settings and every seed, and compare them.

    Ctrl-C stops it; with --out, the same command goes on from there. With --search each proposal
    runs with one seed, and the best of them then with so many others as --seeds says: what those
    reach on the test part is told once.
    """
    choose_backend()
    if trials is not None:
        if bool(minimise) == bool(maximise):
            raise click.UsageError("--search goes with either --minimise or --maximise.")
        given = (over, seeds, settings, out, jobs, cluster, trials, minimise, maximise)
        search.search(experiment, find_experiment, *given)
        return
    if minimise or maximise:
        raise click.UsageError("--minimise and --maximise go with --search.")
    from core.sweeps.plan import planned

    plan = planned(find_experiment(experiment), over, seeds, settings)
    results = _run(plan, out, jobs, cluster)
    if out:
        _write(plan, results, out)
    _say(plan, results, asked)


def _run(
    plan: "Plan", out: Path | None, jobs: int | None, cluster: str | None
) -> "dict[Any, Result]":
    """The results of all runs."""
    from core.sweeps.running import own_engine, run

    with (
        own_engine(jobs, find_experiment, cluster) as engine,
        bar(plan.experiment, len(plan.configs), "runs", out) as progress,
    ):
        return run(plan, engine, out, progress)


def _write(plan: "Plan", results: "dict[Any, Result]", out: Path) -> None:
    from core.sweeps.results import table
    from core.sweeps.running import in_order

    rows = table(results[config] for config in in_order(plan))
    rows.to_csv(out / "runs.csv", index=False)
    rows.to_parquet(out / "runs.parquet", index=False)


def _say(plan: "Plan", results: "dict[Any, Result]", asked: Sequence[str]) -> None:
    """Each metric's settings, and how the best of them does beside the others."""
    from core.sweeps import metrics, summary
    from core.sweeps.running import in_order

    order = in_order(plan)
    ended = [results[config] for config in order]
    known = dict.fromkeys(name for result in ended for name in result.metrics)
    failed = [result for result in ended if not result.finished]
    click.echo(f"{plan.experiment}: {_count(len(ended), 'run')}, {len(failed)} failed")
    for error, times in Counter(result.error for result in failed).items():
        click.echo(f"  {times} times: {shown(error)}")
    if len(failed) == len(ended):
        return
    metrics.check(asked, known)
    names = list(asked) or metrics.main_metrics(ended)
    if not plan.over and len(names) > 1:  # networks that race in each run
        click.echo(described(summary.compared(summary.of_racers(ended, names), names[0])))
        return
    for name in names:
        settings = summary.settings_of(results, plan.over, name, order)
        click.echo(f"{name}, {_DIRECTIONS[metrics.better(name)]}")
        click.echo(described(summary.compared(settings, name)))


def described(found: "Compared") -> str:
    """A table of the settings, and a sentence on each beside the best."""
    spreads = [(setting, setting.spread) for setting in found.settings]
    rows = [
        (
            f"  {setting.name}",
            f"{spread.n}",
            f"{spread.median:.4g}",
            f"{spread.low:.4g} to {spread.high:.4g}",
        )
        for setting, spread in spreads
    ]
    lines = [columns([("  SETTING", "RUNS", "MEDIAN", "QUARTILES"), *rows])]
    if found.best:
        lines += [beside(found.best.name, other.name, one) for other, one in found.beside]
    return "\n".join(lines)


def beside(best: str, other: str, found: "Difference") -> str:
    """How the best setting does beside another one, in a sentence."""
    interval = ""
    if found.interval:
        low, high = found.interval
        interval = f" (95 % interval {low:.3g} to {high:.3g})"
    chance = "may be chance" if found.may_be_chance else "is hardly chance"
    seeds = f"about {found.seeds:,} seeds would tell" if found.seeds else "no number of seeds tells"
    return (
        f"  {best} is ahead of {other} in {found.ahead} of {_count(found.n, 'seed')}; "
        f"mean difference {found.mean:.3g}{interval}, which {chance} (p {found.p:.2g}); {seeds}."
    )


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}" + "s" * (number != 1)
