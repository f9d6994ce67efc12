"""Record what attention brings to a translator.

    python -m benchmarks.record_translation [invented] [--anew]

The same network with attention and without, from the same seed, as many updates each, scored on
the validation part by the length of what is read. It learns for less than the shipped one. What is
there already is not made again: --anew begins from nothing.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from benchmarks.__main__ import made_by
from core.events import Epoch, Finished
from core.experiments.translation.config import TranslationConfig
from core.experiments.translation.recipe import GROUPS
from core.experiments.translation.recorded import FILE
from core.experiments.translation.run import run
from core.experiments.translation.task import Task, translations
from core.numeric.language.seq2seq import Seq2Seq
from core.numeric.language.translation.scores import bleu_counts, bleu_of
from core.numeric.language.translation.tokens import words

CONFIGS = {
    "invented": TranslationConfig(
        data="invented",
        units=64,
        embedding_dim=32,
        pieces=300,
        learning_rate=0.01,
        dropout=0.0,  # so few numbers are not to spare: with 0.2 it learns nothing
        epochs=20,
    ),
    "tatoeba": TranslationConfig(),  # as the lesson offers it
}
ATTENTION = ("dot", "none")


def main(names: Sequence[str], anew: bool) -> None:
    """Both networks of each data set; what they reach goes to the lesson's file."""
    told: dict[str, Any] = {}
    if FILE.is_file() and not anew:
        told = json.loads(FILE.read_text("utf-8"))
    for name in names:
        known = told.get(name, {}).get("networks", {})
        for attention in ATTENTION:
            if attention not in known:
                known[attention] = reached(CONFIGS[name].replace(attention=attention))
        told[name] = {
            "card": made_by("benchmarks.record_translation"),
            "config": CONFIGS[name].to_dict(),
            "networks": known,
        }
        FILE.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8", newline="\n")


def reached(config: TranslationConfig) -> Mapping[str, Any]:
    """BLEU on the validation part, by the words of what is read, as "1-3", and of all of it."""
    end = None
    for end in run(config):
        if isinstance(end, Epoch):
            print(config.attention, end.epoch, round(end.metrics["bleu"], 1), flush=True)
    assert isinstance(end, Finished)
    task = Task.of(config)
    model = Seq2Seq(task.codec, config.architecture, end.arrays)
    pairs = task.parts.validation
    sources = task.sources(pairs)
    counts = bleu_counts(translations(model, sources), task.references(pairs))
    lengths = np.array([len(words(text, config.languages[0])) for text in sources])
    groups = {f"{low}-{high}": (lengths >= low) & (lengths <= high) for low, high in GROUPS}
    told = {
        "bleu": round(bleu_of(counts.sum(0)), 2),
        "by_length": {
            name: round(bleu_of(counts[group].sum(0)), 2)
            for name, group in groups.items()
            if group.any()
        },
        "sentences": len(pairs),
        "params": model.params,
        "train_s": round(end.metrics["train_s"]),
    }
    print(config.attention, told, flush=True)
    return told


if __name__ == "__main__":
    given = [name for name in CONFIGS if name in sys.argv]
    main(given or list(CONFIGS), "--anew" in sys.argv)
