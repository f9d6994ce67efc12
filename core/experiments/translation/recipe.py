"""The shipped translators and dictionaries: how they are made, scored and described."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from core import pretrained
from core.data.language.pairs.tatoeba import Pair
from core.events import Finished
from core.experiments.kit import recipe
from core.experiments.translation.config import TranslationConfig
from core.experiments.translation.run import run
from core.experiments.translation.shipped import NAMES, best_of, search, words_file
from core.experiments.translation.task import Task, translations
from core.numeric.language.seq2seq import Seq2Seq
from core.numeric.language.translation.codec import PieceCodec
from core.numeric.language.translation.ibm1 import Likeliest
from core.numeric.language.translation.scores import bleu_counts, bleu_of, chrf
from core.numeric.language.translation.tokens import tokens, words

RECIPE = "translation"
_CONFIG = TranslationConfig(epochs=15, epoch_updates=400, seed=1)
CONFIGS = {name: _CONFIG.replace(direction=direction) for direction, name in NAMES.items()}
_ABOUT = {
    "en_fr": "Short English sentences in French",
    "fr_en": "Short French sentences in English",
}
_VALIDATION = ("bleu", "chrf", "baseline_ibm1", "baseline_memory")
GROUPS = ((1, 3), (4, 5), (6, 7), (8, 10), (11, 15), (16, 99))  # words of what is read
# Of a word that came so often, so many translations are shipped, if they are so likely.
_TIMES, _ENTRIES, _LEAST = 3, 3, 0.03


def rebuild(folder: Path, log: Callable[[str], None]) -> None:
    """Train both, one after the other, and write weights, cards and dictionaries to ``folder``.

    log: hears a line after each epoch. Raises Problem if the sentences are not on this machine.
    """
    for name in CONFIGS:
        rebuild_one(name, folder, log)


def rebuild_one(name: str, folder: Path, log: Callable[[str], None]) -> None:
    """Train one of CONFIGS, and write what belongs to it to ``folder``."""
    config = CONFIGS[name]
    end, seconds = recipe.follow(
        name, run(config), log, lambda metrics: f"BLEU {metrics['bleu']:.1f}", every=5
    )
    publish(name, config, end, seconds, folder)


def publish(
    name: str, config: TranslationConfig, end: Finished, seconds: float, folder: Path
) -> pretrained.Card:
    """Score the model as it is stored on the test part, once, and write it with its card.

    Beside it goes NAME_words.json: of each word its likeliest translations by IBM's model 1.
    """
    task = Task.of(config)
    model = Seq2Seq(task.codec, config.architecture, end.arrays)
    stored = pretrained.as_stored(model)
    best = task.dictionary().likeliest(_ENTRIES)
    metrics = scored(task, stored, best, task.parts.test)
    longer = scored(task, stored, best, task.parts.longer)
    beyond = {k: v for k, v in longer["by_length"].items() if k not in metrics["by_length"]}
    folder.mkdir(parents=True, exist_ok=True)
    shown = {
        word: [(to, round(share, 3)) for to, share in best[word] if share >= _LEAST]
        for word, times in task.counts().items()
        if times >= _TIMES
    }
    lines = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
    words_file(name, folder).write_text(lines + "\n", encoding="utf-8", newline="\n")
    return recipe.publish(
        name,
        model,
        folder,
        recipe=RECIPE,
        seconds=seconds,
        about=f"{_ABOUT[config.direction]}; Tatoeba's pairs of at most ten words.",
        config=config.to_dict(),
        metrics={
            "params": model.params,
            **metrics,
            "longer": {key: longer[key] for key in ("bleu", "beam", "sentences")},
            "by_length": {**metrics["by_length"], **beyond},
            "validation": {n: v for n, v in end.metrics.items() if n in _VALIDATION},
            "train_pairs": len(task.parts.training),
            "train_s": end.metrics["train_s"],
        },
    )


def scored(task: Task, model: Seq2Seq, best: Likeliest, pairs: Sequence[Pair]) -> dict[str, Any]:
    """BLEU and chrF of what translates some pairs, of all of them and in groups.

    bleu, chrf, exact_match of greedy search; NAME and NAME_chrf of the others: beam, ibm1 (word for
    word), memory (the nearest known sentence). by_length: words of the source, as "1-3"; spelled:
    sentences that have a word of several pieces, and "whole" the others.
    """
    from core.models.language.translation_memory import nearest

    source = task.config.languages[0]
    known = task.parts.training
    texts, references = task.sources(pairs), task.references(pairs)
    places = nearest(task.sources(known), texts, source)
    greedy = translations(model, texts)
    told = {
        "bleu": greedy,
        "beam": [best_of(model, search(model, text)) for text in texts],
        "ibm1": task.word_for_word(texts, best),
        "memory": task.references([known[place] for place in places]),
    }
    counts = {name: bleu_counts(some, references) for name, some in told.items()}
    lengths = np.array([len(words(text, source)) for text in texts])
    spelled = np.array([is_spelled(task.codec, text) for text in texts])
    groups = {f"{low}-{high}": (lengths >= low) & (lengths <= high) for low, high in GROUPS}

    def of(group: np.ndarray) -> dict[str, float]:
        shares = {name: bleu_of(some[group].sum(0)) for name, some in counts.items()}
        return {**shares, "sentences": int(group.sum())}

    return {
        **of(np.ones(len(texts), bool)),
        "chrf": chrf(greedy, references),
        **{f"{name}_chrf": chrf(told[name], references) for name in ("beam", "ibm1", "memory")},
        "exact_match": float(np.mean([a == b for a, b in zip(greedy, references, strict=True)])),
        "by_length": {name: of(group) for name, group in groups.items() if group.any()},
        "by_spelling": {"whole": of(~spelled), "spelled": of(spelled)},
    }


def is_spelled(codec: PieceCodec, text: str) -> bool:
    """Whether some word of a text is no symbol of its own."""
    return any(len(codec.split_read(token)) > 1 for token in tokens(text.lower(), codec.source))
