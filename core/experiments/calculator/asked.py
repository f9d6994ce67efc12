"""One question put to a calculator, and all that is known of its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.data.language.expressions import MOST_DIGITS
from core.numeric.language.codec import END
from core.numeric.language.seq2seq import Edit, Seq2Seq, Written

LONGEST = 2 * MOST_DIGITS + 1  # steps of an answer: a product's digits and the end


@dataclass(frozen=True)
class Asked:
    """A question and its answer.

    question: "12+345". answer: as the network wrote it, "" if it wrote nothing. truth: the result.
    in_range: whether numbers of such lengths are what it has learned. written: of this one
    question, in the order of writing. digit_probabilities: of each character of the answer, in the
    order in which it is read, what the network gave it.
    """

    question: str
    answer: str
    truth: int
    in_range: bool
    written: Written
    digit_probabilities: tuple[float, ...]

    @property
    def correct(self) -> bool:
        """Whether the answer is the result, to the letter."""
        return self.answer == str(self.truth)


def ask(
    model: Seq2Seq,
    learned: Mapping[str, int],
    first: int,
    operation: str,
    second: int,
    edit: Edit | None = None,
) -> Asked:
    """Have a network answer. learned: operation -> digits of an operand that it has learned."""
    question = f"{first}{operation}{second}"
    written = model.write(model.questions([question]), LONGEST, edit)
    answer = model.codec.text(written.ids[0])
    chosen = written.chosen()[0][written.ids[0] > END]  # what is PAD or START is no character
    results = {"+": first + second, "-": first - second, "*": first * second}
    longest = max(len(str(first)), len(str(second)))
    return Asked(
        question,
        answer,
        results[operation],
        longest <= learned.get(operation, 0),
        written,
        tuple(float(p) for p in (chosen[::-1] if model.codec.reverse_answers else chosen)),
    )
