"""The networks that answer on the page: the shipped ones, and the one of a run."""

import json
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from core import pretrained
from core.experiments.question_answering.config import QuestionAnsweringConfig
from core.numeric.language.answering.answerer import StoryAnswerer
from ui.runs.cached import RunAtEpoch
from ui.runs.run import Run
from ui.state.kept_choice import kept_choice
from ui.texts import _, number, percent

SHIPPED = {"one": "question-answering-one", "two": "question-answering"}
CHOICE = "question_answering.reader"


@dataclass(frozen=True)
class Answerer:
    """A network that answers. name: as people read it; accuracy: on held-out questions."""

    name: str
    model: StoryAnswerer
    config: QuestionAnsweringConfig
    accuracy: float


def shipped(task: str) -> Answerer | None:
    """The network that comes with Pangloss for a task, None where its weights are missing."""
    name = SHIPPED[task]
    if name not in pretrained.names():
        return None
    model, card = pretrained.load(name, StoryAnswerer)
    config = QuestionAnsweringConfig.parse(card["config"])
    return Answerer(_("the shipped network"), model, config, card["metrics"]["accuracy"])


def of_epoch(run: Run[QuestionAnsweringConfig] | None) -> Answerer | None:
    """The run's network as of the epoch that is looked at, None if its weights were not kept."""
    if run is None or not run.epochs or not run.weights():
        return None
    name = _("the run’s network after epoch {epoch}").format(epoch=run.at.epoch)
    return Answerer(name, _model(RunAtEpoch(run)), run.config, run.at.metrics["accuracy"])


@lru_cache(maxsize=8)
def _model(kept: RunAtEpoch) -> StoryAnswerer:
    card = json.loads(kept.run.epochs[0].arrays["card"].tobytes().decode())
    return StoryAnswerer.of(card, kept.run.weights())


def choose_answerer(run: Run[QuestionAnsweringConfig] | None, task: str) -> Answerer | None:
    """Asks who answers a question of a task. None, with a sentence, if nobody can."""
    labels = {"shipped": _("Shipped"), "run": _("The run below")}
    answerers = {"shipped": shipped(task), "run": of_epoch(run)}
    known = {kind: one for kind, one in answerers.items() if one is not None}
    if answerers["shipped"] is None:
        st.info(_("The shipped network is missing from this copy of Pangloss. Train one below."))
    if not known:
        return None
    kind = kept_choice(
        _("Who answers"),
        labels,
        known,
        key=CHOICE,
        parameter="reader",
        help=_("A run of yours appears here after its first epoch, as of the epoch you look at."),
    )
    return known[kind]


def describe(answerer: Answerer) -> str:
    """What kind of network it is, what it learned, and how good it is."""
    specs = QuestionAnsweringConfig.specs()
    config = answerer.config
    kinds, tasks, sets = (specs[name].options for name in ("model", "task", "data"))
    return _(
        "{kind}, {params} weights, learned “{task}” of {data}: {share} of 1,000 held-out "
        "questions right"
    ).format(
        kind=_(kinds[config.model]),
        params=number(answerer.model.params, 0),
        task=_(tasks[config.task]),
        data=_(sets[config.data]),
        share=percent(answerer.accuracy, 1),
    )
