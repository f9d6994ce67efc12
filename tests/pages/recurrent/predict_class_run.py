"""Runs for the second and third task without Keras: random weights, and what goes with them."""

import numpy as np

from core.data.sequences.labelled import labelled
from core.data.sequences.patterns import unlabelled
from core.events import Epoch, Finished, Started, Step
from core.experiments import Experiment
from core.experiments.discover_patterns.config import DiscoverPatternsConfig
from core.experiments.sequence_class.config import SequenceClassConfig
from core.experiments.sequence_class.run import shown_sequences

UNITS = 4
RIGHT = (0.6, 0.9)  # of the held-out integers, by epoch
BASELINES = {
    "baseline_majority": 0.5,
    "baseline_logistic_positions": 0.7,
    "baseline_logistic_counts": 0.65,
}
ARI = {"baseline_raw_ari": 0.02, "baseline_pairs_ari": 0.3}


def confusion(tested, share):
    """Counts of two classes of the same size, of which ``share`` is right."""
    half = tested // 2
    right = round(share * half)
    return np.array([[right, half - right], [half - right, right]])


def weights_of(features, classes, seed):
    """A reader from each end, a GRU each."""
    rng = np.random.default_rng(seed)
    shapes = {
        f"0.{direction}.{part}": shape
        for direction in ("forward", "backward")
        for part, shape in (
            ("kernel", (features, 3 * UNITS)),
            ("recurrent", (UNITS, 3 * UNITS)),
            ("bias", (3 * UNITS,)),
        )
    }
    shapes |= {"dense.kernel": (2 * UNITS, classes), "dense.bias": (classes,)}
    return {name: rng.standard_normal(s).astype("float32") for name, s in shapes.items()}


def run_class(config, control):
    data = labelled(config.data, config.upload, config.seed)
    _, test = data.split(config.seed)
    shown = shown_sequences(data, test)
    yield Started("sequence-class", config.to_dict(), 99, 4, 2, BASELINES)
    texts = {
        "sequences": "\n".join("\t".join(data.tokens[i]) for i in shown),
        "classes": "\n".join(data.classes),
        "letters": "\n".join(data.letters),
    }
    rng = np.random.default_rng(0)
    for epoch, share in enumerate(RIGHT, 1):
        yield Step(2 * epoch, epoch, 0.1 * epoch, {"train_loss": 1 / epoch})
        metrics = {"accuracy": share, "test_loss": 0.9 / epoch, "train_loss": 1 / epoch}
        look = np.zeros((len(data.classes), data.steps))
        look[:, -1 if epoch == 2 else 0] = 1
        weights = weights_of(data.inputs.shape[-1], len(data.classes), epoch)
        arrays = {
            "confusion": confusion(len(test), share),
            "look": rng.standard_normal((len(data.classes), len(shown), data.steps)),
            "class_look": look,
            "shown_labels": data.labels[shown],
            "shown_inputs": data.inputs[shown],
        } | {f"weights/{name}": value for name, value in weights.items()}
        yield Epoch(epoch, 2 * epoch, 0.1 * epoch, metrics, arrays, texts)
    files = {"model.keras": b"keras", "train.py": b"print()\n", "data.txt": b"test\t0\t1\n"}
    yield Finished({**metrics, **BASELINES}, {}, files)


def run_discover(config, control):
    data = unlabelled(config.data, config.noise, config.seed)
    references = {"baseline_majority": 0.1, "baseline_pairs": 0.3, **ARI}
    yield Started("discover-patterns", config.to_dict(), 99, 4, 2, references)
    rng = np.random.default_rng(0)
    for epoch, ari in enumerate((0.1, 1.0), 1):
        yield Step(2 * epoch, epoch, 0.1 * epoch, {"train_loss": 1 / epoch})
        clusters = data.kinds if epoch == 2 else rng.permutation(data.kinds)
        typical = np.stack([np.flatnonzero(clusters == k)[:8] for k in range(4)])
        points = data.kinds[:, None] + 0.1 * rng.standard_normal((len(data.kinds), 2))
        arrays = {"points": points, "clusters": clusters, "typical": typical}
        yield Epoch(epoch, 2 * epoch, 0.1 * epoch, {"accuracy": 0.8, "ari": ari}, arrays)
    yield Finished({"accuracy": 0.8, "ari": ari, **references}, {}, {"model.keras": b"keras"})


def find(name):
    """The experiment of that name, without Keras."""
    if name == "discover-patterns":
        return Experiment(name, "Discovery without Keras", DiscoverPatternsConfig, run_discover)
    return Experiment(name, "Classes without Keras", SequenceClassConfig, run_class)
