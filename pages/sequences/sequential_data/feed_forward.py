"""Why a feed-forward network is not enough: one task, a window, and a memory."""

import numpy as np
import streamlit as st

from core.data.sequences.recall_task import KEYS, test_set
from core.experiments.feed_forward.config import FeedForwardConfig
from core.experiments.feed_forward.run import CHANCE
from core.figures.sequences import accuracy_by_length, window_on_rows
from core.figures.training import Line, loss_curve
from core.messages import N_
from ui import server
from ui.components.charts import live_plot
from ui.layout import text_beside
from ui.percent import percent
from ui.runs.bench import pinned
from ui.runs.ending import ending
from ui.runs.live import follow
from ui.runs.quiz import Question, quiz
from ui.runs.run import Run
from ui.state.controls import controls
from ui.texts import _, lesson_text

_NAME = "feed-forward"
_STRIP = ("longest", "window", "cell", "units", "epochs")
_MORE = ("batch_size", "epoch_updates", "learning_rate", "seed")
_MOSTLY, _HARDLY = 0.5, 0.12  # shares of right answers; a guess has 0.25
_SHOWN = 6  # example sequences
_SYMBOLS = ("A", "B", "C", "D", "·", "∘", "+", "×")


def feed_forward():
    """The section: text, task, run, questions, bench and what can be taken away."""
    st.header(_("Why a feed-forward network is not enough"), anchor=False)
    text, figure = text_beside("sequences.feed_forward_text")
    text.markdown(lesson_text("sequential-data", "feed_forward"))
    questions = text.container()
    with figure:
        config = controls(FeedForwardConfig, strip=_STRIP, more=_MORE)
        if config:
            _task(config)
        run = follow(
            _NAME,
            config,
            _draw,
            metrics={"dense_accuracy": _("dense"), "rnn_accuracy": _("recurrent")},
            before=lambda: _before(config),
        )
    if config:
        with questions:
            quiz(_QUESTIONS, run, longest=config.longest, twice=2 * config.longest)
    _afterwards(run)


def expected_accuracy(config: FeedForwardConfig) -> float:
    """What a network on the window can reach at most, on the lengths of training."""
    lengths = np.arange(2, config.longest + 1)
    return float(np.where(lengths <= config.window, 1.0, CHANCE).mean())


def _task(config: FeedForwardConfig):
    inputs, keys, lengths = test_set(config.longest, 1)
    chosen = np.unique(np.linspace(0, len(keys) - 1, _SHOWN).round().astype(int))
    rows = [
        [_SYMBOLS[int(step.argmax())] if step.any() else "" for step in inputs[i]] for i in chosen
    ]
    title = _("Is the first letter in the window?")
    figure = window_on_rows(
        rows,
        [config.longest - int(lengths[i]) for i in chosen],
        config.window,
        theme=server.theme(),
        title=title,
        x_title=_("steps before the question"),
        window_name=_("what the dense network sees"),
    )
    live_plot(figure, key="sequences.task", alt=title, height=290)


def _before(config: FeedForwardConfig | None):
    if config is None:
        return
    st.info(
        _(
            "Press Train: both networks learn side by side, in a second or two. On the window "
            "alone nobody can be right more often than {most} on average; guessing gives {chance}."
        ).format(most=percent(expected_accuracy(config)), chance=percent(CHANCE))
    )


def _draw(run: Run):
    _by_length(run)
    _curve(run)


