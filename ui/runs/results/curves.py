"""The curves of a run, as every lesson draws them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from core.events import Changed
from core.figures.training import Line, loss_curve
from core.messages import N_
from ui.components.charts import live_plot, look
from ui.runs.readable import in_words
from ui.runs.results.bench import pinned
from ui.runs.run import Run
from ui.texts import _

SHARES = {  # of a y axis; above 1 there is room for the names of lines that end there
    "range": [-0.04, 1.2],
    "tickmode": "array",
    "tickvals": [0, 0.25, 0.5, 0.75, 1],
    "ticktext": ["0%", "25%", "50%", "75%", "100%"],
}
_AXES = {"epoch": N_("epochs"), "step": N_("updates"), "train_s": N_("seconds of training")}


def training_curve(
    run: Run,
    *,
    key: str,
    title: str,
    y_title: str,
    epoch_metrics: Mapping[str, str],
    colour: str,
    step_metric: str = "",
    references: Mapping[str, str] | None = None,
    recorded: Mapping[str, float] | None = None,
    **more: Any,
):
    """Draws the run's training steps, its epochs' metrics, and what they are to be held against.

    step_metric: of the Step events, a thin line. epoch_metrics: of the Epoch events, name -> what
    people call it; the first is the one that counts, and the one compared with the pinned run.
    references: name in ``run.started.references`` -> what people call it; others are not drawn.
    recorded: further ones that are not of the run, what people call it -> height.
    colour: of the model, a name of ``style.COLOURS``. more: of ``run_curves``.
    """
    steps = run.steps.thinned()
    main = next(iter(epoch_metrics))
    lines = []
    if step_metric in steps.metrics:
        lines.append(Line(_("training"), steps.epoch, steps[step_metric], colour, faint=True))
    lines += pinned_lines(run, lambda other: other.by_epoch(main))
    dashes = ("solid", "dot", "dashdot")
    for (metric, name), dash in zip(epoch_metrics.items(), dashes, strict=False):
        lines.append(Line(name, *run.by_epoch(metric), colour, dash=dash))
    known = run.started.references
    drawn = {words: known[name] for name, words in (references or {}).items() if name in known}
    reached = [
        f"{name}: {run.last.metrics[metric]:.3g}"
        for metric, name in epoch_metrics.items()
        if run.last and metric in run.last.metrics
    ]
    alt = ". ".join([title, ", ".join(reached)]) if run.last else title
    drawn |= recorded or {}
    run_curves(run, lines, key=key, title=title, y_title=y_title, alt=alt, references=drawn, **more)


def run_curves(
    run: Run,
    lines: Sequence[Line],
    *,
    key: str,
    title: str,
    y_title: str,
    alt: str = "",
    x: str = "epoch",
    x_unit: tuple[float, str] = (1.0, ""),
    x_least: float = 0.0,
    references: Mapping[str, float] | None = None,
    marks: Sequence[tuple[float, str]] = (),
    log_y: bool = False,
    y_axis: Mapping[str, Any] | None = None,
    height: int = 340,
    room: float = 0.0,
):
    """Draws lines over a run, with its changed settings and the epoch that is looked at.

    x: what they are over, "epoch", "step" or "train_s"; to x_least at least. x_unit: what stands on
    the axis for one of it, and what that is called. references: what people call a height -> that
    height. marks: x and words, where the run comes to something else.
    y_axis: of Plotly's y axis. alt: by default the title. height, room: as of ``live_plot``.
    """
    specs = run.config.specs()
    scale, axis = x_unit
    at = looked_at(run, x)
    changes = [
        (
            scale * _place(run, change, x),
            f"{_(specs[change.field].label)}: {in_words(specs[change.field], change.value)}",
        )
        for change in run.changes
    ]
    figure = partial(
        loss_curve,
        look(title, axis or _(_AXES[x]), y_title, alt),
        lines,
        references=references,
        changes=[*marks, *changes],
        at=None if at is None else scale * at,
        log_y=_("logarithmic") if log_y else "",
        x_end=max(x_least, scale * x_end(run, x)),
    )
    layout = {"yaxis": dict(y_axis)} if y_axis else None
    live_plot(figure, key=key, height=height, room=room, layout=layout)


def pinned_lines(
    run: Run,
    curve: Callable[[Run], tuple[np.ndarray, np.ndarray]],
    alike: Callable[[Run], bool] = lambda _run: True,
) -> list[Line]:
    """The pinned run's curve, where another run is pinned that can be compared with this one."""
    other = pinned(run.experiment)
    if other is None or other.id == run.id or not alike(other):
        return []
    return [Line(_("pinned run"), *curve(other), "baseline", dash="dash")]


def looked_at(run: Run, x: str = "epoch") -> float | None:
    """Where on the axis the epoch is that is looked at, None if it is the last."""
    return None if run.at_last else getattr(run.at, x)


def x_end(run: Run, x: str = "epoch") -> float:
    """Where the axis of a run ends: at its end if it is over, else where that is planned."""
    if x == "train_s":
        return run.train_s
    if run.ended and run.last:
        return getattr(run.last, x)
    return run.started.steps if x == "step" else run.started.epochs


def _place(run: Run, change: Changed, x: str) -> float:
    if x == "train_s":
        return float(np.interp(change.step, run.steps.step, run.steps.train_s))
    return change.step / (run.started.steps / max(1, run.started.epochs) if x == "epoch" else 1)
