"""Characters a second on one core: NumPy with all filters, beside a compiled Keras step."""

import subprocess
import sys
import time

import psutil

from benchmarks.row import Row
from core import pretrained
from core.numeric.language.generation import generate
from core.numeric.language.language_model import LanguageModel
from core.numeric.language.sampling import filtered, sample

FILTERS = {"temperature": 0.8, "top_k": 40, "top_p": 0.95}
REPEATS, LENGTH = 5, 2000


def rows() -> list[Row]:
    ours, keras = (
        float(
            subprocess.run(
                [sys.executable, "-m", "benchmarks.generation", side],
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            ).stdout.split()[-1]
        )
        for side in ("numpy", "keras")
    )
    model, _ = pretrained.load("voltaire", LanguageModel)
    return [
        Row(
            f"characters generated a second, LSTM of {model.units()} units, one core, all filters",
            f"{ours:,.0f}",
            f"{keras:,.0f} by a compiled Keras step ({ours / keras:.1f} times)",
        )
    ]


def numpy_speed() -> float:
    """Characters a second, the best of some repeats."""
    model, _ = pretrained.load("voltaire", LanguageModel)
    speeds = []
    for seed in range(REPEATS):
        began = time.perf_counter()
        for _part in generate(model, "Candide ", LENGTH, **FILTERS, seed=seed):
            pass
        speeds.append(LENGTH / (time.perf_counter() - began))
    return max(speeds)


def keras_speed() -> float:
    """The same with the same weights, filters and draws, the step compiled by tf.function."""
    import numpy as np
    import tensorflow as tf

    from core.models.language.char_lm import build_char_lm

    tf.config.threading.set_intra_op_parallelism_threads(1)
    model, _ = pretrained.load("voltaire", LanguageModel)
    w = model.weights
    built = build_char_lm(
        len(model.vocabulary), "lstm", model.units(), embedding_dim=w["embedding"].shape[1]
    )
    names = ("embedding", "kernel_0", "recurrent_0", "bias_0", "logits_kernel", "logits_bias")
    built.set_weights([w[name] for name in names])

    @tf.function(
        input_signature=[
            tf.TensorSpec((1, 1), tf.int32),
            tf.TensorSpec((1, model.units())),
            tf.TensorSpec((1, model.units())),
        ]
    )
    def step(ids, hidden, cell):
        return built([ids, hidden, cell], training=False)

    speeds = []
    for seed in range(REPEATS):
        draw = np.random.default_rng(seed)
        states = [tf.zeros((1, model.units()))] * 2
        chosen = 1
        began = time.perf_counter()
        for _ in range(LENGTH // 4):
            logits, *states = step(tf.constant([[chosen]]), *states)
            logits = logits.numpy()[0, 0]
            logits[0] = -np.inf
            chosen = sample(filtered(logits, **FILTERS), draw)
        speeds.append(LENGTH // 4 / (time.perf_counter() - began))
    return max(speeds)


if __name__ == "__main__":
    if hasattr(psutil.Process, "cpu_affinity"):
        psutil.Process().cpu_affinity([0])
    print({"numpy": numpy_speed, "keras": keras_speed}[sys.argv[1]]())
