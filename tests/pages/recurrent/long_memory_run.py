"""A race without Keras: made-up scores, random networks, and what goes with them."""

import numpy as np

from core.data.sequences.memory_tasks import held_out
from core.events import Epoch, Finished, Started, Step
from core.experiments import Experiment
from core.experiments.long_memory.config import LongMemoryConfig
from core.experiments.long_memory.run import GOAL, SCORE, SHOWN, TRIVIAL, reached
from core.numeric.recurrent.stack.layers import RECURRENT_CELLS
from core.numeric.recurrent.stack.shapes import count_params

UPDATES = 2  # an epoch
# Test RMSE and accuracy by epoch: LSTM and GRU get there, the others stay.
RMSE = {
    "rnn": (0.42, 0.41, 0.43, 0.41),
    "lstm": (0.41, 0.4, 0.2, 0.04),
    "gru": (0.41, 0.3, 0.045, 0.045),
    "irnn": (0.5, 0.4, 0.3, 0.2),
}
ACCURACY = {
    "rnn": (0.12, 0.13, 0.12, 0.13),
    "lstm": (0.2, 0.5, 0.9, 0.995),
    "gru": (0.3, 0.6, 0.8, 0.9),
    "irnn": (0.1, 0.1, 0.1, 0.1),
}


def network(cell, units, features=2, outputs=1, seed=0):
    """The weights of a one-layer network, drawn at random."""
    rng = np.random.default_rng(seed)
    gates = RECURRENT_CELLS[cell].gates * units
    shapes = {
        "0.forward.kernel": (features, gates),
        "0.forward.recurrent": (units, gates),
        "0.forward.bias": (gates,),
        "dense.kernel": (units, outputs),
        "dense.bias": (outputs,),
    }
    return {n: 0.3 * rng.standard_normal(s).astype("float32") for n, s in shapes.items()}


def answers_of(config, cell, score, targets):
    """Answers to the shown examples that have about the score."""
    rng = np.random.default_rng(1)
    if config.task == "adding":
        if score > 0.35:
            return np.full_like(targets, 1.0, np.float32)
        return (targets + score * rng.standard_normal(targets.shape)).astype(np.float32)
    wrong = rng.random(targets.shape) > score
    return np.where(wrong, (targets + 1) % 8, targets).astype(np.int8)


def run(config, control):
    of, name = config.sequences, SCORE[config.task]
    _, targets = held_out(of, SHOWN)
    scores = RMSE if config.task == "adding" else ACCURACY
    epochs = min(config.epochs, 4)
    baseline = {"baseline_trivial": TRIVIAL[config.task]}
    params = {c: count_params(stack, of.features) for c, stack in config.networks.items()}
    references = {**baseline, "goal": GOAL[config.task]}
    total = sum(params.values())
    yield Started("long-memory", config.to_dict(), total, UPDATES * epochs, epochs, references)
    goal_s: dict[str, float] = {}
    for epoch in range(1, epochs + 1):
        for i in range(UPDATES):
            step = UPDATES * (epoch - 1) + i + 1
            losses = {f"{cell}_loss": 1 / step for cell in config.entrants}
            yield Step(step, step / UPDATES, 0.5 * step, losses)
        metrics, arrays = dict(baseline), {"targets": targets}
        for place, cell in enumerate(config.entrants, start=1):
            score = scores[cell][epoch - 1]
            metrics[f"{cell}_{name}"] = score
            at = min([float(epoch * place), *([goal_s[cell]] if cell in goal_s else [])])
            metrics[f"{cell}_train_s"] = at
            if reached(config.task, score):
                metrics[f"{cell}_goal_s"] = goal_s.setdefault(cell, at)
            arrays[f"{cell}_answers"] = answers_of(config, cell, score, targets)
            if config.task == "copy":
                arrays[f"{cell}_right"] = (arrays[f"{cell}_answers"] == targets).mean(0)
        yield Epoch(epoch, step, 0.5 * step, metrics, arrays)
    final = metrics | {f"{cell}_params": float(n) for cell, n in params.items()}
    weights = {
        f"{cell}/{part}": array
        for cell, units in config.units().items()
        for part, array in network(cell, units, of.features, of.outputs).items()
    }
    files = {f"{cell}.keras": b"keras" for cell in config.entrants}
    yield Finished(final, weights, files | {"train.py": b"print('trained')\n"})


def find(name):
    """The experiment, whatever the name."""
    return Experiment(name, "A race without Keras", LongMemoryConfig, run)
