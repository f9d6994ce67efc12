"""The tree of prefixes that a beam search writes."""

from typing import NamedTuple

import numpy as np


class Prefix(NamedTuple):
    """What a beam search has written until a step.

    parent: the number of the prefix that it goes on from, -1 for none. id: its last. steps: how
    many ids it has. log_probability: of all of them, in nats.
    """

    parent: int
    id: int
    steps: int
    log_probability: float


class Search(NamedTuple):
    """What a beam search has kept.

    prefixes: all of them, those of a step behind those of the step before. best: the numbers of
    those that ended, or that were not done at the last step, the best first.
    """

    prefixes: list[Prefix]
    best: list[int]

    def ids(self, number: int) -> list[int]:
        """The ids of a prefix from the first on."""
        path = self.path(number)
        return [self.prefixes[at].id for at in path]

    def path(self, number: int) -> list[int]:
        """The numbers of the prefixes that lead to one, itself the last."""
        path: list[int] = []
        while number >= 0:
            path.append(number)
            number = self.prefixes[number].parent
        return path[::-1]


def greatest(scores: np.ndarray, most: int) -> np.ndarray:
    """The places of the greatest scores, the greatest first; of equals the first."""
    if most < len(scores):
        places = np.sort(np.argpartition(-scores, most - 1)[:most])
    else:
        places = np.arange(len(scores))
    return places[np.argsort(-scores[places], kind="stable")]
