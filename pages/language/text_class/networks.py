"""The networks that read a sentence on the page: the shipped ones, and the one of a run."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import streamlit as st

from core import pretrained
from core.data.language.labelled import sets
from core.experiments.text_class.config import TextClassConfig
from core.numeric.language.classify.classifier import NGRAMS, TextClassifier
from core.numeric.language.classify.network import RECURRENT
from ui.runs.cached import RunAtEpoch
from ui.runs.run import Run
from ui.state.kept_choice import kept_choice
from ui.texts import _, number, percent

NAMES = {"shipped": "text-class", "both": "text-class-both"}
CHOICE = "text_class.reader"


@dataclass(frozen=True)
class Reader:
    """A network that reads texts. key: another one for other weights; name: as people read it."""

    key: str
    name: str
    model: TextClassifier
    config: TextClassConfig

    @property
    def is_recurrent(self) -> bool:
        """Whether it reads word after word."""
        return self.model.network.kind in RECURRENT

    @property
    def is_of_sentiment(self) -> bool:
        """Whether its classes are negative and positive, of opinions."""
        return self.model.classes == ("negative", "positive")

    @property
    def is_french(self) -> bool:
        """Whether it learned from French texts."""
        return self.config.data in sets.FRENCH


def shipped(name: str) -> Reader | None:
    """A network that comes with Pangloss, None where its weights are missing."""
    if name not in pretrained.names():
        return None
    model, card = pretrained.load(name, TextClassifier)
    config = TextClassConfig.parse(card["config"])
    return Reader(card["sha256"], _("the shipped network"), model, config)


def of_epoch(run: Run[TextClassConfig] | None) -> Reader | None:
    """The run's network as of the epoch that is looked at, None if its weights were not kept."""
    if run is None or not run.epochs or not _is_readable(run.weights()):
        return None
    name = _("the run's network after epoch {epoch}").format(epoch=run.at.epoch)
    model = _classifier(RunAtEpoch(run))
    return Reader(f"{run.id}:{run.at.epoch}", name, model, run.config)


def _is_readable(weights: Mapping[str, np.ndarray]) -> bool:
    """Whether there are weights, and it is known what is counted: of earlier versions it is not."""
    return bool(weights) and ("counts.embeddings" not in weights or NGRAMS in weights)


@lru_cache(maxsize=8)
def _classifier(kept: RunAtEpoch) -> TextClassifier:
    card = json.loads(kept.run.epochs[0].arrays["card"].tobytes().decode())
    return TextClassifier.of(card, kept.run.weights())


def choose_reader(run: Run[TextClassConfig] | None) -> Reader | None:
    """Asks who reads. None, with a sentence, if nobody can."""
    labels = {
        "shipped": _("Begun as naive Bayes"),
        "both": _("Both directions"),
        "run": _("The run below"),
    }
    readers = {kind: shipped(name) for kind, name in NAMES.items()} | {"run": of_epoch(run)}
    known = {kind: reader for kind, reader in readers.items() if reader is not None}
    if readers["shipped"] is None:
        st.info(_("The shipped network is missing from this copy of Pangloss. Train one below."))
    if not known:
        return None
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        kind = kept_choice(
            _("Who reads"),
            labels,
            known,
            key=CHOICE,
            parameter="reader",
            help=_(
                "A run of yours appears here after its first epoch, as of the epoch you look at."
            ),
        )
        reader = known[kind]
        st.caption(describe(reader), width="stretch")
    return reader


def describe(reader: Reader) -> str:
    """What kind of network it is, what it learned from, and how good it is if that is known."""
    specs = TextClassConfig.specs()
    tasks, kinds = specs["data"].options, specs["network"].options
    data, kind = _(tasks[reader.config.data]), _(kinds[reader.config.network])
    told = _("{kind}, {params} weights, learned from: {data}").format(
        kind=kind, params=number(reader.model.params, 0), data=data
    )
    if reader.key in _shares():
        share = percent(_shares()[reader.key], 1)
        told += " · " + _("{share} of held-out sentences right").format(share=share)
    return told


def _shares() -> dict[str, float]:
    """The accuracy of each shipped network, by its key."""
    cards = [pretrained.card(name) for name in NAMES.values() if name in pretrained.names()]
    return {card["sha256"]: card["metrics"]["accuracy"] for card in cards}
