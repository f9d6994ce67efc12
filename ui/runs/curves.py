"""The training curve of a run, as every lesson draws it."""

from collections.abc import Mapping, Sequence

from core.events import Changed
from core.figures.training import Line, loss_curve
from ui import server
from ui.components.charts import live_plot
from ui.runs.bench import readable
from ui.runs.run import Run
from ui.texts import _


def training_curve(
    run: Run,
    *,
    key: str,
    title: str,
    y_title: str,
    step_metric: str,
    epoch_metrics: Mapping[str, str],
    colour: str,
    references: Mapping[str, str] | None = None,
    pinned: Run | None = None,
    log_y: bool = False,
    marks: Sequence[tuple[float, str]] = (),
    height: int = 340,
):
    """Draws the run's training steps, its epochs' metrics, and what they are to be held against.

    step_metric: of the Step events, a thin line. epoch_metrics: of the Epoch events, name -> what
    people call it; the first is the one that counts, and the one compared with ``pinned``.
    references: name in ``run.started.references`` -> what people call it; others are not drawn.
    colour: of the model, a name of ``style.COLOURS``. marks: epochs with words, where the run
    comes to something else.
    """
    steps = run.steps.thinned()
    lines = []
    if step_metric in steps.metrics:
        lines.append(Line(_("training"), steps.epoch, steps[step_metric], colour, faint=True))
    main = next(iter(epoch_metrics))
    if pinned and pinned.id != run.id:
        lines.append(Line(_("pinned run"), *pinned.by_epoch(main), "baseline", dash="dash"))
    dashes = ("solid", "dot", "dashdot")
    for (metric, name), dash in zip(epoch_metrics.items(), dashes, strict=False):
        lines.append(Line(name, *run.by_epoch(metric), colour, dash=dash))
    known = run.started.references
    drawn = {said: known[name] for name, said in (references or {}).items() if name in known}
    per_epoch = run.started.steps / max(1, run.started.epochs)
    figure = loss_curve(
        lines,
        theme=server.theme(),
        title=title,
        x_title=_("epochs"),
        y_title=y_title,
        references=drawn,
        changes=[*marks, *((c.step / per_epoch, _change(run, c)) for c in run.changes)],
        at=None if run.at_last else run.at.epoch,
        log_y=_("logarithmic") if log_y else "",
        x_end=run.last.epoch if run.ended and run.last else run.started.epochs,
    )
    live_plot(figure, key=key, alt=_alt(run, title, epoch_metrics), height=height)


def _change(run: Run, change: Changed) -> str:
    spec = run.config.specs()[change.field]
    return f"{_(spec.label)}: {readable(spec, change.value)}"


def _alt(run: Run, title: str, epoch_metrics: Mapping[str, str]) -> str:
    """The title, and where the curves stand."""
    if not run.last:
        return title
    said = [
        f"{name}: {run.last.metrics[metric]:.3g}"
        for metric, name in epoch_metrics.items()
        if metric in run.last.metrics
    ]
    return ". ".join([title, ", ".join(said)])
