"""What an axis of the plane can be: a setting of the runs, or what they have reached."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.classes.together import reached, spans_decades
from core.events import flat
from core.experiments import experiment as find
from core.experiments.kit.config import Spec
from core.figures.classes.plane import Scale
from core.store.classes.wall import ClassRun
from ui.runs.results.bench import readable
from ui.texts import _

LAST, TIME = "curve", "train_s"  # keys of quantities that every lesson has
_MODELS = ("rnn", "lstm", "gru")  # values of a choice that have a colour of their own


@dataclass(frozen=True)
class Quantity:
    """Something that a run may have: its label, and a function of a run: None where it has none.

    names: of a choice, in their order; () for numbers. varies: whether the runs differ in it.
    """

    label: str
    of: Callable[[ClassRun], Any]
    names: Sequence[str] = ()
    varies: bool = False

    def scale(self, values: Sequence[Any]) -> Scale:
        """The axis on which these values are drawn."""
        if self.names:
            return Scale(categories=[name for name in self.names if name in values])
        return Scale(log=spans_decades(values))


def quantities(runs: Sequence[ClassRun], experiment: str, reached_name: str) -> dict[str, Quantity]:
    """Key -> quantity, of all that any of the runs has, the settings in which they differ first.

    reached_name: what people call the metric of the curves.
    """
    specs = find(experiment).Config.specs()
    fields = {name for run in runs for name in run.config if name in specs}
    settings = {
        f"config.{name}": _setting(name, specs[name], runs) for name in specs if name in fields
    }
    differing = {key: quantity for key, quantity in settings.items() if quantity.varies}
    metrics = dict.fromkeys(name for run in runs for name in flat(run.metrics))
    return {
        **differing,
        LAST: Quantity(reached_name, reached),
        TIME: Quantity(_("seconds of training"), lambda run: _number(run.train_s)),
        **{key: quantity for key, quantity in settings.items() if not quantity.varies},
        **{f"metric.{name}": Quantity(name, _metric(name)) for name in metrics},
    }


def kinds(known: Mapping[str, Quantity]) -> list[str]:
    """Keys of what can tell runs apart by colour: choices in which they differ, a cell first."""
    choices = [key for key, quantity in known.items() if quantity.names and quantity.varies]
    return sorted(choices, key=lambda key: key != "config.cell")


def colour_of(key: str, run: ClassRun) -> str:
    """The name of the colour that a run's kind has on every page, "" for none."""
    value = run.config.get(key.removeprefix("config."))
    return value if value in _MODELS else ""


def _setting(name: str, spec: Spec, runs: Sequence[ClassRun]) -> Quantity:
    values = [run.config[name] for run in runs if name in run.config]
    varies = len(set(values)) > 1
    if spec.kind in ("int", "float"):
        return Quantity(_(spec.label), lambda run: _number(run.config.get(name)), varies=varies)
    options = list(spec.options) if spec.kind == "choice" else sorted(set(values))
    names = list(dict.fromkeys(str(readable(spec, value)) for value in options))

    def of(run: ClassRun) -> str | None:
        value = run.config.get(name)
        known = value is not None and (spec.kind != "choice" or value in spec.options)
        return str(readable(spec, value)) if known else None

    return Quantity(_(spec.label), of, names, varies)


def _metric(name: str) -> Callable[[ClassRun], float | None]:
    return lambda run: _number(flat(run.metrics).get(name))


def _number(value: Any) -> float | None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if number and math.isfinite(value) else None
