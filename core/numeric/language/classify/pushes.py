"""A text read word by word, and which of its words pushed the answer where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from core.numeric.language.classify.counted import Counted
from core.numeric.language.classify.network import (
    TEMPERATURE,
    TextNetwork,
    probabilities,
)
from core.numeric.language.classify.ngrams import PADDING, ngram_shares

_STEP = 1e-3  # of the central difference, in lengths of the vector

Weights = Mapping[str, np.ndarray]


def word_by_word(network: TextNetwork, weights: Weights, text: Sequence[str]) -> np.ndarray:
    """The probability of each class after 0, 1, 2, ... words: (words + 1, classes)."""
    return probabilities(network, weights, [text[:end] for end in range(len(text) + 1)])


def without_each(
    network: TextNetwork, weights: Weights, text: Sequence[str], towards: int
) -> np.ndarray:
    """How much the probability of class ``towards`` falls where a word is left out: (words,).

    Positive: the word speaks for the class. Source: Li, Monroe & Jurafsky (2016),
    arXiv:1612.08220.
    """
    shorter = [[*text[:at], *text[at + 1 :]] for at in range(len(text))]
    shares = probabilities(network, weights, [text, *shorter])[:, towards]
    return shares[0] - shares[1:]


def gradient_times_input(
    network: TextNetwork, weights: Weights, text: Sequence[str], towards: int
) -> np.ndarray:
    """The gradient of a class's logit, less the classes' mean, times each word's input: (words,).

    A word's input is its vector; of what is counted and of runs of words, a word has the share of
    those that it stands in. The gradient with respect to how much of a word there is, by central
    differences: what is linear is exact. Source: Simonyan et al. (2013), arXiv:1312.6034.
    """
    numbers = network.inputs([text])[0]
    wide = {n: np.asarray(w, float) for n, w in weights.items() if not n.startswith("counts")}
    vectors = wide["words.embeddings"][numbers]
    places = vectors.shape[1]
    scaled = np.concatenate([vectors * (1 + sign * _STEP * _at(places)) for sign in (1, -1)])
    real = np.repeat(numbers > 0, len(scaled), 0)
    logits = network.from_vectors(wide, scaled, real)
    slopes = (logits[:places] - logits[places:]) / (2 * _STEP)
    slopes = slopes[:, towards] - slopes.mean(1)
    pushes = _to_words(network, text, numbers[0], slopes)
    if network.counted:
        pushes += _counted_pushes(network.counted, weights["counts.embeddings"], text, towards)
    return pushes


def by_direction(
    network: TextNetwork, weights: Weights, text: Sequence[str], towards: int
) -> dict[str, np.ndarray]:
    """What each direction's state says for a class after each word, less the classes' mean.

    The share of the logits that comes of the state of "forward" after the words up to it, and of
    that of "backward" after the words from the end to it: name -> (words,).
    """
    numbers = network.inputs([text])[0]
    vectors = weights["words.embeddings"][numbers]
    scores = {}
    for way, states in network.states(weights, vectors, numbers > 0).items():
        at = network.directions.index(way) * network.units
        kernel = weights["dense.kernel"][at : at + network.units]
        logits = states[0, : len(text)] @ kernel
        scores[way] = logits[:, towards] - logits.mean(1)
    return scores


def _at(places: int) -> np.ndarray:
    """A row for each place, 1 there: (places, places, 1)."""
    return np.eye(places)[..., None]


def _to_words(
    network: TextNetwork, text: Sequence[str], numbers: np.ndarray, slopes: np.ndarray
) -> np.ndarray:
    """What belongs to runs of words, shared among the words that they are made of."""
    pushes = np.zeros(len(text))
    longest = network.vocabulary.longest
    if longest == 1:
        pushes[: len(slopes)] = slopes[: len(text)]
        return pushes
    of_number = dict(zip(numbers.tolist(), slopes.tolist(), strict=True))
    for length in range(1, longest + 1):
        at_run = [
            (at, network.vocabulary.number(" ".join(text[at : at + length])))
            for at in range(len(text) - length + 1)
        ]
        times = {n: sum(number == n for _, number in at_run) for _, n in at_run}
        for at, number in at_run:
            share = of_number.get(number, 0.0) / (length * times[number])
            pushes[at : at + length] += share
    return pushes


def _counted_pushes(
    counted: Counted, rows: np.ndarray, text: Sequence[str], towards: int
) -> np.ndarray:
    """What each word brings to the part that counts, a sum over n-grams: (words,)."""
    numbers, shares = ngram_shares(text, counted.runs)
    places = counted.places(numbers)
    slopes = TEMPERATURE * rows[places].astype(float) * (places > PADDING)[:, None]
    return (slopes[:, towards] - slopes.mean(1)) @ shares
