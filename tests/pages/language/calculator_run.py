"""A run of the calculator without Keras: made-up scores, random weights, what goes with them."""

import numpy as np

from core.data.language import arithmetic
from core.events import Epoch, Finished, Started, Step
from core.experiments import Experiment
from core.experiments.calculator.config import SYMBOLS, CalculatorConfig
from core.experiments.calculator.run import answer_length, groups_of, most_common
from core.experiments.kit.seq2seq_run import SHOWN, by_group
from core.numeric.recurrent.cells import CELLS

TEST = 600  # held-out questions
UPDATES = 2  # an epoch
EXACT = (0.1, 0.4, 0.8, 0.95)  # by epoch: the questions with the most carries come last


def network(config, seed=0):
    """The weights of a network of this config, drawn at random."""
    rng = np.random.default_rng(seed)
    cell, units, size = CELLS[config.cell], config.units, config.codec.size
    embedding = config.embedding_dim
    ways = {"forward": units}
    if config.encoder == "both_ways":
        ways = {"forward": units // 2, "backward": units // 2}
    shapes = {f"{part}.embedding": (size, embedding) for part in ("encoder", "decoder")}
    for part, width in (ways | {"decoder": units}).items():
        shapes[f"{part}.kernel"] = (embedding, cell.gates * width)
        shapes[f"{part}.recurrent"] = (width, cell.gates * width)
        shapes[f"{part}.bias"] = (cell.gates * width,)
    if config.attention != "none":
        shapes |= {"combined.kernel": (2 * units, units), "combined.bias": (units,)}
    shapes |= {"logits.kernel": (units, size), "logits.bias": (size,)}
    return {n: 0.5 * rng.standard_normal(s).astype("float32") for n, s in shapes.items()}


def wrong(truth):
    """A wrong answer whose last digit is right where there are several."""
    at = 1 if truth.startswith("-") else 0
    return truth[:at] + str((int(truth[at]) + 1) % 10) + truth[at + 1 :]


def run(config, control):
    asked = arithmetic.test_set(TEST, config.operations, config.digits)
    groups, true = groups_of(asked), asked.answers()
    by_lot = np.random.default_rng(0).random(len(asked))
    easiest = np.argsort(np.lexsort((by_lot, asked.carries())))  # each question's rank
    epochs = min(config.epochs, len(EXACT))
    references = {"baseline_most_common": most_common(asked)}
    params = sum(array.size for array in network(config).values())
    yield Started("calculator", config.to_dict(), params, UPDATES * epochs, epochs, references)
    shared = {
        "first": asked.first.astype(np.int32),
        "second": asked.second.astype(np.int32),
        "operation": np.array([SYMBOLS.index(o) for o in asked.operation], np.int8),
    }
    for epoch, share in enumerate(EXACT[:epochs], start=1):
        for i in range(UPDATES):
            step = UPDATES * (epoch - 1) + i + 1
            yield Step(step, step / UPDATES, 0.5 * step, {"train_loss": 1 / step})
        right = easiest < share * len(asked)
        said = [t if ok else wrong(t) for t, ok in zip(true[:SHOWN], right, strict=False)]
        answers = config.codec.answers(said, answer_length(config.operations, config.digits))
        weights = network(config, seed=epoch)
        metrics = {
            "exact_match": float(right.mean()),
            "char_accuracy": 0.9,
            "test_loss": 1 / epoch,
            "train_loss": 1 / step,
            **{name: by_group(right, group) for name, group in groups.items()},
        }
        arrays = {"right": right, "answers": answers.astype(np.int8), **shared}
        arrays |= {f"weights/{name}": array for name, array in weights.items()}
        yield Epoch(epoch, step, 0.5 * step, metrics, arrays)
    final = {**metrics, "train_s": 0.5 * step, "params": params}
    files = {"model.keras": b"keras", "train.py": b"print('trained')\n"}
    yield Finished(final, weights, files)


def find(name):
    """The experiment, whatever the name."""
    return Experiment(name, "A calculator without Keras", CalculatorConfig, run)
