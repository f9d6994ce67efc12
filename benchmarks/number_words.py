"""The shipped networks for numbers in words, on 10,000 numbers that they never saw."""

from benchmarks.row import Row
from core import pretrained
from core.experiments.number_words.recipe import CONFIGS, written_right
from core.experiments.number_words.run import unseen
from core.numeric.language.seq2seq import Seq2Seq

_AIM = "at least 99.5%"
_NAMES = {"to_words": "digits to words", "to_digits": "words to digits"}


def rows() -> list[Row]:
    numbers, exact = unseen(), {}
    for name, config in CONFIGS.items():
        model, _card = pretrained.load(name, Seq2Seq)
        exact[name] = 100 * float(written_right(model, config, numbers).mean())
    found = []
    for direction, said in _NAMES.items():
        name = f"number-words-{direction.replace('_', '-')}"
        found.append(
            Row(
                f"{said}: exact match on {len(numbers):,} numbers never seen, with attention",
                f"{exact[name]:.2f}%",
                f"{_AIM}; without attention, trained as long, {exact[f'{name}-without']:.2f}%",
            )
        )
    found.append(
        Row(
            "digits to words, self-attention for an encoder",
            f"{exact['number-words-self-attention']:.2f}%",
        )
    )
    return found
