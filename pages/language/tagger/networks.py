"""The taggers that read a sentence on the page: the shipped ones, and the one of a run."""

import json
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from core import pretrained
from core.experiments.tagger.config import TaggerConfig
from core.numeric.language.tagging.tagger import Tagger
from ui.runs.cached import RunAtEpoch
from ui.runs.run import Run
from ui.state.kept_choice import kept_choice
from ui.texts import _, number, percent

NAMES = {"words": "tagger", "names": "tagger-names"}
CHOICE = "tagger.reader"


@dataclass(frozen=True)
class Reader:
    """A tagger. key: another one for other weights; data: the corpus that taught it."""

    key: str
    model: Tagger
    config: TaggerConfig


def shipped(kind: str) -> Reader | None:
    """A tagger that comes with Pangloss, by its key in NAMES; None where it is missing."""
    if NAMES[kind] not in pretrained.names():
        return None
    model, card = pretrained.load(NAMES[kind], Tagger)
    return Reader(card["sha256"], model, TaggerConfig.parse(card["config"]))


def of_epoch(run: Run[TaggerConfig] | None) -> Reader | None:
    """The run's tagger as of the epoch that is looked at, None if its weights were not kept."""
    if run is None or not run.epochs or not run.weights():
        return None
    return Reader(f"{run.id}:{run.at.epoch}", _tagger(RunAtEpoch(run)), run.config)


@lru_cache(maxsize=8)
def _tagger(kept: RunAtEpoch) -> Tagger:
    card = json.loads(kept.run.epochs[0].arrays["card"].tobytes().decode())
    return Tagger.of(card, kept.run.weights())


def choose_reader(run: Run[TaggerConfig] | None) -> Reader | None:
    """Asks who reads. None, with a sentence, if nobody can."""
    labels = {
        "words": _("Parts of speech"),
        "names": _("Names"),
        "run": _("The run below"),
    }
    readers = {kind: shipped(kind) for kind in NAMES} | {"run": of_epoch(run)}
    known = {kind: reader for kind, reader in readers.items() if reader is not None}
    if not known:
        st.info(_("The shipped taggers are missing from this copy of Pangloss. Train one below."))
        return None
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        kind = kept_choice(
            _("Which tags"),
            labels,
            known,
            key=CHOICE,
            parameter="reader",
            help=_(
                "A run of yours appears here after its first epoch, as of the epoch you look at."
            ),
        )
        st.caption(describe(known[kind]), width="stretch")
    return known[kind]


def describe(reader: Reader) -> str:
    """What it learned from, and how good it is if that is known."""
    tasks = TaggerConfig.specs()["data"].options
    about = _("{params} weights, learned from: {data}").format(
        params=number(reader.model.params, 0), data=_(tasks[reader.config.data])
    )
    metrics = _cards().get(reader.key)
    if metrics is None:
        return about
    if reader.model.spans:
        share = percent(metrics.get("alone_f1", metrics["f1"]), 1)
        return f"{about} · " + _("F1 on a novel it never saw, each sentence alone: {share}").format(
            share=share
        )
    share = percent(metrics["accuracy"], 1)
    return f"{about} · " + _("{share} of held-out words right").format(share=share)


def _cards() -> dict[str, dict[str, float]]:
    """The metrics of each shipped tagger, by its key."""
    cards = [pretrained.card(name) for name in NAMES.values() if name in pretrained.names()]
    return {card["sha256"]: card["metrics"] for card in cards}
