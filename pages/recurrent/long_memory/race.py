"""The race: its settings, its curves, and what the cells answer as they learn."""

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
from core.figures.recurrent.memory_race import race
from core.numeric.recurrent.stack.shapes import count_params
from pages.recurrent.long_memory import recorded
from pages.recurrent.long_memory.labels import (
    cell_names,
    lines,
    score_name,
    score_value,
)
from pages.recurrent.long_memory.quiz import QUESTIONS
from ui.components.charts import live_plot, look
from ui.notices import significant
from ui.runs.bench import pinned
from ui.runs.curves import looked_at
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
        before=lambda c: recorded.recorded_race(c.task, c.length, "long_memory.before"),
    )


def takeaway(run: Run | None):
    """The bench, and what can be taken away from the run."""
    names = cell_names()
    takeaway_section(
        _NAME,
        run,
        metrics={
            **{f"{c}_test_rmse": _("{cell}: RMSE").format(cell=n) for c, n in names.items()},
            **{f"{c}_accuracy": _("{cell}: right").format(cell=n) for c, n in names.items()},
            **{f"{c}_goal_s": _("{cell}: s to goal").format(cell=n) for c, n in names.items()},
        },
    )


def _prepare(config: LongMemoryConfig | None) -> LongMemoryConfig | None:
    """``config``, and who starts in its race."""
    if config:
        st.caption(_entrants(config))
    return config


def _entrants(config: LongMemoryConfig) -> str:
    """Who starts, with how many units and weights."""
    names = cell_names()
    told = []
    for cell, stack in config.networks.items():
        params = count_params(stack, config.sequences.features)
        told.append(
            _("{cell}: {units} units, {params} weights").format(
                cell=names[cell], units=stack[0].units, params=number(params, 0)
            )
        )
    return " · ".join(told)


def curves_of(run: Run) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Each cell's own seconds of training and its scores, while it learned."""
    found = {}
    for cell in run.config.entrants:
        _epochs, scores = run.by_epoch(f"{cell}_{SCORE[run.config.task]}")
        _epochs, seconds = run.by_epoch(f"{cell}_train_s")
        moved = np.diff(seconds[: len(scores)], prepend=-1.0) > 0
        if len(scores):
            found[cell] = (seconds[: len(scores)][moved], scores[moved])
    return found


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
    task, names = run.config.task, cell_names()
    curves = curves_of(run)
    behind = pinned(_NAME)
    behind = behind if behind and behind.id != run.id and behind.config.task == task else None
    at = {}
    if not run.at_last:
        said = run.at.metrics
        at = {
            cell: (said[f"{cell}_train_s"], said[f"{cell}_{SCORE[task]}"])
            for cell in curves
            if f"{cell}_{SCORE[task]}" in said
        }
    title = _race_title(run)
    figure = race(
        look(title, _("seconds of each cell's own training"), score_name(task)),
        curves,
        names,
        references=lines(task, run.started.references["baseline_trivial"]),
        at=at,
        behind=curves_of(behind) if behind else None,
        log_y=_("logarithmic") if task == "adding" else "",
    )
    said = ", ".join(f"{names[c]} {score_value(task, y[-1])}" for c, (_x, y) in curves.items())
    live_plot(figure, key="long_memory.race", alt=f"{title}. {said}", height=420)


def goals(run: Run) -> dict[str, float]:
    """Seconds of its own training after which each cell was at the goal; the others are missing."""
    at = run.at.metrics if run.at else {}
    return {cell: at[f"{cell}_goal_s"] for cell in run.config.entrants if f"{cell}_goal_s" in at}


def _race_title(run: Run) -> str:
    if not run.epochs:
        return _("The race has just begun")
    there, names = goals(run), cell_names()
    if not there:
        return _("Epoch {epoch}: nobody is at the goal").format(epoch=run.at.epoch)
    first = sorted(there, key=lambda cell: there[cell])
    told = ", ".join(f"{names[cell]} {significant(there[cell], 2)} s" for cell in first)
    return _("Epoch {epoch}: at the goal after {told}").format(epoch=run.at.epoch, told=told)


def _answers(run: Run) -> dict[str, np.ndarray]:
    """What each cell answered to the test examples at the epoch that is looked at."""
    arrays = run.at.arrays
    return {
        cell: arrays[f"{cell}_answers"]
        for cell in run.config.entrants
        if f"{cell}_answers" in arrays
    }


def _draw_answers(run: Run):
    names, task = cell_names(), run.config.task
    answers = _answers(run)
    epoch = run.at.epoch
    if task == "adding":
        title = _("Epoch {epoch}: answers and sums").format(epoch=epoch)
        figure = predicted_against_true(
            look(title, _("the sum"), _("answer")),
            run.at.arrays["targets"][:, 0],
            {cell: said[:, 0] for cell, said in answers.items()},
            names,
            perfect=_("answer = sum"),
        )
    else:
        title = _("Epoch {epoch}: what is kept").format(epoch=epoch)
        figure = right_by_place(
            look(title, _("place of the symbol"), score_name(task)),
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
        help=_("One of those that nobody trains on."),
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
        figure = answers_by_epoch(
            look(title, _("epochs"), _("answer")),
            by_epoch,
            names,
            np.array([e.epoch for e in run.epochs]),
            truth,
            truth_name=_("the sum"),
            trivial_name="1",
            at=looked_at(run),
        )
        alt = f"{title}. " + _("The sum is {truth}.").format(truth=number(truth, 2))
    else:
        title = _("Example {example}: filled is right").format(example=example)
        figure = recalled_symbols(
            look(title, _("place of the symbol")),
            targets,
            {cell: said[example - 1] for cell, said in _answers(run).items()},
            names,
            shown_name=_("shown"),
        )
        alt = title
    live_plot(figure, key="long_memory.one", alt=alt, height=300)
