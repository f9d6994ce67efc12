"""What is shipped: paragraph vectors of Voltaire's tales, and what a writer holds of Candide."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from core import pretrained
from core.data.language import corpora
from core.data.language.passages import passages
from core.events import Metrics
from core.experiments.kit import recipe
from core.experiments.kit.run import train
from core.experiments.thought_vectors.config import ThoughtVectorsConfig
from core.experiments.thought_vectors.task import tales
from core.numeric.language.embeddings.space import unit
from core.numeric.language.language_model import LanguageModel
from core.numeric.language.thoughts.networks import CharacterReader
from core.numeric.weights import read_npz, write_npz

NAME = "thought-vectors"
CONFIG = ThoughtVectorsConfig(corpus="voltaire", words=5_000, epochs=10)
_BOOK = "voltaire_candide"
_STATES = "thought-vectors_facts.npz"
_DIGEST_BYTES = 8
Log = Callable[[str], None]


def rebuild(folder: Path, log: Log) -> None:
    """Learn of Voltaire's tales, Candide among them, which is searched; ``log`` hears of it.

    What paragraph vectors are worth is measured by runs that hold books out, not by this one.
    Raises Problem if a text is not on this machine.
    """
    from core.experiments.thought_vectors.run import ThoughtVectors

    training = ThoughtVectors(CONFIG, None, tales(held_out=(), judges=("voltaire_micromegas",)))
    done, seconds = recipe.follow(NAME, train(training), log, _line)
    model: Any = training.encoder()
    recipe.publish(
        NAME,
        model,
        folder,
        seconds=seconds,
        about="Paragraph vectors of Voltaire's tales, Candide among them.",
        config=CONFIG.to_dict(),
        metrics={"train_loss": done.metrics["train_loss"], "params": model.params},
    )
    began = time.perf_counter()
    write_states(folder)
    log(f"states of the language model: {time.perf_counter() - began:.0f} s")


def write_states(folder: Path) -> None:
    """Keep what the shipped language model holds after each passage of Candide."""
    reader = CharacterReader(pretrained.load("voltaire", LanguageModel)[0])
    states = unit(reader.states([passage.words for passage in passages(_BOOK)]))
    packed = {"states": states, "digest": _start(corpora.digest(_BOOK))}
    (folder / _STATES).write_bytes(write_npz(packed))


def read_states(name: str, digest: str, count: int) -> np.ndarray | None:
    """The kept states of a text's passages, (count, units); None if they are not of this text.

    digest: of the text, as ``corpora.digest`` gives it.
    """
    path = pretrained.WEIGHTS / _STATES
    if name != _BOOK or not path.is_file():
        return None
    stored = read_npz(path.read_bytes())
    same = np.array_equal(stored["digest"], _start(digest)) and len(stored["states"]) == count
    return unit(stored["states"].astype(np.float32)) if same else None


def _start(digest: str) -> np.ndarray:
    """The first bytes of a hash as numbers that half precision holds."""
    return np.frombuffer(bytes.fromhex(digest)[:_DIGEST_BYTES], np.uint8).astype(np.float16)


def _line(metrics: Metrics) -> str:
    return ", ".join(f"{name} {value:.3f}" for name, value in metrics.items())
