"""One training step of each cell: ours, plain Keras ``fit`` and PyTorch in the same run.

Forward, backward, and Adam's update; the sides take turns, the median of their steps counts. A
process of its own, so that TensorFlow does not stay in the one that measures the rest.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from benchmarks.row import Row

CELLS = {"rnn": "SimpleRNN", "lstm": "LSTM", "gru": "GRU"}
TIME, BATCH, FEATURES = 100, 64, 32
SIZES = (32, 128)
ROUNDS, STEPS = 15, 8  # rounds of so many steps of each side


def rows() -> list[Row]:
    said = subprocess.run(
        [sys.executable, "-m", "benchmarks.training_step"],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout
    return [row(**json.loads(line)) for line in said.splitlines() if line.startswith("{")]


def row(cell: str, units: int, steps: dict[str, float], first: dict[str, float]) -> Row:
    """A line from milliseconds a step, and seconds until the first."""
    beside = [
        f"{name} {steps[key]:.1f} ms ({steps[key] / steps['ours']:.1f} times)"
        for key, name in (
            ("keras", "Keras `fit`"),
            ("torch", f"PyTorch `nn.{cell.removeprefix('Simple')}`"),
        )
        if key in steps
    ]
    if "torch" not in steps:
        beside.append("PyTorch is not installed: pip install -r requirements-bench.txt")
    return Row(
        f"one training step, {cell} of {units} units, {TIME} steps, batch {BATCH}",
        f"{steps['ours']:.1f} ms",
        ", ".join(beside) + f"; first step {first['ours']:.1f} s, Keras {first['keras']:.1f} s",
    )


@dataclass
class Side:
    """Something that trains: ``step(n)`` makes n steps."""

    step: Callable[[int], object]
    first_s: float = 0.0


def measure(cell: str, units: int, time_steps: int = TIME, rounds: int = ROUNDS) -> dict:
    """Medians over rounds in which each side makes some steps on the same batches."""
    import keras  # noqa: F401  # no side's first step shall pay for the import
    import numpy as np

    draw = np.random.default_rng(0)
    inputs = draw.normal(size=(STEPS, BATCH, time_steps, FEATURES)).astype("float32")
    targets = draw.normal(size=(STEPS, BATCH, 1)).astype("float32")
    sides: dict[str, Callable] = {"ours": ours, "keras": plain_keras}
    if find_spec("torch"):
        import torch  # noqa: F401 # pyright: ignore[reportMissingImports]

        sides["torch"] = pytorch
    made = {}
    for name, make in sides.items():
        began = time.perf_counter()
        made[name] = Side(make(cell, units, inputs, targets))
        made[name].step(1)
        made[name].first_s = time.perf_counter() - began
        made[name].step(STEPS)
    taken: dict[str, list[float]] = {name: [] for name in made}
    for _ in range(rounds):
        for name, side in made.items():
            began = time.perf_counter()
            side.step(STEPS)
            taken[name].append(1000 * (time.perf_counter() - began) / STEPS)
    return {
        "cell": CELLS[cell],
        "units": units,
        "steps": {name: statistics.median(times) for name, times in taken.items()},
        "first": {name: side.first_s for name, side in made.items()},
    }


def ours(cell, units, inputs, targets):
    import keras

    from core.models.recurrent.layers import recurrent_layer
    from core.models.supervised import Trainer

    given = keras.Input(inputs.shape[2:])
    hidden = recurrent_layer(cell, units, seed=0)(given)
    trainer = Trainer(keras.Model(given, keras.layers.Dense(1)(hidden)), "mse")
    return lambda steps: trainer.steps(inputs[:steps], targets[:steps], 1e-3)


def plain_keras(cell, units, inputs, targets):
    import keras

    more = {"reset_after": False} if cell == "gru" else {}
    given = keras.Input(inputs.shape[2:])
    hidden = getattr(keras.layers, CELLS[cell])(units, **more)(given)
    model = keras.Model(given, keras.layers.Dense(1)(hidden))
    model.compile(keras.optimizers.Adam(1e-3), "mse")
    x, y = inputs.reshape(-1, *inputs.shape[2:]), targets.reshape(-1, 1)
    return lambda steps: model.fit(
        x[: steps * BATCH],
        y[: steps * BATCH],
        BATCH,
        verbose=0,  # pyright: ignore[reportArgumentType] # its own types know "auto" alone
        shuffle=False,
    )


def pytorch(cell, units, inputs, targets):
    """PyTorch's own layer; its GRU is the variant with more parameters (reset_after=True)."""
    import torch  # pyright: ignore[reportMissingImports]

    layer = getattr(torch.nn, CELLS[cell].removeprefix("Simple"))(FEATURES, units, batch_first=True)
    dense = torch.nn.Linear(units, 1)
    optimizer = torch.optim.Adam([*layer.parameters(), *dense.parameters()], 1e-3)
    x, y = torch.from_numpy(inputs), torch.from_numpy(targets)

    def train(steps):
        for i in range(steps):
            optimizer.zero_grad()
            loss = torch.nn.functional.mse_loss(dense(layer(x[i])[0][:, -1]), y[i])
            loss.backward()
            optimizer.step()

    return train


if __name__ == "__main__":
    for size in SIZES:
        for kind in CELLS:
            print(json.dumps(measure(kind, size)), flush=True)
