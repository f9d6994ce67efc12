"""A run of numbers in words without Keras: made-up scores, random networks, their own answers."""

import numpy as np

from core.events import Epoch, Finished, Started, Step
from core.experiments import Experiment
from core.experiments.number_words.config import SYMBOLS, NumberWordsConfig, lengths
from core.experiments.number_words.run import pairs, unseen
from core.numeric.language.codec import Codec
from core.numeric.recurrent.cells import CELLS

UPDATES = 2  # an epoch
EXACT = (0.0, 0.2, 0.6, 0.9)  # by epoch
CHARACTERS = (0.5, 0.8, 0.95, 0.99)
SHOWN = 20  # test numbers whose answers are told
# At the end: of the short numbers more are wrong.
BY_LENGTH = {"21-30": 0.5, "31-40": 0.8, "41-50": 0.9, "51-60": 0.95, "61-70": 1.0}


def network(config, seed=0):
    """The weights of a network with these settings, drawn at random."""
    rng = np.random.default_rng(seed)
    units, gates = config.units, CELLS[config.cell].gates
    symbols, width = 3 + len(SYMBOLS), config.embedding_dim
    shapes = {
        "decoder.embedding": (symbols, width),
        "decoder.kernel": (width, gates * units),
        "decoder.recurrent": (units, gates * units),
        "decoder.bias": (gates * units,),
        "logits.kernel": (units, symbols),
        "logits.bias": (symbols,),
    }
    ways = {"one_way": {"forward": units}, "both_ways": dict.fromkeys(("forward", "backward"), 0)}
    for way, size in ways[config.encoder].items():
        size = size or units // 2
        shapes |= {
            f"{way}.kernel": (width, gates * size),
            f"{way}.recurrent": (size, gates * size),
            f"{way}.bias": (gates * size,),
        }
    shapes["encoder.embedding"] = (symbols, width)
    if config.attention != "none":
        shapes |= {"combined.kernel": (2 * units, units), "combined.bias": (units,)}
    return {n: 0.5 * rng.standard_normal(s).astype("float32") for n, s in shapes.items()}


def answers(config, right):
    """The ids of answers to the first test numbers; a wrong one lacks its last character."""
    _asked, told = pairs(unseen()[:SHOWN], config.direction, config.spelling)
    written = [text if good else text[:-1] for text, good in zip(told, right, strict=True)]
    return Codec(SYMBOLS).answers(written, lengths(config.direction)[1]).astype(np.int8)


def run(config, control):
    epochs = min(config.epochs, len(EXACT))
    params = sum(array.size for array in network(config).values())
    yield Started("number-words", config.to_dict(), params, UPDATES * epochs, epochs, {})
    for epoch in range(1, epochs + 1):
        for i in range(UPDATES):
            step = UPDATES * (epoch - 1) + i + 1
            yield Step(step, step / UPDATES, 0.5 * step, {"train_loss": 1 / step})
        right = np.arange(SHOWN) < EXACT[epoch - 1] * SHOWN
        weights = network(config, seed=epoch)
        metrics = {
            "train_loss": 1 / step,
            "exact_match": EXACT[epoch - 1],
            "char_accuracy": CHARACTERS[epoch - 1],
            "test_loss": 1 / epoch,
            "by_length": {group: share * epoch / epochs for group, share in BY_LENGTH.items()},
        }
        arrays = {
            "right": right,
            "numbers": unseen()[:SHOWN].astype(np.int32),
            "answers": answers(config, right),
            **{f"weights/{name}": array for name, array in weights.items()},
        }
        yield Epoch(epoch, step, 0.5 * step, metrics, arrays)
    files = {"model.keras": b"keras", "train.py": b"print('trained')\n"}
    yield Finished({**metrics, "params": params}, weights, files)


def find(name):
    """The experiment, whatever the name."""
    return Experiment(name, "Numbers in words without Keras", NumberWordsConfig, run)
