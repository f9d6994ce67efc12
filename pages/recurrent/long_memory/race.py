"""The race: its settings, its curves, and what the cells answer as they learn."""

from functools import partial

import numpy as np
import streamlit as st

from core.experiments.long_memory.config import LongMemoryConfig
from core.experiments.long_memory.run import SCORE
from core.figures.recurrent.memory import (
    answers_by_epoch,
    predicted_against_true,
    recalled_symbols,
    right_by_place,
)
from core.numeric.recurrent.stack.shapes import count_params
from pages.recurrent.long_memory.labels import cell_names, score_name
from pages.recurrent.long_memory.quiz import QUESTIONS
from pages.recurrent.long_memory.recorded import draw_race, recorded_race
from ui.components.charts import live_plot, look
from ui.notices import significant
from ui.runs.results.bench import pinned
from ui.runs.results.curves import looked_at
from ui.runs.run import Run
from ui.runs.sections import takeaway_section, training_section
from ui.texts import _, number

_NAME = "long-memory"
_EXAMPLE = "long_memory.example"
_EXAMPLES = 50


def racing() -> Run | None:
    """The whole section; returns the run that is followed, None if there is none."""
    names = cell_names().items()
    return training_section(
        _NAME,
        LongMemoryConfig,
        _draw,
        title=_("The race"),
        text="race",
        strip=("task", "length", "irnn", "bidirectional", "layers"),
        metrics={f"{c}_{score}": name for score in SCORE.values() for c, name in names},
        questions=QUESTIONS,
        prepare=_prepare,
        before=lambda c: recorded_race(c.task, c.length, "long_memory.before"),
    )


def takeaway(run: Run | None):
    """The bench, and what can be taken away from the run."""
    columns = {
        "test_rmse": _("{cell}: RMSE"),
        "accuracy": _("{cell}: right"),
        "goal_s": _("{cell}: s to goal"),
    }
    metrics = {
        f"{cell}_{metric}": label.format(cell=name)
        for metric, label in columns.items()
        for cell, name in cell_names().items()
    }
    takeaway_section(_NAME, run, metrics=metrics)


def _prepare(config: LongMemoryConfig | None) -> LongMemoryConfig | None:
    """``config``, and who starts in its race, with how many units and weights."""
    if config:
        names, features = cell_names(), config.sequences.features
        entrants = [
            _("{cell}: {units} units, {params} weights").format(
                cell=names[cell],
                units=stack[0].units,
                params=number(count_params(stack, features), 0),
            )
            for cell, stack in config.networks.items()
        ]
        st.caption(" · ".join(entrants))
    return config


def curves_of(run: Run) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Each cell's own seconds of training and its scores, while it learned."""
    curves = {}
    for cell in run.config.entrants:
        _epochs, scores = run.by_epoch(f"{cell}_{SCORE[run.config.task]}")
        _epochs, seconds = run.by_epoch(f"{cell}_train_s")
        moved = np.diff(seconds[: len(scores)], prepend=-1.0) > 0
        if len(scores):
            curves[cell] = (seconds[: len(scores)][moved], scores[moved])
    return curves


def _draw(run: Run):
    _draw_race(run)
    if not run.epochs:
        return
    left, right = st.columns(2, gap="medium")
    with left:
        _draw_answers(run)
    with right:
        _draw_example(run)


def _draw_race(run: Run):
    task, curves = run.config.task, curves_of(run)
    other = pinned(_NAME)
    if other and (other.id == run.id or other.config.task != task):
        other = None
    points = {}
    if not run.at_last:
        metrics = run.at.metrics
        points = {
            cell: ([metrics[f"{cell}_train_s"]], [metrics[f"{cell}_{SCORE[task]}"]])
            for cell in curves
            if f"{cell}_{SCORE[task]}" in metrics
        }
    draw_race(
        task,
        curves,
        _race_title(run),
        key="long_memory.race",
        height=420,
        points=points,
        behind=curves_of(other) if other else None,
    )


def goals(run: Run) -> dict[str, float]:
    """Seconds of its own training after which each cell was at the goal; the others are missing."""
    at = run.at.metrics if run.at else {}
    return {cell: at[f"{cell}_goal_s"] for cell in run.config.entrants if f"{cell}_goal_s" in at}


def _race_title(run: Run) -> str:
    if not run.epochs:
        return _("The race has just begun")
    times, names = goals(run), cell_names()
    if not times:
        return _("Epoch {epoch}: no cell is at the goal").format(epoch=run.at.epoch)
    first = sorted(times, key=lambda cell: times[cell])
    summary = ", ".join(f"{names[cell]} {significant(times[cell], 2)} s" for cell in first)
    return _("Epoch {epoch}: at the goal after {told}").format(epoch=run.at.epoch, told=summary)


def _answers(run: Run) -> dict[str, np.ndarray]:
    """What each cell answered to the test examples at the epoch that is looked at."""
    arrays = run.at.arrays
    return {
        cell: arrays[f"{cell}_answers"]
        for cell in run.config.entrants
        if f"{cell}_answers" in arrays
    }


def _draw_answers(run: Run):
    names, answers, epoch = cell_names(), _answers(run), run.at.epoch
    if run.config.task == "adding":
        title = _("Epoch {epoch}: answers and sums").format(epoch=epoch)
        figure = partial(
            predicted_against_true,
            look(title, _("the sum"), _("answer")),
            run.at.arrays["targets"][:, 0],
            {cell: values[:, 0] for cell, values in answers.items()},
            names,
            perfect=_("answer = sum"),
        )
    else:
        title = _("Epoch {epoch}: what is kept").format(epoch=epoch)
        figure = partial(
            right_by_place,
            look(title, _("place of the symbol"), score_name("copy")),
            {cell: run.at.arrays[f"{cell}_right"] for cell in answers},
            names,
            references={_("guessing"): run.started.references["baseline_trivial"]},
        )
    live_plot(figure, key="long_memory.scatter", height=380)


def _draw_example(run: Run):
    example = st.slider(
        _("Test example"),
        1,
        _EXAMPLES,
        key=_EXAMPLE,
        help=_("One of those on which no cell trains."),
    )
    names = cell_names()
    targets = run.at.arrays["targets"][example - 1]
    if run.config.task == "adding":
        truth = float(targets[0])
        by_epoch = {
            cell: np.array(
                [
                    e.arrays[f"{cell}_answers"][example - 1, 0]
                    for e in run.epochs
                    if f"{cell}_answers" in e.arrays
                ]
            )
            for cell in run.config.entrants
        }
        title = _("Example {example}, epoch by epoch").format(example=example)
        alt = f"{title}. " + _("The sum is {truth}.").format(truth=number(truth, 2))
        figure = partial(
            answers_by_epoch,
            look(title, _("epochs"), _("answer"), alt),
            by_epoch,
            names,
            np.array([e.epoch for e in run.epochs]),
            references={_("the sum"): truth, "1": 1.0},
            at=looked_at(run),
        )
    else:
        title = _("Example {example}: filled means right").format(example=example)
        figure = partial(
            recalled_symbols,
            look(title, _("place of the symbol")),
            targets,
            {cell: symbols[example - 1] for cell, symbols in _answers(run).items()},
            names,
            shown_name=_("shown"),
        )
    live_plot(figure, key="long_memory.one", height=300)
