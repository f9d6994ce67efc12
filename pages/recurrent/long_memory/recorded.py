"""Races and trials that were recorded when the lesson was made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from core.experiments.kit.config import Config, choice, whole
from core.experiments.long_memory import recorded as long_memory_recorded
from core.experiments.long_memory.config import CELLS, LongMemoryConfig
from core.experiments.long_memory.recorded import Recorded, RecordedRace, Trial
from core.figures.recurrent.memory import score_curves
from core.messages import N_
from pages.recurrent.long_memory.labels import cell_names, lines, score_name, score_value
from ui.components.charts import live_plot, look
from ui.components.table import Rows, table
from ui.layout import paragraphs, text_beside
from ui.notices import made_by, plain
from ui.state.controls import controls
from ui.texts import _, lesson_text, number


@dataclass(frozen=True)
class RecordedRaces(Config):
    """Which recorded race is looked at."""

    recorded_task: str = choice(
        "adding",
        {"adding": N_("Adding problem"), "copy": N_("Copy memory")},
        N_("Recorded task"),
        N_("The races were run when this lesson was made."),
    )
    recorded_length: int = whole(
        100, 20, 400, N_("Recorded length T"), N_("The nearest recorded length is shown."), step=20
    )


def recorded_race(task: str, length: int, key: str) -> RecordedRace | None:
    """The recorded race that is nearest, drawn and called recorded; None if there is none."""
    recorded = long_memory_recorded.load()
    nearest = recorded.race(task, length) if recorded else None
    if recorded is None or nearest is None:
        st.caption(_("This copy of Pangloss has no recorded race on this task."))
        return None
    title = _("Recorded race at T = {length}").format(length=nearest.config["length"])
    draw_race(task, nearest.curves, title, key=key)
    names = cell_names()
    rates = ", ".join(f"{names[cell]} {number(rate, 3)}" for cell, rate in nearest.rates.items())
    settings = _("Learning rates: {rates}.").format(rates=rates) + " " + _settings(nearest)
    st.caption(plain(settings + made_by(recorded.card)))
    return nearest


def draw_race(
    task: str,
    curves: Mapping[str, tuple[np.ndarray, np.ndarray]],
    title: str,
    *,
    key: str,
    height: int = 400,
    points: Mapping[str, Any] | None = None,
    behind: Mapping[str, tuple[np.ndarray, np.ndarray]] | None = None,
):
    """Scores over each cell's own seconds, cell -> (seconds, score); see ``score_curves``."""
    names = cell_names()
    ends = ", ".join(f"{names[c]} {score_value(task, y[-1])}" for c, (_x, y) in curves.items())
    figure = partial(
        score_curves,
        look(title, _("seconds of each cell's own training"), score_name(task), f"{title}. {ends}"),
        curves,
        names,
        references=lines(task),
        points=points or {},
        point_size=11,
        behind=behind,
        log_y=_("logarithmic") if task == "adding" else "",
    )
    live_plot(figure, key=key, height=height)


def _settings(one: RecordedRace) -> str:
    """The settings of a recorded race that are not the lesson's defaults, as a sentence."""
    specs, defaults = LongMemoryConfig.specs(), LongMemoryConfig.defaults()
    changed = [
        f"{_(specs[name].label)} {number(value, 4)}"
        for name, value in one.config.items()
        if specs[name].kind in ("int", "float") and name != "length" and value != defaults[name]
    ]
    if not changed:
        return ""
    return (
        _("Settings that are not the defaults: {settings}.").format(settings=", ".join(changed))
        + " "
    )


def limits():
    """Where each cell gives up: the recorded races by length."""
    recorded = long_memory_recorded.load()
    if recorded is None:
        return
    st.header(_("Where does it break?"), anchor=False)
    paragraphs(lesson_text("long-memory", "limits"))
    st.fragment(_limits)(recorded)


