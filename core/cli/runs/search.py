"""``sweep --search``: good settings, proposed by Optuna and chosen by a validation part."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from core.cli.runs.bar import bar
from core.cli.speech import columns
from core.experiments import Experiment

if TYPE_CHECKING:
    from core.sweeps.proposals import Range
    from core.sweeps.search import Found

_BEST = 10  # trials that are printed


def search(
    name: str,
    find: Callable[[str], Experiment[Any]],
    over: Mapping[str, Sequence[str]],
    seeds: int,
    settings: Mapping[str, str],
    out: Path | None,
    jobs: int | None,
    cluster: str | None,
    trials: int,
    minimise: str | None,
    maximise: str | None,
) -> None:
    """Search, say what was found, and write trials.csv and best.csv.

    find: as of the engine.
    """
    from core.sweeps.running import own_engine
    from core.sweeps.search import check, search

    metric = minimise or maximise or ""
    check(find(name), metric)
    with (
        own_engine(jobs, find, cluster) as engine,
        bar(name, trials, "trials", out) as progress,
    ):
        found = search(
            name,
            {field: _values(values) for field, values in over.items()},
            metric,
            trials,
            maximise=bool(maximise),
            seeds=seeds,
            set=settings,
            out=out,
            progress=progress,
            engine=engine,
            find=find,
        )
    click.echo(described(found, metric, bool(maximise)))
    if out:
        from core.sweeps.results import table

        found.trials.to_csv(out / "trials.csv", index=False)
        table(found.final.values()).to_csv(out / "best.csv", index=False)


def _values(values: Sequence[str]) -> "Sequence[str] | Range":
    from core.sweeps.proposals import Range

    low, dots, high = values[0].partition("..")
    return Range(low, high) if dots and len(values) == 1 else values


def described(found: "Found", metric: str, maximise: bool) -> str:
    """The best trials, and what the best of them reaches with other seeds."""
    from core.sweeps import metrics
    from core.sweeps.statistics import spread

    states = found.trials.state.value_counts().to_dict()
    lines = [", ".join(f"{count} trials {state}" for state, count in states.items())]
    if found.best is None:
        errors = [error for error in found.trials.error if error]
        return "\n".join([*lines, *errors[:1]])
    ended = found.trials[found.trials.state == "finished"]
    ways: dict[bool, Callable[..., Any]] = {True: ended.nlargest, False: ended.nsmallest}
    best = ways[maximise](_BEST, metric)
    fields = [name for name in best.columns if name not in ("state", "error")]
    rows = [[f"  {name}" if name == "trial" else name for name in fields]]
    rows += [[_cell(row[name], name) for name in fields] for _place, row in best.iterrows()]
    lines.append(columns(rows))
    results = list(found.final.values())
    lines.append(f"The best with {len(results)} other seeds, median and quartiles:")
    told = dict.fromkeys(name for result in results for name in result.metrics)
    for name in (name for name in told if metrics.is_score(name, told)):
        of = spread(list(metrics.values(results, name).values()))
        lines.append(f"  {name} {of.median:.4g} ({of.low:.4g} to {of.high:.4g})")
    lines += [f"  failed: {result.error}" for result in results if result.failed]
    return "\n".join(lines)


def _cell(value: Any, name: str) -> str:
    words = f"{value:.4g}" if isinstance(value, float) else str(value)
    return f"  {words}" if name == "trial" else words
