"""The words, or runs of words, that a network has a vector for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

UNKNOWN = 1  # 0 is no word
_FIRST = 2  # the number of the most frequent one


class WordList:
    """Words by number, the most frequent first; 0 is none, 1 is one that is not known.

    names: of a run of words, the words with a space between. longest: words of a run.
    """

    def __init__(self, names: Sequence[str], longest: int = 1):
        self.names = tuple(names)
        self.longest = longest
        self._numbers = {name: i for i, name in enumerate(self.names, _FIRST)}

    def __len__(self) -> int:
        return len(self.names) + _FIRST

    @classmethod
    def of(
        cls, texts: Iterable[Sequence[str]], least: int, most: int, longest: int = 1
    ) -> WordList:
        """The runs of up to ``longest`` words that come in ``least`` texts, at most ``most``."""
        counts = Counter(run for text in texts for run in set(runs(text, longest)))
        known = [(count, run) for run, count in counts.items() if count >= least]
        known.sort(key=lambda each: (-each[0], each[1]))
        return cls([run for _, run in known[:most]], longest)

    def numbers(self, text: Sequence[str]) -> np.ndarray:
        """The numbers of a text, int32 (n,): of its words in order; of runs, of those known."""
        if self.longest == 1:
            return np.array([self._numbers.get(word, UNKNOWN) for word in text], np.int32)
        known = [self._numbers[run] for run in runs(text, self.longest) if run in self._numbers]
        return np.array(list(dict.fromkeys(known)) or [UNKNOWN], np.int32)

    def commonest(self, count: int) -> tuple[str, ...]:
        """So many words that come in most texts, runs left out."""
        return tuple(name for name in self.names if " " not in name)[:count]

    def number(self, name: str) -> int:
        """The number of a word or run, UNKNOWN if it has none."""
        return self._numbers.get(name, UNKNOWN)


def runs(text: Sequence[str], longest: int) -> list[str]:
    """Every run of 1 to ``longest`` words.

    >>> runs(["not", "so", "bad"], 2)
    ['not', 'so', 'bad', 'not so', 'so bad']
    """
    return [
        " ".join(text[at : at + length])
        for length in range(1, longest + 1)
        for at in range(len(text) - length + 1)
    ]
