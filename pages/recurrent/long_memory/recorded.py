"""Races and trials that were recorded when the lesson was made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.experiments.kit.config import Config, choice, whole
from core.experiments.long_memory import recorded as long_memory_recorded
from core.experiments.long_memory.config import CELLS, LongMemoryConfig
from core.experiments.long_memory.recorded import Recorded, RecordedRace
from core.figures.recurrent.memory import score_curves
from core.messages import N_
from pages.recurrent.long_memory.labels import cell_names, lines, score_name, score_value
from ui.components.charts import live_plot, look
from ui.components.table import table
from ui.layout import paragraphs, text_beside
from ui.notices import plain, significant
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
    st.caption(plain(_settings(nearest) + _made(recorded)))
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
    figure = score_curves(
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


def _made(recorded: Recorded) -> str:
    return _("Recorded on {date} by {command}: {machine}.").format(
        date=recorded.card["made"],
        command=recorded.card["command"],
        machine=recorded.card["machine"],
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
    task, curves = config.recorded_task, by_length(recorded, config.recorded_task)
    nearest = recorded.race(task, config.recorded_length)
    left, right = st.columns(2, gap="medium")
    with left:
        title = _("What was reached, by length")
        alt = title + ". " + _table_in_words(curves, task)
        figure = score_curves(
            look(title, _("length T"), score_name(task), alt),
            curves,
            cell_names(),
            references=lines(task),
            points=curves,
            point_size=9,
            x_end=1.04 * max((x[-1] for x, _y in curves.values()), default=1.0),
            at=nearest.config["length"] if nearest else None,
            log_y=_("logarithmic") if task == "adding" else "",
        )
        live_plot(figure, key="long_memory.by_length", height=400)
    with right:
        recorded_race(task, config.recorded_length, "long_memory.recorded")


def by_length(recorded: Recorded, task: str) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Of each cell the recorded lengths and what it had reached at the end there."""
    races = [one for one in recorded.races if one.config["task"] == task]
    curves = {}
    for cell in CELLS:
        points = [(r.config["length"], r.curves[cell][1][-1]) for r in races if cell in r.curves]
        if points:
            lengths, scores = zip(*sorted(points), strict=True)
            curves[cell] = (np.array(lengths, float), np.array(scores))
    return curves


def _table_in_words(curves: Mapping[str, tuple[np.ndarray, np.ndarray]], task: str) -> str:
    names = cell_names()
    return "; ".join(
        f"{names[cell]}: "
        + ", ".join(
            f"T = {int(length)} {score_value(task, score)}"
            for length, score in zip(lengths, scores, strict=True)
        )
        for cell, (lengths, scores) in curves.items()
    )


def tuning():
    """The trials: the same learning rates and clip norms for every cell."""
    recorded = long_memory_recorded.load()
    if recorded is None or not recorded.grid:
        return
    st.subheader(_("The same tuning for all"), anchor=False)
    text, right = text_beside("long_memory.grid_text")
    text.markdown(lesson_text("long-memory", "grid"))
    with right:
        table(
            grid_table(recorded),
            key="long_memory.grid",
            alt=_("A table of the trials: learning rate, clipping, and what each cell reached."),
        )
        if recorded.patience:
            rate = significant(recorded.patience.config["learning_rate"], 1)
            title = _("Recorded: with rate {rate} and more time").format(rate=rate)
            task, curves = recorded.patience.config["task"], recorded.patience.curves
            draw_race(task, curves, title, key="long_memory.patience")
            st.caption(plain(_settings(recorded.patience)))
        st.caption(plain(_made(recorded)))


def grid_table(recorded: Recorded) -> pd.DataFrame:
    """One row a learning rate and clip norm; of each cell the median RMSE and time to the goal."""
    names, rows = cell_names(), []
    for rate, clip in sorted({(t["learning_rate"], t["clip_norm"]) for t in recorded.grid}):
        here = [t for t in recorded.grid if (t["learning_rate"], t["clip_norm"]) == (rate, clip)]
        row = {
            _("Learning rate"): number(rate, 4),
            _("Gradient clipping"): number(clip, 1) if clip else _("off"),
        }
        for cell in CELLS:
            row[names[cell]] = _summary([t for t in here if t["cell"] == cell])
        rows.append(row)
    return pd.DataFrame(rows)


def _summary(trials: Sequence[Mapping[str, Any]]) -> str:
    """The median RMSE over the seeds, and in how many of them the goal was reached, how soon."""
    if not trials:
        return "–"
    errors = np.array([t["test_rmse"] for t in trials], float)  # None becomes NaN
    rmse = float(np.median(np.where(np.isnan(errors), np.inf, errors)))
    error = significant(rmse, 2) if np.isfinite(rmse) else _("diverged")
    times = np.array([t["goal_s"] for t in trials], float)
    reached = times[~np.isnan(times)]
    if not len(reached):
        return error
    return _("{rmse}; goal {count} of {all}, {seconds} s").format(
        rmse=error,
        count=len(reached),
        all=len(trials),
        seconds=significant(float(np.median(reached)), 2),
    )
