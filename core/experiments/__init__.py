"""The experiments by name. Each module has a ``Config`` and ``run(config, control)``.

``run`` is a generator of events: one Started, then Step and Epoch, at last one Finished.
It imports models inside, so that asking for a Config imports no TensorFlow.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

from core.events import Event
from core.experiments import config
from core.experiments.control import Control
from core.experiments.telling import told
from core.messages import N_, Problem

_MODULES = {
    "feed-forward": "core.experiments.feed_forward",
    "next-value": "core.experiments.next_value",
    "sequence-class": "core.experiments.sequence_class",
    "discover-patterns": "core.experiments.discover_patterns",
    "gradient-flow": "core.experiments.gradient_flow",
    "long-memory": "core.experiments.long_memory",
    "keras-model": "core.experiments.keras_model",
    "calculator": "core.experiments.calculator",
    "number-words": "core.experiments.number_words",
    "linear-autoencoder": "core.experiments.linear_autoencoder",
    "autoencoder": "core.experiments.autoencoder",
    "denoising-autoencoder": "core.experiments.denoising_autoencoder",
    "variational-autoencoder": "core.experiments.variational_autoencoder",
    "lstm-autoencoder": "core.experiments.lstm_autoencoder",
    "sparse-autoencoder": "core.experiments.sparse_autoencoder",
    "voltaire": "core.experiments.voltaire",
}


@dataclass(frozen=True)
class Experiment:
    """A name, a line on what it does, its Config class, and its run.

    The run tells its first steps and then a few a second; that of the module itself says them all.
    """

    name: str
    about: str
    Config: type[config.Config]
    run: Callable[[config.Config, Control], Iterator[Event]]


def names() -> list[str]:
    """The names of all experiments."""
    return list(_MODULES)


def experiment(name: str) -> Experiment:
    """The experiment of that name. Raises Problem if there is none."""
    if name not in _MODULES:
        raise Problem(
            N_("There is no experiment {name}; there are: {names}."),
            name=name,
            names=", ".join(_MODULES),
        )
    module = import_module(_MODULES[name])
    about = (module.__doc__ or "").strip().splitlines()[0]

    def run(config, control):
        return told(module.run(config, control))

    return Experiment(name, about, module.Config, run)
