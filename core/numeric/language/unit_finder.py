"""Which hidden unit follows which property of a text, and how well. After Karpathy et al. (2015).

A unit and its threshold are chosen on the first half of a text and scored on the second, so that
the best of hundreds of units does not win by chance.
"""

import re
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np

from core.messages import N_
from core.numeric.language.language_model import START, LanguageModel
from core.numeric.threads import one_blas_thread

MIN_EXAMPLES = 10  # of both kinds, in each half: fewer say nothing
_VOWELS = "aeiouyàâäéèêëîïôöùûüœæAEIOUYÀÂÄÉÈÊËÎÏÔÖÙÛÜŒÆ"


@dataclass(frozen=True)
class Finding:
    """The unit that best tells a property.

    property: a key of PROPERTIES. unit: its index. above: the property holds where the activation
    is above ``threshold``, else where it is below. balanced_accuracy: the mean of the shares of
    positions with and without the property that are told rightly, on the second half; 0.5 is
    chance. share: of the second half's positions that have the property.
    """

    property: str
    unit: int
    above: bool
    threshold: float
    balanced_accuracy: float
    share: float


# Property -> what people read, and what matches the characters that have it.
PROPERTIES = {
    "in_quotes": (N_("inside quotation marks « »"), r"«[^«»]*"),
    "line_end": (N_("the line is about to end"), r"(?s:.)(?=\n)"),
    "line_start": (N_("the first 20 characters of a line"), r"^[^\n]{1,20}"),
    "word_end": (N_("the word is about to end"), r"[^\W\d_](?![^\W\d_])"),
    "in_name": (N_("inside a word with a capital"), r"\b[A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒÆ]\w*"),
    "vowel_next": (N_("a vowel comes next"), rf"(?s:.)(?=[{_VOWELS}])"),
}


def find_units(text: str, activations: np.ndarray) -> list[Finding]:
    """The best unit for each property that the text shows often enough, the best told first.

    activations: float (time, units), after each character of ``text``.
    Raises ValueError if there are not as many as characters.
    """
    if len(activations) != len(text):
        raise ValueError(f"{len(activations)} activations for {len(text)} characters")
    half = len(text) // 2
    order = np.argsort(activations[:half], axis=0, kind="stable")
    ordered = np.take_along_axis(activations[:half], order, axis=0)
    findings = []
    for name, (_, pattern) in PROPERTIES.items():
        labels = inside_matches(pattern, text)
        halves = (labels[:half], labels[half:])
        if min(min(part.sum(), (~part).sum()) for part in halves) < MIN_EXAMPLES:
            continue
        unit, above, threshold = _best_unit(labels[:half][order], ordered)
        predictions = (activations[half:, unit] > threshold) == above
        score = balanced_accuracy(predictions, labels[half:])
        share = float(labels[half:].mean())
        findings.append(Finding(name, unit, above, threshold, score, share))
    return sorted(findings, key=lambda finding: -finding.balanced_accuracy)


def activations_by_line(model: LanguageModel, text: str, rows: int = 16) -> np.ndarray:
    """The last layer's hidden state after each character of ``text``, float32 (time, units).

    The text is cut between lines into at most ``rows`` pieces of about the same length; each is
    read from the state in which a text begins, so that all are read as fast as one alone.
    """
    pieces = _pieces(text, rows)
    ids = np.zeros((len(pieces), max(map(len, pieces))), np.intp)
    for row, piece in zip(ids, pieces, strict=True):
        row[: len(piece)] = model.encode(piece)
    hidden = np.empty((*ids.shape, model.units()), np.float32)
    start = np.full(len(pieces), model.encode(START)[0])
    with one_blas_thread():
        _, state = model.step(start, model.initial_state(len(pieces)))
        for t in range(ids.shape[1]):
            _, state = model.step(ids[:, t], state)
            hidden[:, t] = state[-1][0]
    return np.concatenate([row[: len(piece)] for row, piece in zip(hidden, pieces, strict=True)])


def inside_matches(pattern: str, text: str) -> np.ndarray:
    """Which characters of ``text`` are within what matches ``pattern``, bool (time,)."""
    inside = np.zeros(len(text), bool)
    for match in re.finditer(pattern, text, re.MULTILINE):
        inside[match.start() : match.end()] = True
    return inside


def balanced_accuracy(predicted: np.ndarray, labels: np.ndarray) -> float:
    """Mean of the shares of true and of false ``labels`` that ``predicted`` tells; bool (time,)."""
    return float((predicted[labels].mean() + (~predicted[~labels]).mean()) / 2)


def _best_unit(labels: np.ndarray, ordered: np.ndarray) -> tuple[int, bool, float]:
    """Unit, direction, threshold; labels, activations: (time, units), sorted by activation."""
    total = len(labels)
    true_below = np.cumsum(labels, axis=0)
    positives = true_below[-1, 0]
    false_below = np.arange(1, total + 1)[:, None] - true_below
    # Balanced accuracy of "holds above the threshold after row t"; below, it is one minus that.
    score = (1 - true_below / positives + false_below / (total - positives)) / 2
    score[:-1][ordered[1:] == ordered[:-1]] = 0.5  # no threshold between equals
    row, unit = np.unravel_index(np.abs(score - 0.5).argmax(), score.shape)
    above = bool(score[row, unit] > 0.5)
    upper = ordered[min(row + 1, total - 1), unit]
    return int(unit), above, float((ordered[row, unit] + upper) / 2)


def _pieces(text: str, rows: int) -> list[str]:
    lines = text.splitlines(keepends=True)
    ends = np.array([*accumulate(map(len, lines))])
    targets = len(text) * np.arange(1, rows) / rows
    cuts = sorted({0, *(int(i) + 1 for i in np.searchsorted(ends, targets)), len(lines)})
    return ["".join(lines[a:b]) for a, b in pairwise(cuts)]