def _by_length(run: Run):
    if not run.epochs:
        st.caption(_("The first test comes at the end of the first epoch."))
        return
    arrays, cell = run.at.arrays, run.config.cell
    title = _("Epoch {epoch}: {dense} and {rnn} right").format(
        epoch=run.at.epoch,
        dense=percent(run.at.metrics["dense_accuracy"]),
        rnn=percent(run.at.metrics["rnn_accuracy"]),
    )
    figure = accuracy_by_length(
        arrays["lengths"],
        {
            _("dense, on the window"): ("baseline", arrays["dense_by_length"]),
            _("recurrent ({cell})").format(cell=cell.upper()): (cell, arrays["rnn_by_length"]),
        },
        theme=server.theme(),
        window=run.config.window,
        longest=run.config.longest,
        chance=CHANCE,
        title=title,
        x_title=_("length of the sequence"),
        y_title=_("right answers"),
        names={
            "window": _("end of the window"),
            "unseen": _("never seen in training"),
            "chance": _("guessing"),
        },
    )
    live_plot(figure, key="sequences.by_length", alt=title, height=340)


def _curve(run: Run):
    lines = []
    other = pinned(_NAME)
    if other and other.id != run.id:
        for metric in ("dense_accuracy", "rnn_accuracy"):
            lines.append(Line(_("pinned run"), *other.by_epoch(metric), "baseline", dash="dot"))
    lines.append(Line(_("dense"), *run.by_epoch("dense_accuracy"), "baseline", dash="dash"))
    lines.append(Line(_("recurrent"), *run.by_epoch("rnn_accuracy"), run.config.cell))
    title = _("Each reaches its limit")
    figure = loss_curve(
        lines,
        theme=server.theme(),
        title=title,
        x_title=_("epochs"),
        y_title=_("share of right answers"),
        references={
            _("guessing"): CHANCE,
            _("all a window can know"): expected_accuracy(run.config),
        },
        at=None if run.at_last else run.at.epoch,
        x_end=run.last.epoch if run.ended and run.last else run.started.epochs,
    )
    live_plot(figure, key="sequences.curve", alt=title, height=260)


def _grade_beyond(run: Run) -> tuple[str, str]:
    metrics = run.finished.metrics
    share = metrics.get("dense_beyond", metrics["dense_longer"])
    right = "mostly" if share > _MOSTLY else "chance" if share > _HARDLY else "never"
    return right, _(
        "It was right in {share} of those cases. What is not in the input cannot be learned, "
        "however many examples there are; the {keys} letters are equally frequent, so that a "
        "guess is right in {chance}. The recurrent network had {other}, with about as many weights."
    ).format(
        share=percent(share),
        keys=KEYS,
        chance=percent(CHANCE),
        other=percent(metrics.get("rnn_beyond", metrics["rnn_longer"])),
    )


def _grade_longer(run: Run) -> tuple[str, str]:
    share = run.finished.metrics["rnn_longer"]
    right = "knows" if share > _MOSTLY else "guesses"
    return right, _(
        "Between {longest} and {twice} symbols it was right in {share}. The same weights serve at "
        "every step, so that any length fits; how well what it keeps survives the additional "
        "steps is another matter."
    ).format(longest=run.config.longest, twice=2 * run.config.longest, share=percent(share))


_QUESTIONS = (
    Question(
        "sequences.beyond",
        N_(
            "Where the sequence is longer than its window, how often will the dense network name "
            "the first letter?"
        ),
        {
            "mostly": N_("Mostly: thousands of examples teach it."),
            "chance": N_("One time in four, as often as a guess."),
            "never": N_("Hardly ever: it has nothing to go by."),
        },
        _grade_beyond,
    ),
    Question(
        "sequences.longer",
        N_(
            "In training no sequence is longer than {longest}. What does the recurrent network do "
            "with one of up to {twice}?"
        ),
        {
            "cannot": N_("It cannot read it: the input has another shape."),
            "guesses": N_("It reads it, and answers as often right as a guess would."),
            "knows": N_("It reads it, and still knows the first letter more often than not."),
        },
        _grade_longer,
    ),
)


def _afterwards(run: Run | None):
    ending(
        _NAME,
        run,
        metrics={
            "dense_accuracy": _("Dense, right"),
            "rnn_accuracy": _("Recurrent, right"),
            "dense_longer": _("Dense, longer sequences"),
            "rnn_longer": _("Recurrent, longer sequences"),
        },
        text=lesson_text("sequential-data", "take"),
    )
