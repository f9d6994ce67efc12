"""The networks that translate on the page: the shipped ones, and the one of a run."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from core import pretrained
from core.experiments.translation.config import TranslationConfig
from core.experiments.translation.shipped import NAMES
from core.experiments.translation.task import LONGEST
from core.numeric.language.codec import END
from core.numeric.language.seq2seq import Edit, Seq2Seq, Written
from core.numeric.language.translation.tokens import set_in
from ui.runs.cached import RunAtEpoch
from ui.runs.inputs.model_choice import choose_model
from ui.runs.run import Run
from ui.texts import _, number

CHOICE = "translation.translator"


@dataclass(frozen=True)
class Translator:
    """A network, another ``key`` for other weights, and its settings."""

    key: str
    model: Seq2Seq
    config: TranslationConfig

    def write(self, text: str, edit: Edit | None = None) -> Written:
        """The greedy translation of a sentence, cut behind its end."""
        written = self.model.write(self.model.questions([text]), LONGEST, edit)
        ended = np.flatnonzero(written.ids[0] == END)
        steps = int(ended[0]) + 1 if len(ended) else written.ids.shape[1]
        return Written(*(part[:, :steps] for part in written))

    def text(self, written: Written) -> str:
        """What was written, as it is printed."""
        return set_in(self.model.codec.text(written.ids[0]), self.config.languages[1])


def shipped(direction: str) -> Translator | None:
    """A network that comes with Pangloss, None where its weights are missing."""
    if NAMES[direction] not in pretrained.names():
        return None
    model, card = pretrained.load(NAMES[direction], Seq2Seq)
    return Translator(card["sha256"], model, TranslationConfig.parse(card["config"]))


def metrics_of(direction: str) -> dict[str, Any]:
    """What a shipped network reached, by its card; nothing where it is missing."""
    name = NAMES[direction]
    return dict(pretrained.card(name)["metrics"]) if name in pretrained.names() else {}


def of_epoch(run: Run[TranslationConfig] | None) -> Translator | None:
    """The run's network as of the epoch that is looked at, None if its weights were not kept."""
    if run is None or not run.epochs or not run.weights():
        return None
    return Translator(f"{run.id}:{run.at.epoch}", _model(RunAtEpoch(run)), run.config)


@lru_cache(maxsize=4)
def _model(kept: RunAtEpoch) -> Seq2Seq:
    card = json.loads(kept.run.epochs[0].arrays["card"].tobytes().decode())
    return Seq2Seq.of(card, kept.run.weights())


def choose_translator(run: Run[TranslationConfig] | None, direction: str) -> Translator | None:
    """Asks who translates, where a run could; else the shipped network does."""
    own = of_epoch(run)
    if own and own.config.direction != direction:
        own = None
    return choose_model(
        _("Who translates"),
        {"shipped": shipped(direction), "run": own},
        key=CHOICE,
        missing=_("The shipped network is missing from this copy of Pangloss. Train one below."),
        describe=_describe,
        alone=own is not None,
    )


def _describe(translator: Translator) -> str:
    known = _("{cell} of {units} units, {params} weights").format(
        cell=translator.config.cell.upper(),
        units=translator.model.units,
        params=number(translator.model.params, 0),
    )
    metrics = metrics_of(translator.config.direction)
    if translator.config.data != "tatoeba":
        return known + " · " + _("learned from invented sentences (synthetic)")
    if (
        not metrics
        or translator.key != pretrained.card(NAMES[translator.config.direction])["sha256"]
    ):
        return known
    return (
        known
        + " · "
        + _("BLEU {bleu} on {count} sentences that it never saw").format(
            bleu=number(metrics["beam"], 1), count=number(metrics["sentences"], 0)
        )
    )
