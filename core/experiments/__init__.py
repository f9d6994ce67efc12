"""The experiments by name, a package each: ``config``, ``run``, ``script``, ``recipe``.

``run`` is a generator of events: one Started, then Step and Epoch, at last one Finished.
It imports models inside, so that asking for a Config imports no TensorFlow.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Generic, TypeVar

from core.events import Event
from core.experiments.kit.config import Config
from core.experiments.kit.control import Control
from core.experiments.kit.run import thinned
from core.messages import N_, Problem

_Config = TypeVar("_Config", bound=Config)
_PACKAGES = {
    name: f"{__name__}.{name.replace('-', '_')}"
    for name in (
        "feed-forward",
        "next-value",
        "sequence-class",
        "discover-patterns",
        "gradient-flow",
        "long-memory",
        "keras-model",
        "calculator",
        "number-words",
        "linear-autoencoder",
        "autoencoder",
        "denoising-autoencoder",
        "variational-autoencoder",
        "lstm-autoencoder",
        "sparse-autoencoder",
        "voltaire",
        "word-embeddings",
        "thought-vectors",
        "text-class",
        "tagger",
        "question-answering",
        "spoken-digits",
        "translation",
    )
}


@dataclass(frozen=True)
class Experiment(Generic[_Config]):
    """A name, a line on what it does, its Config class, and its run.

    validation: the metrics that settings may be chosen by: they are measured on a part of the data
    that is neither learned from nor what the others are measured on, or that is all the run looks
    at while a test part is left alone.
    The run tells its first steps and then a few a second; that of the module itself says them all.
    """

    name: str
    about: str
    Config: type[_Config]
    run: Callable[[_Config, Control], Iterator[Event]]
    validation: Sequence[str] = ()


def names() -> list[str]:
    """The names of all experiments."""
    return list(_PACKAGES)


def experiment(name: str) -> Experiment[Any]:
    """The experiment of that name. Raises Problem if there is none."""
    if name not in _PACKAGES:
        raise Problem(
            N_("There is no experiment {name}; there are: {names}."),
            name=name,
            names=", ".join(_PACKAGES),
        )
    package = import_module(_PACKAGES[name])
    about = (package.__doc__ or "").strip().splitlines()[0]

    def run(config: Config, control: Control) -> Iterator[Event]:
        return thinned(import_module(f"{package.__name__}.run").run(config, control))

    validation = getattr(package, "VALIDATION", ())
    return Experiment(name, about, package.Config, run, validation)


def recipes() -> list[str]:
    """The experiments that have a recipe of shipped weights."""
    return [name for name in _PACKAGES if find_spec(f"{_PACKAGES[name]}.recipe")]


def rebuild(name: str, folder: Path, log: Callable[[str], None]) -> None:
    """Train an experiment's shipped models again, into ``folder``; ``log`` hears of the progress.

    One recipe may make several models. Raises Problem if there is none of that name or its data
    are not here.
    """
    if name not in recipes():
        raise Problem(
            N_("There is no shipped model {name}; there are: {names}."),
            name=name[:40],
            names=", ".join(recipes()),
        )
    import_module(f"{_PACKAGES[name]}.recipe").rebuild(folder, log)  # imports TensorFlow
