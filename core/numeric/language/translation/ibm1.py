"""IBM's model 1: which word translates which, learned by counting alone.

Each word of a translation comes from one word of the sentence, or from none; which one is unknown
and so is the dictionary. In turn the links are guessed by the dictionary, and the dictionary is
counted from the guessed links: expectation and maximisation.

Source: Brown et al. (1993), The Mathematics of Statistical Machine Translation, section 4.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

NONE = ""  # what a word comes from that has no word of the sentence to come from
Sentences = Sequence[Sequence[str]]
Likeliest = Mapping[str, Sequence[tuple[str, float]]]  # of words: their translations


class Dictionary(NamedTuple):
    """The probabilities t(target | source), of the pairs of words that stand in a pair of lines.

    sources, targets: the words, NONE the first source if there is one. source, target: int
    (entries,), the numbers of each entry's words; probability: (entries,), which sum to 1 for each
    source.
    """

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    source: np.ndarray
    target: np.ndarray
    probability: np.ndarray

    def table(self) -> np.ndarray:
        """The probabilities as a table, (sources, targets), zeros for pairs that never met."""
        table = np.zeros((len(self.sources), len(self.targets)))
        table[self.source, self.target] = self.probability
        return table

    def likeliest(self, most: int = 1, least: float = 0.0) -> dict[str, list[tuple[str, float]]]:
        """Of each source its likeliest targets with their probabilities, the best first."""
        order = np.lexsort((self.target, -self.probability, self.source))
        found: dict[str, list[tuple[str, float]]] = {}
        rows = zip(self.source[order], self.target[order], self.probability[order], strict=True)
        for source, target, probability in rows:
            known = found.setdefault(self.sources[source], [])
            if len(known) < most and probability >= least:
                known.append((self.targets[target], float(probability)))
        return found


class Links:
    """All pairs of words that may translate each other, and what is counted over them."""

    def __init__(self, sources: Sentences, targets: Sentences, none: bool = True):
        """sources, targets: the words of sentences and of their translations.

        none: whether a word may come from none.
        """
        names: tuple[dict[str, int], dict[str, int]] = ({NONE: 0} if none else {}, {})
        pairs, groups, written = [], [], 0
        for source, target in zip(sources, targets, strict=True):
            read = [0] * none + [names[0].setdefault(word, len(names[0])) for word in source]
            told = [names[1].setdefault(word, len(names[1])) for word in target]
            pairs.append(np.stack([np.tile(read, len(told)), np.repeat(told, len(read))]))
            groups.append(np.repeat(np.arange(written, written + len(told)), len(read)))
            written += len(told)
        source, target = np.concatenate(pairs, 1) if pairs else np.zeros((2, 0), int)
        keys, self._entry = np.unique(source * len(names[1]) + target, return_inverse=True)
        self._group = np.concatenate(groups) if groups else np.zeros(0, int)
        self._source = keys // max(1, len(names[1]))
        self._names = [tuple(words) for words in names]
        self._target = keys % max(1, len(names[1]))

    def uniform(self) -> Dictionary:
        """The dictionary before anything is known: every target is as likely as any other."""
        return self._dictionary(np.full(len(self._source), 1 / len(self._names[1])))

    def improved(self, dictionary: Dictionary) -> Dictionary:
        """One round: each word's links by the dictionary, and the dictionary by these links."""
        likely = dictionary.probability[self._entry]
        share = likely / np.bincount(self._group, likely)[self._group]
        counts = np.bincount(self._entry, share, len(self._source))
        return self._dictionary(counts / np.bincount(self._source, counts)[self._source])

    def _dictionary(self, probability: np.ndarray) -> Dictionary:
        sources, targets = self._names
        return Dictionary(sources, targets, self._source, self._target, probability)


def learn(
    sources: Sentences,
    targets: Sentences,
    rounds: int = 5,
    between: Callable[[], None] = lambda: None,
) -> Dictionary:
    """The dictionary after some rounds. between: called after each."""
    links = Links(sources, targets)
    dictionary = links.uniform()
    for _round in range(rounds):
        between()
        dictionary = links.improved(dictionary)
    return dictionary


def word_for_word(words: Sequence[str], best: Likeliest) -> list[str]:
    """Each word's likeliest translation; a word that is not in the dictionary stays."""
    return [best[word][0][0] if best.get(word) else word for word in words]
