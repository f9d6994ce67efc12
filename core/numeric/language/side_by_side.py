"""A long text read in several places at once, as fast as one of them alone."""

from itertools import accumulate, pairwise

import numpy as np

from core.numeric.language.language_model import START, LanguageModel
from core.numeric.threads import one_blas_thread

ROWS = 16


def activations_by_line(model: LanguageModel, text: str, rows: int = ROWS) -> np.ndarray:
    """The last layer's hidden state after each character of ``text``, float32 (time, units).

    The text is cut between lines into at most ``rows`` pieces of about the same length; each is
    read from the state in which a text begins.
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


def _pieces(text: str, rows: int) -> list[str]:
    lines = text.splitlines(keepends=True)
    ends = np.array([*accumulate(map(len, lines))])
    targets = len(text) * np.arange(1, rows) / rows
    cuts = sorted({0, *(int(i) + 1 for i in np.searchsorted(ends, targets)), len(lines)})
    return ["".join(lines[a:b]) for a, b in pairwise(cuts)]
