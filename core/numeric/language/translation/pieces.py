"""Words in pieces: what is frequent is one symbol, what is rare is spelled.

Source: Sennrich et al. (2016), arXiv:1508.07909: byte-pair encoding, here of characters.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush

START_MARK = "▁"  # in a piece's place for the space before a word
UNKNOWN = "�"  # any character that was too rare
_RARE = 10  # times that a character has to come


def learn_pieces(tokens: Iterable[str], size: int) -> list[str]:
    """UNKNOWN, the characters, then what joins the most frequent neighbours, as they are joined.

    tokens: words and marks, with the space before them. size: of the list, if there is so much to
    join. Of equally frequent pairs the first in the alphabet comes first.

    >>> learn_pieces([" aab"] * 10, 7)
    ['�', 'a', 'b', '▁', 'aa', 'aab', '▁aab']
    """
    counts = Counter(token.replace(" ", START_MARK) for token in tokens)
    characters: Counter[str] = Counter()
    for token, count in counts.items():
        for character in token:
            characters[character] += count
    alphabet = sorted(c for c, count in characters.items() if count >= _RARE)
    pieces = [UNKNOWN, *alphabet]
    known = set(alphabet)
    words = [[c if c in known else UNKNOWN for c in token] for token in counts]
    weights = list(counts.values())
    pairs: Counter[tuple[str, str]] = Counter()
    where: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for i, word in enumerate(words):
        for pair in itertools.pairwise(word):
            pairs[pair] += weights[i]
            where[pair].add(i)
    heap = [(-count, pair) for pair, count in pairs.items()]
    heapify(heap)
    while len(pieces) < size and heap:
        count, best = heappop(heap)
        if -count != pairs[best]:  # it has changed since, and stands there again
            continue
        if -count < 2:
            break
        changed = set()
        for i in where.pop(best):
            word, joined = words[i], join(words[i], best)
            for old in itertools.pairwise(word):
                pairs[old] -= weights[i]
                changed.add(old)
            for new in itertools.pairwise(joined):
                pairs[new] += weights[i]
                where[new].add(i)
                changed.add(new)
            words[i] = joined
        for pair in changed - {best}:
            heappush(heap, (-pairs[pair], pair))
        pairs[best] = 0
        pieces.append("".join(best))
    return list(dict.fromkeys(pieces))


def join(word: Sequence[str], pair: tuple[str, str]) -> list[str]:
    """A word's pieces, ``pair`` joined wherever it stands."""
    joined: list[str] = []
    for piece in word:
        if joined and (joined[-1], piece) == pair:
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def split(token: str, ranks: dict[str, int]) -> list[str]:
    """A token's pieces: of what can be joined, always what was joined first.

    ranks: the places of the pieces in their list.
    """
    word = [c if c in ranks else UNKNOWN for c in token.replace(" ", START_MARK)]
    while len(word) > 1:
        pairs = list(itertools.pairwise(word))
        best = min(pairs, key=lambda pair: ranks.get("".join(pair), len(ranks)))
        if "".join(best) not in ranks:
            break
        word = join(word, best)
    return word
