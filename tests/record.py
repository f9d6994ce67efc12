"""Records the runs that the tests of pages play back: ``python -m tests.record [NAME ...]``."""

import os
import sys

os.environ["TF_NUM_INTRAOP_THREADS"] = os.environ["TF_NUM_INTEROP_THREADS"] = "1"

from core.experiments import experiment
from core.experiments.kit.control import Control
from tests.contracts.small import SMALL, small
from tests.recorded import write

# Experiment -> run -> what its config has other than the small one, or than the defaults.
_TWO_DIGITS = {"digits": 2, "units": 16, "embedding_dim": 4, "epochs": 4}
_WORDS = {"units": 16, "embedding_dim": 4, "epochs": 4}
_DENSE = {"width": 16, "depth": 1, "epochs": 4}
RUNS = {
    "feed-forward": {"learned": {"longest": 6, "window": 3, "units": 10, "epochs": 12}},
    "next-value": {
        "sine": {"data": "sine", "length": 400, "window": 12, "horizon": 8, "epochs": 3},
        "generation": {"data": "generation", "units": 8, "epochs": 2},
    },
    "sequence-class": {"integers": {"data": "integers", "epochs": 2}},
    "discover-patterns": {"groups": {"noise": 0.0, "epochs": 3}},
    "gradient-flow": {
        "three": {"length": 30, "epochs": 3},
        "one": {"length": 30, "epochs": 1},
    },
    "calculator": {
        "dot": _TWO_DIGITS,
        "none": {**_TWO_DIGITS, "attention": "none"},
        "three digits": {**_TWO_DIGITS, "digits": 3},
    },
    "linear-autoencoder": {
        "one": {"latent_dim": 1, "epochs": 4},
        "two": {"latent_dim": 2, "epochs": 4},
        "three": {"latent_dim": 3, "epochs": 4},
        "five": {"latent_dim": 5, "epochs": 4},
        "thirty-two": {"latent_dim": 32, "epochs": 4},
        "mean": {"latent_dim": 2, "epochs": 4, "centred": False, "tied": True},
    },
    "autoencoder": {"two": _DENSE, "five": {**_DENSE, "latent_dim": 5}},
    "denoising-autoencoder": {"three": {"width": 48, "latent_dim": 24, "epochs": 3}},
    "variational-autoencoder": {
        "one": {"latent_dim": 1, "width": 16, "epochs": 4},
        "two": {"width": 16, "epochs": 4},
        "five": {"latent_dim": 5, "width": 16, "epochs": 4},
        "collapsed": {"beta": 10, "width": 16, "epochs": 2},
    },
    "lstm-autoencoder": {"three": {"data": "synthetic", "units": 16, "frame": 14, "epochs": 3}},
    "sparse-autoencoder": {
        "three": {"latent_dim": 32, "epochs": 3},
        "sweep": {"latent_dim": 24, "penalty": "kl", "sweep": True, "epochs": 2},
        "sweep of l1": {"latent_dim": 24, "sweep": True, "epochs": 2},
    },
    "voltaire": {"four": {**SMALL["voltaire"], "epochs": 4, "epoch_chars": 20_000}},
    "long-memory": {
        "adding": {"length": 20, "epochs": 8, "epoch_updates": 100},
        "copy": {"task": "copy", "length": 20, "epochs": 3},
    },
    "thought-vectors": {
        "autoencoder": {
            "corpus": "conte",
            "method": "autoencoder",
            "dim": 16,
            "words": 300,
            "epochs": 3,
        },
    },
    "word-embeddings": {"world": {"epochs": 4}},
    "text-class": {
        "both": {
            "data": "invented",
            "network": "gru",
            "bidirectional": True,
            "start": "random",
            "hidden_words": 0.0,
            "learning_rate": 0.02,
            "dim": 8,
            "units": 12,
            "epochs": 3,
        }
    },
    "tagger": {
        "grammar": {
            "data": "invented",
            "features": False,
            "dim": 8,
            "units": 12,
            "learning_rate": 0.02,
            "train_sentences": 400,
            "epochs": 3,
        }
    },
    "question-answering": {
        "two": {"data": "invented", "hops": 2, "units": 12, "train_questions": 1_000, "epochs": 2},
        "recurrent": {
            "task": "one",
            "data": "invented",
            "model": "recurrent",
            "units": 8,
            "train_questions": 1_000,
            "epochs": 2,
        },
    },
    "translation": {
        "grammar": {
            "data": "invented",
            "units": 32,
            "embedding_dim": 32,
            "pieces": 300,
            "train_pairs": 3_000,
            "learning_rate": 0.02,
            "dropout": 0.0,
            "epochs": 3,
            "epoch_updates": 100,
        }
    },
    "number-words": {"dot": _WORDS, "none": {**_WORDS, "attention": "none"}},
}


def main():
    """Record the named experiments, or all."""
    for name in sys.argv[1:] or SMALL:
        configs = {"small": small(name)}
        for run, settings in RUNS.get(name, {}).items():
            configs[run] = experiment(name).Config(**settings)
        run = experiment(name).run
        write(name, {key: list(run(config, Control())) for key, config in configs.items()})
        print("recorded", name)


if __name__ == "__main__":
    main()
