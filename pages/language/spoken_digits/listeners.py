"""The networks that hear on the page: the shipped ones, and the one of a run."""

from dataclasses import dataclass
from typing import cast

import streamlit as st

from core import pretrained
from core.data.sounds.spoken import missing, spoken
from core.experiments.spoken_digits.config import SpokenDigitsConfig
from core.numeric.sound.listener import Listener
from ui.runs.run import Run
from ui.state.kept_choice import kept_choice
from ui.texts import _, number, percent

NAMES = {"shipped": "spoken-digits", "synthetic": "spoken-digits-synthetic"}
CHOICE = "spoken_digits.listener"


@dataclass(frozen=True)
class Hearer:
    """A network and how it was trained. accuracy: on held-out words, None if it is not known."""

    model: Listener
    config: SpokenDigitsConfig
    accuracy: float | None


def shipped(name: str) -> Hearer | None:
    """A network that comes with Pangloss, None where its weights are missing."""
    if name not in pretrained.names():
        return None
    model, card = pretrained.load(name, Listener)
    return Hearer(model, SpokenDigitsConfig.parse(card["config"]), card["metrics"]["accuracy"])


def of_epoch(run: Run[SpokenDigitsConfig] | None) -> Hearer | None:
    """The run's network as of the epoch that is looked at, None if its weights were not kept."""
    if run is None or not run.epochs or not run.weights():
        return None
    config = run.config
    classes = spoken(config.data).classes(config.task)
    about = {
        "cell": config.cell,
        "units": config.units,
        "layers": config.layers,
        "direction": config.direction,
        "classes": list(classes),
    }
    model = Listener.of({"listener": about}, run.weights())
    return Hearer(model, config, run.at.metrics["accuracy"])


def choose_listener(run: Run[SpokenDigitsConfig] | None) -> Hearer | None:
    """Asks who hears. None, with a sentence, if nobody can."""
    labels = {
        "shipped": _("Digits"),
        "synthetic": _("Synthetic words"),
        "run": _("The run below"),
    }
    if missing():  # then there is nothing but synthetic words to begin with
        labels = {name: labels[name] for name in ("synthetic", "shipped", "run")}
    hearers = {kind: shipped(name) for kind, name in NAMES.items()} | {"run": of_epoch(run)}
    known = {kind: hearer for kind, hearer in hearers.items() if hearer is not None}
    if not known:
        st.info(_("The shipped networks are missing from this copy of Pangloss. Train one below."))
        return None
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        kind = kept_choice(
            _("Who hears"),
            labels,
            known,
            key=CHOICE,
            parameter="listener",
            help=_(
                "A run of yours appears here after its first epoch, as of the epoch you look at."
            ),
        )
        hearer = cast(Hearer, known[kind])
        st.caption(_describe(hearer), width="stretch")
    return hearer


def _describe(hearer: Hearer) -> str:
    """What kind of network it is, what it learned from, and how good it is if that is known."""
    specs = SpokenDigitsConfig.specs()
    cells, readings, sets = (specs[name].options for name in ("cell", "direction", "data"))
    cell, reading = cells[hearer.config.cell], readings[hearer.config.direction]
    data = sets[hearer.config.data]
    told = _("{cell}, {direction}, {params} weights, learned from: {data}").format(
        cell=_(cell),
        direction=_(reading),
        params=number(hearer.model.params, 0),
        data=_(data),
    )
    if hearer.accuracy is not None:
        share = percent(hearer.accuracy, 1)
        told += " · " + _("it hears {share} of held-out words right").format(share=share)
    return told
