"""A small run of each experiment: it takes a second or two and learns next to nothing."""

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
    },
    "sequence-class": {"data": "integers", "units": 8, "epochs": 2},
    "discover-patterns": {"epochs": 2, "units": 16},
    "gradient-flow": {
        "length": 10,
        "params": 500,
        "epochs": 2,
        "epoch_updates": 15,
        "batch_size": 8,
    },
    "long-memory": {
        "length": 20,
        "params": 3000,
        "batch_size": 16,
        "epochs": 2,
        "epoch_updates": 15,
        "irnn": True,
    },
    "keras-model": {"stack": "embedding:300:16,gru:24,dense:10", "epochs": 2},
    "calculator": {**_LETTERS, "digits": 1, "operations": "+-*"},
    "number-words": {**_LETTERS, "direction": "to_digits", "others": 500},
    "linear-autoencoder": {"epochs": 2, "epoch_updates": 20, "latent_dim": 4},
    "autoencoder": {**_IMAGES, "width": 32, "depth": 1},
    "denoising-autoencoder": {**_IMAGES, "copies": 1, "width": 32, "latent_dim": 16},
    "variational-autoencoder": {**_IMAGES, "depth": 1, "width": 32},
    "lstm-autoencoder": {
        "data": "synthetic",
        "latent_dim": 2,
        "units": 8,
        "frame": 14,
        "batch_size": 128,
        "epochs": 2,
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
    },
}


def small(name, **changes):
    """The small config of an experiment, with some fields changed."""
    return experiment(name).Config(**{**SMALL[name], **changes})
