"""The networks that can write on the page: the shipped one, a run's, one loaded from a file."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from core import pretrained
from core.messages import Problem
from core.numeric.language.language_model import LanguageModel
from core.numeric.weights import import_model
from ui.notices import plain
from ui.runs.inputs.model_choice import choose_model
from ui.runs.run import Run
from ui.texts import _, number, say

NAME = "voltaire"
EVERYTHING = "everything"
CHOICE = "voltaire.writer"
_LOADED = "voltaire.loaded"


@dataclass(frozen=True)
class Writer:
    """A network and what the page knows of it.

    kind: "shipped", "run" or "file". key: another one for other weights. name: as people read it,
    translated. corpus: what it learned from, by the name that ``core.data.language.corpora`` knows;
    ``EVERYTHING`` for the shipped one, "" where nobody knows.
    """

    kind: str
    key: str
    name: str
    corpus: str
    model: LanguageModel
    card: Mapping[str, Any]


def shipped() -> Writer | None:
    """The network that comes with Pangloss, None where its weights are missing."""
    if NAME not in pretrained.names():
        return None
    model, card = pretrained.load(NAME, LanguageModel)
    return Writer("shipped", card["sha256"], _("the shipped network"), EVERYTHING, model, card)


def of_epoch(run: Run | None) -> Writer | None:
    """The run's network as of the epoch that is looked at, None if its weights were not kept."""
    if run is None or not (weights := run.weights()):
        return None
    key = f"{run.id}:{run.at.epoch}"
    model = _model(key, run.config.cell, run.at.texts["vocabulary"], weights)
    name = _("the run's network after epoch {epoch}").format(epoch=run.at.epoch)
    return Writer("run", key, name, run.config.text_name, model, {})


def choose_writer(run: Run | None) -> Writer | None:
    """Asks who writes; None, with a sentence, if nobody can."""
    return choose_model(
        _("Who writes"),
        {"shipped": shipped(), "run": of_epoch(run), "file": _load},
        key=CHOICE,
        missing=_(
            "The shipped network is missing from this copy of Pangloss. "
            "Train one below, or load one that you took away."
        ),
        describe=_describe,
        parameter="writer",
    )


def _load() -> Writer | None:
    file = st.file_uploader(
        _("A model that you downloaded from this page (model.zip)"),
        type="zip",
        key="voltaire.model_file",
        help=_("At most 5 MB. Nothing in it is executed: it holds numbers and a description."),
    )
    if file is None:
        return st.session_state.get(_LOADED)
    data = file.getvalue()
    key = hashlib.sha256(data).hexdigest()
    kept = st.session_state.get(_LOADED)
    if kept is None or kept.key != key:
        try:
            model, card = import_model(data)
        except Problem as problem:
            st.error(plain(say(problem)))
            return None
        kept = Writer("file", key, _("the network of your file"), _corpus(card), model, card)
        st.session_state[_LOADED] = kept
    return kept


def _describe(writer: Writer) -> str:
    """What kind of network it is, and what it reaches where that was recorded; a sentence."""
    model = writer.model
    kind = _("{cell} of {units} units, {params} weights").format(
        cell=model.cell.upper(),
        units=" + ".join(str(model.units(i)) for i in range(model.layers)),
        params=number(model.params, 0),
    )
    if writer.kind != "shipped":
        return kind
    bits = writer.card["metrics"]["bits_per_char"]["micromegas"]
    return _(
        "{kind}; {bits} bits per character on Micromégas, as recorded when it was made"
    ).format(kind=kind, bits=number(bits, 2))


def _corpus(card: Mapping[str, Any]) -> str:
    """What a loaded file says it learned from; anybody may have written it."""
    config = card.get("config")
    config = config if isinstance(config, dict) else {}
    corpus, upload = str(config.get("corpus", "")), str(config.get("upload", ""))
    known = {"voltaire": "voltaire", "conte": "conte", "upload": f"upload:{upload}"}
    return known.get(corpus, "")


@st.cache_resource(max_entries=64, ttl=3600, show_spinner=False)
def _model(
    key: str, cell: str, vocabulary: str, _weights: Mapping[str, np.ndarray]
) -> LanguageModel:
    return LanguageModel(cell, vocabulary, _weights)
