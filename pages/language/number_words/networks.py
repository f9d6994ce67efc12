"""The networks that answer on the page: the shipped ones, and the one of a run."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from core import pretrained
from core.experiments.kit.seq2seq_run import model_of
from core.experiments.number_words.config import NumberWordsConfig, lengths
from core.numeric.language.codec import END
from core.numeric.language.seq2seq import Edit, Seq2Seq, Written
from ui.runs.inputs.model_choice import choose_model
from ui.runs.run import Run
from ui.texts import _, number

NAMES = {"to_words": "number-words-to-words", "to_digits": "number-words-to-digits"}
WITHOUT = {direction: f"{name}-without" for direction, name in NAMES.items()}
SELF_ATTENTION = "number-words-self-attention"
CHOICE = "number_words.answers"


@dataclass(frozen=True)
class NumberWriter:
    """A network, another ``key`` for other weights, and its settings. name: as people read it."""

    key: str
    name: str
    model: Seq2Seq
    config: NumberWordsConfig

    @property
    def longest(self) -> int:
        """Steps of the longest answer."""
        return lengths(self.config.direction)[1]

    def write(self, text: str, edit: Edit | None = None) -> Written:
        """Its answer to one question, cut behind its end."""
        written = self.model.write(self.model.questions([text]), self.longest, edit)
        ended = np.flatnonzero(written.ids[0] == END)
        steps = int(ended[0]) + 1 if len(ended) else written.ids.shape[1]
        return Written(*(part[:, :steps] for part in written))

    def answer(self, text: str, edit: Edit | None = None) -> str:
        """Its answer as people read it."""
        return self.model.codec.text(self.write(text, edit).ids[0])


def shipped(name: str) -> NumberWriter | None:
    """A network that comes with Pangloss, None where its weights are missing."""
    if name not in pretrained.names():
        return None
    model, card = pretrained.load(name, Seq2Seq)
    config = NumberWordsConfig.parse(card["config"])
    return NumberWriter(card["sha256"], _("the shipped network"), model, config)


def metrics_of(name: str) -> dict[str, Any]:
    """What a shipped network reached, by its card; nothing where it is missing."""
    return dict(pretrained.card(name)["metrics"]) if name in pretrained.names() else {}


def exact_match(name: str) -> float:
    """A shipped network's share of right answers to numbers never seen; NaN where it is missing."""
    return next(iter(metrics_of(name).get("exact_match", {}).values()), float("nan"))


def of_epoch(run: Run | None) -> NumberWriter | None:
    """The run's network as of the epoch that is looked at, None if its weights were not kept."""
    if run is None or not (weights := run.weights()):
        return None
    name = _("the run's network after epoch {epoch}").format(epoch=run.at.epoch)
    model = model_of(run.config, weights)
    return NumberWriter(f"{run.id}:{run.at.epoch}", name, model, run.config)


def choose_writer(run: Run | None, direction: str) -> NumberWriter | None:
    """Asks who answers, where a run could; else the shipped network does. None if nobody can."""
    own = of_epoch(run)
    other_way = own is not None and own.config.direction != direction
    about = _("The run below learns the other direction.") if other_way else ""
    return choose_model(
        _("Who answers"),
        {"shipped": shipped(NAMES[direction]), "run": None if other_way else own},
        key=CHOICE,
        missing=_("The shipped network is missing from this copy of Pangloss. Train one below."),
        describe=lambda _network: about,
        parameter="answers",
        alone=own is not None,
    )


def describe(writer: NumberWriter) -> str:
    """What kind of network it is."""
    cell = writer.config.cell.upper()
    return _("{cell} of {units} units, {params} weights").format(
        cell=cell, units=writer.model.units, params=number(writer.model.params, 0)
    )
