"""A network of one's own: its settings, its run, and what each epoch learned."""

import streamlit as st

from core import pretrained
from core.experiments.number_words.config import NumberWordsConfig
from core.figures.language.number_words import shares_by_epoch
from core.figures.training import Line
from pages.language.number_words import networks
from pages.language.number_words.epoch import alignment_at, by_length, examples, shipped_name
from pages.language.number_words.query import Query
from pages.language.number_words.quiz import QUESTIONS
from ui import server
from ui.components.charts import live_plot
from ui.layout import text_beside
from ui.percent import percent
from ui.runs.bench import pinned, readable
from ui.runs.ending import ending
from ui.runs.in_step import keep_in_step, whole_page
from ui.runs.live import follow
from ui.runs.quiz import quiz
from ui.runs.run import Run
from ui.state.controls import controls
from ui.texts import _, lesson_text

_STRIP = ("direction", "attention", "encoder", "cell", "units")
_MORE = tuple(name for name in NumberWordsConfig.specs() if name not in _STRIP)
_SHIPPED = "shipped"


def training(asked: Query) -> Run | None:
    """The whole section; returns the run that is followed, None if there is none.

    asked: the number of the page, which the run's network answers, too.
    """
    st.header(_("Train one of your own"), anchor=False)
    text, instruments = text_beside("number_words.training_text")
    text.markdown(lesson_text("number-words", "train"))
    questions = text.container()
    with instruments, whole_page("number-words"):
        config = controls(NumberWordsConfig, strip=_STRIP, more=_MORE)
        run = follow(
            "number-words",
            config,
            lambda run: _draw(run, asked),
            metrics={"exact_match": _("Right answers")},
            before=lambda: _before(config),
        )
    with questions:
        quiz(QUESTIONS, run)
    return run


def afterwards(run: Run | None):
    """The bench, and what can be taken away from the run."""
    ending(
        "number-words",
        run,
        metrics={
            "exact_match": _("Right answers"),
            "char_accuracy": _("Right characters"),
            "test_loss": _("Loss (nats)"),
        },
        text=lesson_text("number-words", "take"),
    )


def _before(config: NumberWordsConfig | None):
    st.info(
        _(
            "Nothing has been trained yet. Press Train: the first numbers come within seconds, "
            "and the first answers after the first epoch."
        )
    )
    if config is not None:
        by_length(config, {}, _("What the shipped networks reach"))


def _draw(run: Run, asked: Query):
    keep_in_step("number-words", run, follows=st.session_state.get(networks.CHOICE) == "run")
    _curves(run)
    if not run.epochs:
        st.caption(_("The first test comes at the end of the first epoch."))
        return
    alignment_at(run, asked)
    title = _("Epoch {epoch}: right answers by length").format(epoch=run.at.epoch)
    by_length(run.config, run.at.metrics.get("by_length", {}), title)
    examples(run)


def _curves(run: Run):
    cell, behind = run.config.cell, pinned("number-words")
    lines = []
    if behind and behind.id != run.id:
        lines.append(Line(_("pinned run"), *behind.by_epoch("exact_match"), "baseline", "dash"))
    lines.append(Line(_("characters"), *run.by_epoch("char_accuracy"), cell, "dot"))
    lines.append(Line(_("whole answers"), *run.by_epoch("exact_match"), cell))
    name, per_epoch = shipped_name(run.config), run.started.steps / max(1, run.started.epochs)
    there = name in pretrained.names()
    title, specs = _curve_title(run), run.config.specs()
    figure = shares_by_epoch(
        lines,
        theme=server.theme(),
        title=title,
        x_title=_("epochs"),
        y_title=_("share right"),
        references={_("the shipped network"): networks.exact_match(name)} if there else {},
        changes=[
            (change.step / per_epoch, f"{_(spec.label)}: {readable(spec, change.value)}")
            for change in run.changes
            for spec in [specs[change.field]]
        ],
        at=None if run.at_last else run.at.epoch,
        x_end=run.last.epoch if run.ended and run.last else run.started.epochs,
    )
    told = [f"{line.name}: {percent(line.y[-1], 1)}" for line in lines if len(line.y)]
    alt = ". ".join([title, ", ".join(told)]) if told else title
    live_plot(figure, key="number_words.curve", alt=alt, height=360)


def _curve_title(run: Run) -> str:
    if not run.epochs:
        return _("The network has just begun")
    return _("Epoch {epoch}: {share} of the answers are right, letter for letter").format(
        epoch=run.at.epoch, share=percent(run.at.metrics["exact_match"], 1)
    )
