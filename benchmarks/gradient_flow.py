"""The instrument of the lesson on gradient flow: three cells, twenty starts, forwards and back."""

import time

import numpy as np

from benchmarks.row import Row
from core.numeric.recurrent.gradient_flow import (
    draw_inputs,
    draw_readouts,
    draw_weights,
    gradient_norms,
    read,
    relative,
)
from core.numeric.threads import one_blas_thread

_SEEDS, _LENGTH, _UNITS, _REPEATS = range(20), 100, 32, 7


def rows() -> list[Row]:
    with one_blas_thread():
        took = [_recompute() for _ in range(_REPEATS)]
    return [
        Row(
            "gradient norms anew, 3 cells x 20 starts x 100 steps, 32 units, one thread, median",
            f"{1000 * np.median(took):.0f} ms",
            "at most 300 ms",
        )
    ]


def _recompute() -> float:
    began = time.perf_counter()
    inputs = draw_inputs(1, _LENGTH, _SEEDS)
    readouts = draw_readouts(_UNITS, _SEEDS)
    for cell in ("rnn", "lstm", "gru"):
        weights = draw_weights(cell, 1, _UNITS, _SEEDS)
        for norms in gradient_norms(read(cell, weights, inputs), readouts).values():
            np.quantile(relative(norms)[..., 0], (0.25, 0.5, 0.75), axis=1)
    return time.perf_counter() - began
