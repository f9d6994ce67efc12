"""A small run of each experiment: it takes a second or two and learns little."""

from importlib import import_module

from core.experiments import experiment

_IMAGES = {"batch_size": 128, "epochs": 2}
_LETTERS = {
    "units": 16,
    "embedding_dim": 4,
    "batch_size": 16,
    "epochs": 2,
    "epoch_updates": 10,
}
SMALL = {
    "feed-forward": {"longest": 6, "window": 3, "units": 10, "epochs": 2, "epoch_updates": 40},
    "next-value": {
        "data": "sine",
        "length": 300,
        "window": 12,
        "units": 8,
        "epochs": 2,
        "horizon": 6,
        "learning_rate": 0.01,
    },
    "sequence-class": {"data": "integers", "units": 8, "epochs": 2},
    "discover-patterns": {"epochs": 2, "units": 16, "learning_rate": 0.02},
    "gradient-flow": {
        "length": 10,
        "params": 500,
        "epochs": 2,
        "epoch_updates": 15,
        "batch_size": 8,
        "update_bias": 2.0,
        "forget_bias": 3.0,
        "seed": 5,
    },
    "long-memory": {
        "length": 20,
        "params": 3000,
        "batch_size": 16,
        "epochs": 2,
        "epoch_updates": 15,
        "irnn": True,
    },
    "keras-model": {
        "stack": "embedding:300:16,gru:24,dense:10",
        "epochs": 3,
        "learning_rate": 5e-3,
    },
    "calculator": {**_LETTERS, "digits": 1, "operations": "+-*", "learning_rate": 0.02},
    "number-words": {**_LETTERS, "direction": "to_digits", "others": 500},
    "linear-autoencoder": {"epochs": 2, "epoch_updates": 20, "latent_dim": 4},
    "autoencoder": {**_IMAGES, "width": 32, "depth": 1},
    "denoising-autoencoder": {
        "epochs": 2,
        "copies": 1,
        "width": 32,
        "latent_dim": 16,
        "seed": 2,
    },
    "variational-autoencoder": {
        "epochs": 2,
        "depth": 1,
        "width": 32,
        "warm_up": 1,
        "learning_rate": 5e-3,
    },
    "lstm-autoencoder": {
        "data": "synthetic",
        "latent_dim": 2,
        "units": 8,
        "frame": 14,
        "batch_size": 128,
        "epochs": 3,
        "seed": 2,
        "shift": 4,
    },
    "sparse-autoencoder": {**_IMAGES, "latent_dim": 24},
    "voltaire": {
        "corpus": "conte",
        "units": 16,
        "embedding_dim": 8,
        "batch_size": 16,
        "sequence_length": 32,
        "epochs": 2,
        "epoch_chars": 10_000,
        "dropout": 0.1,
    },
    "word-embeddings": {"corpus": "conte", "dim": 8, "min_count": 5, "epochs": 2},
    "thought-vectors": {"corpus": "conte", "dim": 16, "words": 500, "epochs": 2},
    "text-class": {"data": "invented", "dim": 8, "epochs": 2},
    "tagger": {"data": "invented", "dim": 8, "units": 8, "train_sentences": 320, "epochs": 2},
    "question-answering": {
        "task": "one",
        "data": "invented",
        "hops": 1,
        "units": 8,
        "train_questions": 1_000,
        "learning_rate": 0.03,
        "epochs": 2,
    },
    "spoken-digits": {"data": "synthetic", "units": 8, "direction": "one", "epochs": 2},
    "translation": {
        "data": "invented",
        "units": 32,
        "embedding_dim": 16,
        "pieces": 300,
        "train_pairs": 2_000,
        "learning_rate": 0.01,
        "dropout": 0.1,
        "epochs": 2,
        "epoch_updates": 10,
    },
}


def run_of(name):
    """What runs an experiment."""
    return import_module(f"core.experiments.{name.replace('-', '_')}.run").run


def small(name, **changes):
    """The small config of an experiment, with some fields changed."""
    return experiment(name).Config(**{**SMALL[name], **changes})
