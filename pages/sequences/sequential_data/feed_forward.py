"""Why not a dense, feed-forward network: one task, a window, and a memory."""

from functools import partial

import numpy as np
import streamlit as st

from core.data.sequences.recall_task import test_set
from core.experiments.feed_forward.config import FeedForwardConfig
from core.experiments.feed_forward.run import CHANCE
from core.figures.sequences import accuracy_by_length, window_on_rows
from core.figures.training import Line
from pages.sequences.sequential_data.quiz import QUESTIONS
from ui.components.charts import live_plot, look
from ui.runs.results.curves import pinned_lines, run_curves
from ui.runs.run import Run
from ui.runs.sections import takeaway_section, training_section
from ui.texts import _, percent

_NAME = "feed-forward"
_LESSON = "sequential-data"
_SHOWN = 6  # example sequences
_SYMBOLS = ("A", "B", "C", "D", "·", "∘", "+", "×")


def feed_forward():
    """The section: text, task, run, questions, bench and what can be taken away."""
    run = training_section(
        _NAME,
        FeedForwardConfig,
        _draw,
        title=_("Why not a dense network?"),
        lesson=_LESSON,
        text="feed_forward",
        strip=("longest", "window", "cell", "units", "epochs"),
        metrics={"dense_accuracy": _("dense"), "rnn_accuracy": _("recurrent")},
        questions=QUESTIONS,
        prepare=_task,
        before=_before,
        hint="",
    )
    takeaway_section(
        _NAME,
        run,
        metrics={
            "dense_accuracy": _("Dense, right"),
            "rnn_accuracy": _("Recurrent, right"),
            "dense_longer": _("Dense, longer sequences"),
            "rnn_longer": _("Recurrent, longer sequences"),
        },
        lesson=_LESSON,
    )


def expected_accuracy(config: FeedForwardConfig) -> float:
    """What a network on the window can reach at most, on the lengths of training."""
    lengths = np.arange(2, config.longest + 1)
    return float(np.where(lengths <= config.window, 1.0, CHANCE).mean())


def _task(config: FeedForwardConfig | None) -> FeedForwardConfig | None:
    """``config``, and some of its sequences."""
    if config is None:
        return None
    inputs, keys, lengths = test_set(config.longest, 1)
    chosen = np.unique(np.linspace(0, len(keys) - 1, _SHOWN).round().astype(int))
    figure = partial(
        window_on_rows,
        look(_("Is the first letter in the window?"), _("steps before the question")),
        [[_SYMBOLS[step.argmax()] if step.any() else "" for step in inputs[i]] for i in chosen],
        [config.longest - int(lengths[i]) for i in chosen],
        config.window,
        window_name=_("what the dense network sees"),
    )
    live_plot(figure, key="sequences.task", height=290)
    return config


def _before(config: FeedForwardConfig):
    st.info(
        _(
            "Press Train: both networks learn side by side, in a second or two. With the "
            "window alone no network can be right more often than {most} on average; "
            "guessing gives {chance}."
        ).format(most=percent(expected_accuracy(config)), chance=percent(CHANCE))
    )


def _draw(run: Run):
    if run.epochs:
        _draw_lengths(run)
    _draw_curves(run)


def _draw_lengths(run: Run):
    arrays, cell = run.at.arrays, run.config.cell
    title = _("Epoch {epoch}: {dense} and {rnn} right").format(
        epoch=run.at.epoch,
        dense=percent(run.at.metrics["dense_accuracy"]),
        rnn=percent(run.at.metrics["rnn_accuracy"]),
    )
    figure = partial(
        accuracy_by_length,
        look(title, _("length of the sequence"), _("right answers")),
        arrays["lengths"],
        {
            _("dense, on the window"): ("baseline", arrays["dense_by_length"]),
            _("recurrent ({cell})").format(cell=cell.upper()): (cell, arrays["rnn_by_length"]),
        },
        window=run.config.window,
        longest=run.config.longest,
        chance=CHANCE,
        names={
            "window": _("end of the window"),
            "unseen": _("never seen in training"),
            "chance": _("guessing"),
        },
    )
    live_plot(figure, key="sequences.by_length", height=340)


def _draw_curves(run: Run):
    dense, recurrent = "dense_accuracy", "rnn_accuracy"
    run_curves(
        run,
        [
            *pinned_lines(run, lambda other: other.by_epoch(dense)),
            *pinned_lines(run, lambda other: other.by_epoch(recurrent)),
            Line(_("dense"), *run.by_epoch(dense), "baseline", "dash"),
            Line(_("recurrent"), *run.by_epoch(recurrent), run.config.cell, "solid"),
        ],
        key="sequences.curve",
        title=_("Each reaches its limit"),
        y_title=_("share of right answers"),
        references={
            _("guessing"): CHANCE,
            _("all a window can know"): expected_accuracy(run.config),
        },
        height=260,
    )