def _limits(recorded: Recorded):
    config = controls(RecordedRaces, strip=tuple(RecordedRaces.specs()))
    if config is None:
        return
    task = config.recorded_task
    nearest = recorded.race(task, config.recorded_length)
    left, right = st.columns(2, gap="medium")
    with left:
        _by_length(task, recorded, nearest)
    with right:
        recorded_race(task, config.recorded_length, "long_memory.recorded")
    if nearest is None:
        return
    st.subheader(_("The same tuning for all"), anchor=False)
    text, right = text_beside("long_memory.grid_text")
    text.markdown(lesson_text("long-memory", "grid"))
    with right:
        settings = LongMemoryConfig.parse(nearest.config)
        st.caption(_("At T = {length}").format(length=settings.length))
        table(
            rates_table(recorded, settings),
            key="long_memory.grid",
            alt=_("A table of the trials: by learning rate, what each cell reached."),
        )


def _by_length(task: str, recorded: Recorded, nearest: RecordedRace | None):
    """The median of the seeds over the length, and each seed as a point."""
    seeds = by_length(recorded, task)
    medians = {
        cell: (lengths, np.array([np.median(scores[x == length]) for length in lengths]))
        for cell, (x, scores) in seeds.items()
        for lengths in [np.unique(x)]
    }
    title = _("What was reached, by length")
    figure = partial(
        score_curves,
        look(title, _("length T"), score_name(task), f"{title}. {_in_words(medians, task)}"),
        medians,
        cell_names(),
        references=lines(task),
        points=seeds,
        point_size=7,
        x_end=1.04 * max((x[-1] for x, _y in medians.values()), default=1.0),
        at=nearest.config["length"] if nearest else None,
        log_y=_("logarithmic") if task == "adding" else "",
    )
    live_plot(figure, key="long_memory.by_length", height=400)


def by_length(recorded: Recorded, task: str) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Of each cell the recorded lengths, and what each seed had reached there at the end."""
    curves = {}
    for cell in CELLS:
        points = [
            (trial.length, trial.score)
            for trial in recorded.seeds
            if (trial.task, trial.cell, trial.bidirectional) == (task, cell, False)
            and trial.score is not None
        ]
        if points:
            lengths, scores = zip(*sorted(points), strict=True)
            curves[cell] = (np.array(lengths, float), np.array(scores))
    return curves


def _in_words(curves: Mapping[str, tuple[np.ndarray, np.ndarray]], task: str) -> str:
    names = cell_names()
    return "; ".join(
        f"{names[cell]}: "
        + ", ".join(
            f"T = {int(length)} {score_value(task, score)}"
            for length, score in zip(lengths, scores, strict=True)
        )
        for cell, (lengths, scores) in curves.items()
    )


def rates_table(recorded: Recorded, config: LongMemoryConfig) -> Rows:
    """One row a learning rate, what each cell reached with it; then the seeds at the best."""
    names, grid = cell_names(), [t for t in recorded.grid if t.is_of(config)]
    rows = [
        {_("Learning rate"): number(rate, 3)}
        | {names[cell]: outcome([t for t in grid if t.tried(cell, rate)]) for cell in CELLS}
        for rate in sorted({trial.learning_rate for trial in grid})
    ]
    seeds = [trial for trial in recorded.seeds if trial.is_of(config)]
    best = {names[cell]: outcome([t for t in seeds if t.cell == cell], True) for cell in CELLS}
    return [*rows, {_("Learning rate"): _("the best, tested"), **best}]


def outcome(trials: Sequence[Trial], tested: bool = False) -> str:
    """The median score of trials; of several also how many were at the goal, and how soon."""
    if not trials:
        return "–"
    task = trials[0].task
    worst = np.inf if task == "adding" else 0.0
    scores = [trial.score if tested else trial.validation for trial in trials]
    median = float(np.median([worst if score is None else score for score in scores]))
    reached = [trial.updates for trial in trials if trial.goal]
    words = score_value(task, median) if np.isfinite(median) else _("diverged")
    if not reached:
        return words
    updates = number(float(np.median(reached)), 0)
    return f"{words} ({len(reached)}/{len(trials)}: {updates})"
