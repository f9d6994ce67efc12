"""Translations: the shipped networks by sacrebleu, and what a run reaches in ten minutes."""

from collections.abc import Iterator

import sacrebleu

from benchmarks.row import Row
from core import pretrained
from core.data.language.pairs import sets
from core.events import Epoch
from core.experiments.translation.config import TranslationConfig
from core.experiments.translation.recipe import CONFIGS
from core.experiments.translation.run import run
from core.experiments.translation.shipped import best_of, search
from core.experiments.translation.task import Task
from core.numeric.language.seq2seq import Seq2Seq

_LIVE_S = 600


def rows() -> Iterator[Row]:
    """BLEU of what is shipped on the test part, and of a run of the page's settings."""
    for name, config in CONFIGS.items():
        what = f"{name}, 2,000 unseen sentences (aim: word for word + 15, nearest sentence + 10)"
        if sets.missing(config.data):
            yield Row(what, "not measured: the data are not here")
            continue
        model, card = pretrained.load(name, Seq2Seq)
        metrics, task = card["metrics"], Task.of(config)
        pairs = task.parts.test
        told = [best_of(model, search(model, text)) for text in task.sources(pairs)]
        references = [task.references(pairs)]
        yield Row(
            what,
            f"BLEU {sacrebleu.corpus_bleu(told, references).score:.1f}, "
            f"chrF {sacrebleu.corpus_chrf(told, references).score:.1f}",
            f"word for word by IBM's model 1 {metrics['ibm1']:.1f}, nearest sentence known "
            f"{metrics['memory']:.1f}",
        )
    config = CONFIGS["translation-en-fr"].replace(epochs=40, epoch_updates=100)
    if not sets.missing(config.data):
        reached = _reached(config)
        half = pretrained.card("translation-en-fr")["metrics"]["validation"]["bleu"] / 2
        yield Row(
            f"The same, trained live for {_LIVE_S} s (aim: half of the shipped, {half:.1f})",
            f"BLEU {reached:.1f} on validation sentences",
            "",
        )


def _reached(config: TranslationConfig) -> float:
    """The best BLEU of a run's epochs that ended in time."""
    best = 0.0
    for event in run(config):
        if isinstance(event, Epoch):
            if event.train_s > _LIVE_S:
                break
            best = max(best, event.metrics["bleu"])
    return best
