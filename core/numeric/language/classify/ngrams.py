"""The n-grams of a text as numbers: runs of words and runs of letters, hashed.

A hash needs no list of what there is: what was never counted has a number, too. Of a billion
numbers, two n-grams hardly ever share one. Source: Weinberger et al. (2009), arXiv:0902.2206.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from core.numeric.language.classify.negation import negated
from core.numeric.language.hashing import BASE, mixed, word_hash

PADDING = 0  # the number that no n-gram has
NUMBERS = 2**30
NO_RUNS = (1, 0)
WORDS_SHARE = 4  # of so many parts of the numbers one is the words', if letters are read, too
_AT_ONCE = 400  # texts
_OF_WORDS = np.uint64(0x9E3779B97F4A7C15)  # so that a word of one letter is not that letter
_OF_MASKED = np.uint64(0xD1B54A32D192ED03)
_BLANK = word_hash(" ")


@dataclass(frozen=True)
class Runs:
    """Which n-grams are read: runs of words that stand together, and runs of letters.

    words, letters: from how many to how many, the spaces between words included; NO_RUNS for none.
    negation: whether a word after a negation is another word, as ``negated`` says. masked: the same
    as words, of texts in which every word but the ``common`` ones is a blank: of how sentences are
    built, whatever they are about. Source: Stamatatos (2017), EACL, "Authorship attribution using
    text distortion".
    """

    words: tuple[int, int] = (1, 2)
    letters: tuple[int, int] = NO_RUNS
    negation: bool = False
    masked: tuple[int, int] = NO_RUNS
    common: tuple[str, ...] = ()

    def first_of_letters(self, numbers: int = NUMBERS) -> int:
        """Where the numbers of runs of letters begin; those of words are before it."""
        if self.letters == NO_RUNS:
            return numbers
        has_words = self.words != NO_RUNS or self.masked != NO_RUNS
        return max(2, numbers // WORDS_SHARE) if has_words else 1


def ngrams(tokens: Sequence[str], runs: Runs, numbers: int = NUMBERS) -> np.ndarray:
    """The different n-grams of a text, int32 (n,), each from 1 to ``numbers - 1``, in order.

    Words and letters share no number.
    """
    return ngrams_of([tokens], runs, numbers)[0]


def ngrams_of(
    texts: Sequence[Sequence[str]], runs: Runs, numbers: int = NUMBERS
) -> list[np.ndarray]:
    """The n-grams of each text, as of ``ngrams``."""
    rows = []
    for at in range(0, len(texts), _AT_ONCE):
        some = texts[at : at + _AT_ONCE]
        keys = [np.zeros(0, np.int64)]  # of a text and a number, so that all are sorted at once
        for _, _, places, hashed in _hashed(some, runs, numbers):
            keys.append(places * numbers + hashed)
        ordered = np.sort(np.concatenate(keys))
        different = ordered[np.diff(ordered, prepend=-1) > 0]  # np.unique is slower
        ends = np.searchsorted(different, np.arange(1, len(some)) * numbers)
        rows += np.split((different % numbers).astype(np.int32), ends)
    return rows


def ngram_shares(tokens: Sequence[str], runs: Runs) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of ``ngrams``, int32 (n,), and which words they are made of, (n, tokens).

    A row sums to 1: each word that an n-gram touches has the share of its letters or words in it.
    """
    of_letter = np.repeat(np.arange(len(tokens)), [len(token) + 1 for token in tokens])
    of_letter = np.concatenate([[0], of_letter]).astype(int)  # the space before the first word
    known = ngrams(tokens, runs)
    shares = np.zeros((len(known), len(tokens)))
    for is_words, length, _, hashed in _hashed([tokens], runs, NUMBERS):
        rows = np.searchsorted(known, hashed)
        for offset in range(length):
            places = np.arange(len(hashed)) + offset
            np.add.at(shares, (rows, places if is_words else of_letter[places]), 1.0)
    return known, shares / np.maximum(shares.sum(1, keepdims=True), 1)


def padded(rows: Sequence[np.ndarray], longest: int) -> np.ndarray:
    """Rows of numbers as one array, int32 (n, longest): shorter ones end in PADDING."""
    out = np.full((len(rows), longest), PADDING, np.int32)
    for line, row in zip(out, rows, strict=True):
        line[: len(row)] = row[:longest]
    return out


def _hashed(
    texts: Sequence[Sequence[str]], runs: Runs, numbers: int
) -> Iterator[tuple[bool, int, np.ndarray, np.ndarray]]:
    """Whether runs are of words, how long they are; of which text each is, and its number, (n,)."""
    first = runs.first_of_letters(numbers)
    read = [word for text in texts for word in (negated(text) if runs.negation else text)]
    known = {word: word_hash(word) for word in set(read)}
    hashes = np.array([known[word] for word in read], np.uint64)
    common = set(runs.common)
    masked = np.array([known[word] if word in common else _BLANK for word in read], np.uint64)
    counts = list(map(len, texts))
    kinds = [
        (True, hashes, counts, runs.words, _OF_WORDS, 1, first),
        (True, masked, counts, runs.masked, _OF_MASKED, 1, first),
    ]
    if first < numbers:
        lines = [" ".join(["", *text, ""]) if text else "" for text in texts]
        codes = _code_points("".join(lines))
        kinds.append(
            (False, codes, list(map(len, lines)), runs.letters, np.uint64(0), first, numbers)
        )
    for is_words, codes, counts, lengths, start, begin, end in kinds:
        of = np.repeat(np.arange(len(texts)), counts)
        for length, hashed in _runs(codes, lengths, start):
            whole = of[: len(hashed)] == of[length - 1 :]  # not from one text into the next
            places = (hashed[whole] % np.uint64(end - begin)).astype(np.int32) + begin
            yield is_words, length, of[: len(hashed)][whole], places


def _runs(
    codes: np.ndarray, lengths: tuple[int, int], start: np.uint64
) -> Iterator[tuple[int, np.ndarray]]:
    """The hash of every run of so many codes, uint64 (n,), by how many."""
    least, most = lengths
    hashes = np.full(len(codes), start, np.uint64)
    for length in range(1, min(most, len(codes)) + 1):
        with np.errstate(over="ignore"):  # the products are meant modulo 2 to the 64
            hashes = hashes[: len(codes) - length + 1] * BASE + codes[length - 1 :]
            spread = mixed(hashes + np.uint64(length))
        if length >= least:
            yield length, spread


def _code_points(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64)
