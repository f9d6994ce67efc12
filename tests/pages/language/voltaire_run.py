"""A run of the Voltaire experiment without Keras: random weights, and what goes with them."""

import numpy as np

from core.data.language import corpora
from core.events import Epoch, Finished, Started, Step
from core.experiments import Experiment
from core.experiments.voltaire.config import VoltaireConfig
from core.numeric.language.generation import generate
from core.numeric.language.language_model import LanguageModel
from core.numeric.recurrent.cells import CELLS
from core.numeric.weights import export_model

STEPS = 4  # an epoch
REFERENCES = {f"ngram_{order}": 4.5 - 0.3 * order for order in range(1, 8)}
BITS = (4.4, 3.8, 3.0, 2.2)  # on held-out text, by epoch: the last is below every n-gram
KNOWN = (0.1, 0.3, 0.6, 0.7)


def small_model(vocabulary, cell="lstm", units=8, seed=0, scale=1.0):
    """A model of random weights."""
    rng = np.random.default_rng(seed)
    gates = CELLS[cell].gates * units
    shapes = {
        "embedding": (len(vocabulary), 4),
        "kernel_0": (4, gates),
        "recurrent_0": (units, gates),
        "bias_0": (gates,),
        "logits_kernel": (units, len(vocabulary)),
        "logits_bias": (len(vocabulary),),
    }
    weights = {n: scale * rng.standard_normal(s).astype("float32") for n, s in shapes.items()}
    return LanguageModel(cell, vocabulary, weights)


def vocabulary_of(text):
    return "\ufffd" + "".join(sorted(set(text)))


def run(config, control):
    training, _ = corpora.splits(config.text_name)
    vocabulary = vocabulary_of(training)
    epochs = min(config.epochs, len(BITS))
    params = small_model(vocabulary).params
    yield Started("voltaire", config.to_dict(), params, STEPS * epochs, epochs, REFERENCES)
    for epoch in range(1, epochs + 1):
        for i in range(STEPS):
            step = STEPS * (epoch - 1) + i + 1
            yield Step(step, step / STEPS, 0.1 * step, {"train_bits": 5.0 - 0.2 * step})
        model = small_model(vocabulary, config.cell, seed=epoch)
        sample = "".join(part.text for part in generate(model, "", 60, 0.7, seed=epoch))
        metrics = {
            "train_bits": 5.0 - 0.2 * step,
            "valid_bits": BITS[epoch - 1],
            "perplexity": 2 ** BITS[epoch - 1],
            "known_words": KNOWN[epoch - 1],
        }
        texts = {"sample": sample, "vocabulary": vocabulary}
        weights = {f"weights/{name}": array for name, array in model.weights.items()}
        yield Epoch(epoch, step, 0.1 * step, metrics, weights, texts)
    card = {"experiment": "voltaire", "config": config.to_dict()}
    files = {
        "model.keras": b"keras",
        "model.zip": export_model(model, card),
        "train.py": b"print('trained')\n",
        "history.csv": b"epoch\n1\n",
    }
    yield Finished(metrics, dict(model.weights), files)


def find(name):
    """The experiment, whatever the name."""
    return Experiment(name, "Voltaire without Keras", VoltaireConfig, run)
