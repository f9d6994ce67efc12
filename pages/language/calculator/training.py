"""A calculator of one's own: settings, the run, its curve, and what each epoch learned."""

from functools import partial

import numpy as np

from core.experiments.calculator import recorded as calculator_recorded
from core.experiments.calculator.config import CalculatorConfig
from core.experiments.calculator.recorded import Classic
from core.figures.training import Line, loss_curve
from pages.language.calculator.epoch import draw_examples, draw_groups
from pages.language.calculator.networks import CHOICE
from pages.language.calculator.quiz import QUESTIONS
from ui.components.charts import live_plot, look
from ui.runs.results.curves import SHARES, pinned_lines, run_curves
from ui.runs.run import Run
from ui.runs.sections import takeaway_section, training_section
from ui.texts import _, number, percent


def training() -> Run | None:
    """The whole section; returns the run that is followed, None if there is none."""
    return training_section(
        "calculator",
        CalculatorConfig,
        _draw,
        strip=("digits", "operations", "cell", "attention", "units"),
        metrics={"exact_match": _("exact match")},
        questions=QUESTIONS,
        before=_to_beat,
        choice=CHOICE,
    )


def takeaway(run: Run | None):
    """The bench, and what can be taken away from the run."""
    takeaway_section(
        "calculator",
        run,
        metrics={
            "exact_match": _("Exact match"),
            "char_accuracy": _("Digits right"),
            "test_loss": _("Held-out loss"),
        },
    )


def _draw(run: Run[CalculatorConfig]):
    _draw_curve(run)
    if run.epochs:
        draw_groups(run)
        draw_examples(run)


def classic(config: CalculatorConfig) -> Classic | None:
    """The recorded recipe, where it learned what this config learns: additions up to 3 digits."""
    same = config.operations == "+" and config.digits == 3
    return calculator_recorded.load() if same else None


def _to_beat(config: CalculatorConfig):
    """Before a run: the recorded curve alone, where there is one."""
    recorded = classic(config)
    if recorded is None:
        return
    title = _("What there is to beat: the classic recipe, recorded")
    reached = _("{share} right after {count} questions").format(
        share=percent(float(recorded.exact_match[-1]), 1),
        count=number(recorded.questions[-1], 0),
    )
    figure = partial(
        loss_curve,
        look(title, _("questions learned from"), _("exact match"), f"{title}. {reached}"),
        [_recorded_line(recorded)],
    )
    live_plot(figure, key="calculator.to_beat", height=360, layout={"yaxis": SHARES})


def _draw_curve(run: Run[CalculatorConfig]):
    """The run's curve as it grows, with what it is to be held against."""
    recorded = classic(run.config)
    asked, scores = curve_of(run)
    lines = [
        *([_recorded_line(recorded)] if recorded else []),
        *pinned_lines(run, curve_of),
        Line(_("held out"), asked, scores, run.config.cell),
    ]
    title = _title(run, recorded)
    known = run.started.references.get("baseline_most_common")
    run_curves(
        run,
        lines,
        key="calculator.curve",
        title=title,
        y_title=_("exact match"),
        alt=f"{title}. " + (percent(float(scores[-1]), 1) if len(scores) else ""),
        x="step",
        x_unit=(run.config.batch_size, _("questions learned from")),
        references={} if known is None else {_("always the commonest answer"): known},
        y_axis=SHARES,
        height=400,
    )


def curve_of(run: Run) -> tuple[np.ndarray, np.ndarray]:
    """Questions learned from and exact match at the end of each epoch.

    Seconds would tell of the machine, and of what else it does, when a run of today is held against
    a recorded one.
    """
    updates, scores = run.by_epoch("exact_match", "step")
    return updates * run.config.batch_size, scores


def _recorded_line(recorded: Classic) -> Line:
    return Line(_("recorded"), recorded.questions, recorded.exact_match, "baseline", dash="dash")


def questions_to(recorded: Classic, score: float) -> int | None:
    """After how many questions the recorded recipe was first as good; None if it never was."""
    there = np.flatnonzero(recorded.exact_match >= score)
    return int(recorded.questions[there[0]]) if len(there) else None


def _title(run: Run, recorded: Classic | None) -> str:
    if not run.epochs:
        return _("The network has just begun")
    score = run.at.metrics["exact_match"]
    words = {"epoch": run.at.epoch, "share": percent(score, 1)}
    if recorded is None:
        return _("Epoch {epoch}: {share} of the held-out answers are right").format(**words)
    needed = questions_to(recorded, score)
    words["count"] = number(run.at.step * run.config.batch_size, 0)
    if needed is None:
        text = _(
            "Epoch {epoch}: {share} right after {count} questions; the recorded recipe never got "
            "there"
        )
        return text.format(**words)
    text = _(
        "Epoch {epoch}: {share} right after {count} questions; the recorded recipe took {needed}"
    )
    return text.format(**words, needed=number(needed, 0))
