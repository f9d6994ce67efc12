"""The networks that can answer on the page: the shipped one, and that of the visitor's run."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from core import pretrained
from core.experiments.calculator.config import CalculatorConfig
from core.experiments.calculator.recipe import LEARNED, NAME
from core.experiments.kit.seq2seq_run import model_of
from core.numeric.language.seq2seq import Seq2Seq, Weights
from pages.language.calculator.notation import learned_by, printed
from ui.runs.inputs.model_choice import choose_model
from ui.runs.run import Run
from ui.texts import _, number

CHOICE = "calculator.answerer"


@dataclass(frozen=True)
class Answerer:
    """A network and what the page knows of it.

    kind: "shipped" or "run". key: another one for other weights. name: as people read it,
    translated. learned: operation -> digits of an operand that it has learned.
    """

    kind: str
    key: str
    name: str
    model: Seq2Seq
    learned: Mapping[str, int]


def shipped() -> Answerer | None:
    """The network that comes with Pangloss, None where its weights are missing."""
    if NAME not in pretrained.names():
        return None
    model, card = pretrained.load(NAME, Seq2Seq)
    return Answerer("shipped", card["sha256"], _("the shipped network"), model, LEARNED)


def of_epoch(run: Run | None) -> Answerer | None:
    """The run's network as of the epoch that is looked at, None if its weights were not kept."""
    if run is None or not (weights := run.weights()):
        return None
    name = _("the run's network after epoch {epoch}").format(epoch=run.at.epoch)
    key = f"{run.id}:{run.at.epoch}"
    return Answerer("run", key, name, _model(key, run.config, weights), learned_by(run.config))


def choose_answerer(run: Run | None) -> Answerer | None:
    """Asks who answers; None, with a sentence, if nobody can."""
    return choose_model(
        _("Who answers"),
        {"shipped": shipped(), "run": of_epoch(run)},
        key=CHOICE,
        missing=_("The shipped calculator is missing from this copy of Pangloss. Train one below."),
        describe=_describe,
    )


def _describe(answerer: Answerer) -> str:
    """What kind of network it is, and what it has learned."""
    model = answerer.model
    return _("{cell} of {units} units, {params} weights; has learned {operations}").format(
        cell=model.architecture.cell.upper(),
        units=model.units,
        params=number(model.params, 0),
        operations=", ".join(
            _("{sign} up to {digits} digits").format(sign=printed(sign), digits=digits)
            if digits > 1
            else _("{sign} of single digits").format(sign=printed(sign))
            for sign, digits in answerer.learned.items()
        ),
    )


@st.cache_resource(max_entries=64, ttl=3600, show_spinner=False)
def _model(key: str, _config: CalculatorConfig, _weights: Weights) -> Seq2Seq:
    return model_of(_config, _weights)
