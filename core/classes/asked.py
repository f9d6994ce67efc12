"""A question of a class with its answers, as it is taken away."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """A question in the reader's words, plain text, and how many gave each answer.

    ran: how many runs of the class bore each answer out; empty where no run can tell.
    """

    text: str
    answers: Sequence[tuple[str, int]]
    ran: Sequence[tuple[str, int]] = ()
