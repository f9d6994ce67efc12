"""The n-grams of a text as numbers: runs of words and runs of letters, hashed into buckets.

A hash needs no list of what there is: what was never counted has a number, too, and now and then
two n-grams share one. Source: Weinberger et al. (2009), arXiv:0902.2206.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from core.numeric.language.hashing import BASE, mixed, word_hash

PADDING = 0  # the number that no n-gram has
WORDS_SHARE = 4  # of so many parts of the buckets one is the words', if letters are read, too
_AT_ONCE = 400  # texts
_OF_WORDS = np.uint64(0x9E3779B97F4A7C15)  # so that a word of one letter is not that letter


def ngrams(
    tokens: Sequence[str],
    buckets: int,
    words: tuple[int, int] = (1, 2),
    letters: tuple[int, int] | None = None,
) -> np.ndarray:
    """The different n-grams of a text, int32 (n,), each from 1 to ``buckets - 1``, in order.

    words: from how many words that stand together to how many; letters: the same of letters, the
    spaces between words included; None for none of these. Words and letters share no bucket.
    """
    return ngrams_of([tokens], buckets, words, letters)[0]


def ngrams_of(
    texts: Sequence[Sequence[str]],
    buckets: int,
    words: tuple[int, int] = (1, 2),
    letters: tuple[int, int] | None = None,
) -> list[np.ndarray]:
    """The numbers of ``ngrams`` of each text."""
    rows = []
    for at in range(0, len(texts), _AT_ONCE):
        some = texts[at : at + _AT_ONCE]
        keys = [np.zeros(0, np.int64)]  # of a text and a number, so that all are sorted at once
        for _, _, places, numbers in _numbers(some, buckets, words, letters):
            keys.append(places * buckets + numbers)
        ordered = np.sort(np.concatenate(keys))
        different = ordered[np.diff(ordered, prepend=-1) > 0]  # np.unique is slower
        ends = np.searchsorted(different, np.arange(1, len(some)) * buckets)
        rows += np.split((different % buckets).astype(np.int32), ends)
    return rows


def ngram_shares(
    tokens: Sequence[str],
    buckets: int,
    words: tuple[int, int] = (1, 2),
    letters: tuple[int, int] | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of ``ngrams``, int32 (n,), and which words they are made of, (n, tokens).

    A row sums to 1: each word that an n-gram touches has the share of its letters or words in it.
    """
    of_letter = np.repeat(np.arange(len(tokens)), [len(token) + 1 for token in tokens])
    of_letter = np.concatenate([[0], of_letter]).astype(int)  # the space before the first word
    numbers = ngrams(tokens, buckets, words, letters)
    shares = np.zeros((len(numbers), len(tokens)))
    for is_words, length, _, runs in _numbers([tokens], buckets, words, letters):
        rows = np.searchsorted(numbers, runs)
        for offset in range(length):
            places = np.arange(len(runs)) + offset
            np.add.at(shares, (rows, places if is_words else of_letter[places]), 1.0)
    return numbers, shares / np.maximum(shares.sum(1, keepdims=True), 1)


def first_of_letters(buckets: int, words: tuple[int, int], letters: tuple[int, int] | None) -> int:
    """Where the numbers of runs of letters begin; those of words are before it."""
    if not letters or letters[0] > letters[1]:
        return buckets
    return max(2, buckets // WORDS_SHARE) if words[0] <= words[1] else 1


def padded(rows: Sequence[np.ndarray], longest: int) -> np.ndarray:
    """Rows of numbers as one array, int32 (n, longest): shorter ones end in PADDING."""
    out = np.full((len(rows), longest), PADDING, np.int32)
    for line, row in zip(out, rows, strict=True):
        line[: len(row)] = row[:longest]
    return out


def _numbers(
    texts: Sequence[Sequence[str]],
    buckets: int,
    words: tuple[int, int],
    letters: tuple[int, int] | None,
) -> Iterator[tuple[bool, int, np.ndarray, np.ndarray]]:
    """Whether runs are of words, how long they are; of which text each is, and its number, (n,)."""
    first = first_of_letters(buckets, words, letters)
    known = {word: word_hash(word) for word in {word for text in texts for word in text}}
    hashes = np.array([known[word] for text in texts for word in text], np.uint64)
    kinds = [(True, hashes, list(map(len, texts)), words, _OF_WORDS, 1, first)]
    if letters:
        lines = [" ".join(["", *text, ""]) if text else "" for text in texts]
        codes = _code_points("".join(lines))
        kinds.append((False, codes, list(map(len, lines)), letters, np.uint64(0), first, buckets))
    for is_words, codes, counts, lengths, start, begin, end in kinds:
        of = np.repeat(np.arange(len(texts)), counts)
        for length, hashed in _runs(codes, lengths, start):
            whole = of[: len(hashed)] == of[length - 1 :]  # not from one text into the next
            numbers = (hashed[whole] % np.uint64(end - begin)).astype(np.int32) + begin
            yield is_words, length, of[: len(hashed)][whole], numbers


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
