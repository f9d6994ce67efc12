"""The shipped networks for numbers in words: how they are made, scored and described."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from core import pretrained
from core.experiments.kit import recipe
from core.experiments.kit.seq2seq_run import by_group, model_of
from core.experiments.number_words.config import NumberWordsConfig, lengths
from core.experiments.number_words.run import letters_of, pairs, run, unseen
from core.numeric.language.seq2seq import Seq2Seq

RECIPE = "number-words"
_WORDS = NumberWordsConfig(epochs=15, epoch_updates=60, seed=1)
_DIGITS = _WORDS.replace(direction="to_digits", spelling="both")
CONFIGS = {
    "number-words-to-words": _WORDS,
    "number-words-to-words-without": _WORDS.replace(attention="none"),
    "number-words-to-digits": _DIGITS,
    "number-words-to-digits-without": _DIGITS.replace(attention="none"),
    "number-words-self-attention": _WORDS.replace(encoder="self_attention"),
}
_ABOUT = {
    "to_words": "Numbers from 0 to 999,999 written in French words",
    "to_digits": "Numbers from 0 to 999,999 in French words, read",
}
_ATTENTION = {
    "none": "without attention",
    "dot": "with attention by dot products",
    "additive": "with additive attention",
}


def rebuild(folder: Path, log: Callable[[str], None]) -> None:
    """Train all of them, one after the other, and write weights and cards to ``folder``.

    log: hears a line after each epoch.
    """
    for name, config in CONFIGS.items():
        end, seconds = recipe.follow(
            name, run(config), log, lambda metrics: f"{metrics['exact_match']:.4f} exact"
        )
        publish(name, config, model_of(config, end.arrays), seconds, folder)


def publish(
    name: str, config: NumberWordsConfig, model: Seq2Seq, seconds: float, folder: Path
) -> pretrained.Card:
    """Score the model as it is stored, by what it writes itself, and write it with its card."""
    tested = unseen()
    right = written_right(pretrained.as_stored(model), config, tested)
    groups = letters_of(tested, config.spelling)
    encoder = "self-attention for an encoder, " if config.encoder == "self_attention" else ""
    return recipe.publish(
        name,
        model,
        folder,
        recipe=RECIPE,
        seconds=seconds,
        about=f"{_ABOUT[config.direction]}; {encoder}{_ATTENTION[config.attention]}.",
        config=config.to_dict(),
        metrics={
            "params": model.params,
            "exact_match": {f"{len(tested):,} numbers never seen": float(right.mean())},
            "by_length": by_group(right, groups),
        },
    )


def written_right(model: Seq2Seq, config: NumberWordsConfig, chosen: np.ndarray) -> np.ndarray:
    """Which numbers' answers, written greedily without Keras, are right, bool (n,)."""
    questions, answers = pairs(chosen, config.direction, config.spelling)
    longest, written = lengths(config.direction)[1], []
    for at in range(0, len(chosen), 500):
        written += model.answers(questions[at : at + 500], longest)
    return np.array(written) == np.array(answers)
