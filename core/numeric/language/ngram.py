"""A character n-gram model: what counting alone achieves, to hold the networks against.

Interpolated Kneser-Ney with three discounts, among the best of the classic smoothings: the
longest context counts occurrences, the shorter ones count in how many different contexts a
character was seen. Source: Chen & Goodman (1999), "An empirical study of smoothing techniques for
language modeling", section 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from core.messages import N_, Problem
from core.numeric.language.language_model import START, UNKNOWN_BITS
from core.numeric.language.sampling import filtered, sample

MAX_ORDER = 7


class _Shares(NamedTuple):
    """p(character | context) = the n-gram's share (0 if unseen) + the context's rest * p below."""

    share: np.ndarray  # (n-grams,)
    rest: np.ndarray  # (contexts,)


class _Level(NamedTuple):
    """The n-grams of one length. Each is known by its rank here: a context of the next length."""

    keys: np.ndarray  # sorted: rank of the context * characters + last character
    longest: _Shares  # where this is the model's order: from occurrences
    shorter: _Shares  # below it: from distinct characters before; empty at the top level


@dataclass(frozen=True, eq=False)
class NGram:
    """Models of all orders from 1 to ``order``, fitted at once.

    characters: those of the training text, sorted.
    """

    characters: str
    levels: tuple[_Level, ...]

    @property
    def order(self) -> int:
        """The longest n-gram's length."""
        return len(self.levels)

    @classmethod
    def fit(cls, text: str, order: int = MAX_ORDER) -> NGram:
        """The model of ``text``.

        Raises Problem if the order is not 1 to 7 or the text has fewer characters than that.
        """
        if not 1 <= order <= MAX_ORDER:
            raise Problem(
                N_("The order must be from 1 to {most}, not {given}."), most=MAX_ORDER, given=order
            )
        if len(text) < order:
            raise Problem(
                N_("A text for n-grams of order {order} must have {order} characters or more."),
                order=order,
            )
        characters = "".join(sorted(set(text)))
        ids = _encode(text, characters)
        context, contexts = np.zeros(len(ids), np.int64), 1
        longest: list[tuple[np.ndarray, _Shares]] = []
        shorter: list[_Shares] = []
        rank = np.zeros(0, np.int64)
        for length in range(1, order + 1):
            at = np.flatnonzero(context >= 0)
            keys, first, inverse, counts = np.unique(
                context[at] * len(characters) + ids[at],
                return_index=True,
                return_inverse=True,
                return_counts=True,
            )
            of = keys // len(characters)
            if length > 1:  # each n-gram extends, by a character before it, the one it ends with
                below, shares = longest[-1]
                extensions = np.bincount(rank[at[first]], minlength=len(below))
                shorter.append(_shares(below // len(characters), extensions, len(shares.rest)))
            longest.append((keys, _shares(of, counts, contexts)))
            rank = np.full(len(ids), -1)
            rank[at] = inverse
            context, contexts = np.concatenate([[-1], rank[:-1]]), len(keys)
        shorter.append(_Shares(np.zeros(0), np.zeros(0)))
        levels = (_Level(*level, low) for level, low in zip(longest, shorter, strict=True))
        return cls(characters, tuple(levels))

    def bits_per_char_by_order(self, text: str) -> list[float]:
        """Mean bits a character of ``text``, for order 1, 2, ... 20 bits for one never seen.

        Raises Problem if the text is empty.
        """
        if not text:
            raise Problem(N_("The text is empty."))
        ids = _encode(text, self.characters)
        context = np.zeros(len(ids), np.int64)
        below = np.full(len(ids), 1 / len(self.characters))
        results = []
        for level in self.levels:
            rank = self._rank(level, context, ids)
            chosen = _mixed(level.longest, context, rank, below)
            bits = np.where(ids >= 0, -np.log2(chosen), UNKNOWN_BITS)
            results.append(float(bits.mean()))
            if len(results) < self.order:
                below = _mixed(level.shorter, context, rank, below)
                context = np.concatenate([[-1], rank[:-1]])
        return results

    def probabilities(self, context: str, order: int | None = None) -> np.ndarray:
        """Of each of ``characters`` after ``context``, float64 (characters,), summing to 1.

        order: that of the model, or less.
        """
        return self._probabilities(self._contexts(context), order or self.order)

    def generate(
        self,
        prompt: str = "",
        length: int = 600,
        temperature: float = 1.0,
        top_k: int = 0,
        top_p: float = 1.0,
        seed: int = 0,
        order: int | None = None,
    ) -> str:
        """``length`` characters after ``prompt``, before which a line begins.

        temperature, top_k, top_p: as in ``sampling.filtered``. order: that of the model, or less.
        """
        rng = np.random.default_rng(seed)
        contexts = self._contexts(START + prompt)
        written = []
        for _ in range(length):
            logits = np.log(self._probabilities(contexts, order or self.order))
            written.append(sample(filtered(logits, temperature, top_k, top_p), rng))
            contexts = self._after(contexts, written[-1])
        return "".join(self.characters[i] for i in written)

    def _probabilities(self, contexts: list[int], order: int) -> np.ndarray:
        size = len(self.characters)
        probabilities = np.full(size, 1 / size)
        for i in range(order):
            context, level = contexts[i], self.levels[i]
            if context < 0:  # never seen, so neither is a longer one
                break
            share, rest = level.longest if i == order - 1 else level.shorter
            low, high = np.searchsorted(level.keys, (context * size, (context + 1) * size))
            probabilities *= rest[context]
            probabilities[level.keys[low:high] - context * size] += share[low:high]
        return probabilities

    def _contexts(self, text: str) -> list[int]:
        """The ranks of the last 0, 1, ... characters of ``text``; -1 if never seen."""
        contexts = [0] + [-1] * (self.order - 1)
        for i in _encode(text[-self.order :], self.characters):
            contexts = self._after(contexts, int(i))
        return contexts

    def _after(self, contexts: list[int], character: int) -> list[int]:
        return [0] + [
            int(self._rank(level, np.array(context), np.array(character)))
            for context, level in zip(contexts, self.levels[:-1], strict=False)
        ]

    def _rank(self, level: _Level, context: np.ndarray, ids: np.ndarray) -> np.ndarray:
        """Of the n-grams of ``ids`` after ``context``, the same shape; -1 if never seen."""
        keys = context * len(self.characters) + ids
        rank = np.minimum(np.searchsorted(level.keys, keys), len(level.keys) - 1)
        seen = (level.keys[rank] == keys) & (context >= 0) & (ids >= 0)
        return np.where(seen, rank, -1)


def _encode(text: str, characters: str) -> np.ndarray:
    index = {char: i for i, char in enumerate(characters)}
    return np.fromiter((index.get(char, -1) for char in text), np.int64, len(text))


def _mixed(shares: _Shares, context: np.ndarray, rank: np.ndarray, below: np.ndarray) -> np.ndarray:
    """The probabilities of n-grams of these ranks in their contexts, by those of one order less."""
    share = np.where(rank >= 0, shares.share[rank], 0.0)
    return np.where(context >= 0, share + shares.rest[context] * below, below)


def _shares(context: np.ndarray, counts: np.ndarray, contexts: int) -> _Shares:
    """Discounted shares of n-grams in their contexts; context, counts: (n-grams,)."""
    discount = _discounts(counts)[np.minimum(counts, 3)]
    total = np.bincount(context, counts, contexts)
    taken = np.bincount(context, discount, contexts)
    rest = np.divide(taken, total, out=np.ones(contexts), where=total > 0)
    share = (counts - discount) / np.maximum(total[context], 1)  # 0 / 1 where nothing was counted
    return _Shares(share.astype(np.float32), rest.astype(np.float32))


def _discounts(counts: np.ndarray) -> np.ndarray:
    """What is taken from counts of 0, 1, 2 and more; one half where they are too few to tell."""
    n1, n2, n3, n4 = (float((counts == i).sum()) for i in (1, 2, 3, 4))
    if not (n1 and n2 and n3 and n4):
        return np.array([0, 0.5, 0.5, 0.5])
    y = n1 / (n1 + 2 * n2)
    best = np.array([0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3])
    return np.clip(best, [0, 0.1, 0.1, 0.1], [0, 1, 2, 3])
