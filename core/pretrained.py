"""Shipped weights: listed, loaded, verified, saved; ``core.experiments.rebuild`` makes them again.

Each model is two files in assets/weights: NAME.npz, the weights in half precision, and NAME.json,
its card: what kind of network it is, sha256 of the weights, and where it comes from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from core.messages import N_, Problem
from core.numeric.autoencoders.autoencoder import Autoencoder
from core.numeric.autoencoders.linear_autoencoder import LinearAutoencoder
from core.numeric.autoencoders.lstm_autoencoder import LSTMAutoencoder
from core.numeric.language.answering.answerer import StoryAnswerer
from core.numeric.language.classify.classifier import TextClassifier
from core.numeric.language.embeddings.space import WordSpace
from core.numeric.language.language_model import LanguageModel
from core.numeric.language.seq2seq import Seq2Seq
from core.numeric.language.tagging.tagger import Tagger
from core.numeric.language.thoughts.networks import ParagraphVectors
from core.numeric.sound.listener import Listener
from core.numeric.weights import read_card, read_npz, write_npz

WEIGHTS = Path(__file__).resolve().parent.parent / "assets" / "weights"

Card = Mapping[str, Any]
_Model = TypeVar(
    "_Model",
    LanguageModel,
    Seq2Seq,
    LinearAutoencoder,
    Autoencoder,
    LSTMAutoencoder,
    WordSpace,
    ParagraphVectors,
    TextClassifier,
    Tagger,
    StoryAnswerer,
    Listener,
)
# What stands in the card of one kind of model only -> that kind.
_KINDS = {
    "cell": LanguageModel,
    "architecture": Seq2Seq,
    "latent_dim": LinearAutoencoder,
    "autoencoder": Autoencoder,
    "lstm_autoencoder": LSTMAutoencoder,
    "word_vectors": WordSpace,
    "paragraph_words": ParagraphVectors,
    "text_network": TextClassifier,
    "tag_network": Tagger,
    "answer_network": StoryAnswerer,
    "listener": Listener,
}


def names() -> list[str]:
    """The names of the shipped models."""
    return sorted(path.stem for path in WEIGHTS.glob("*.json") if path.with_suffix(".npz").exists())


def card(name: str) -> Card:
    """A shipped model's card. Raises Problem if there is no such model."""
    file = _files(name)[1]
    return _card(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=100)
def _card(file: Path, _changed: int) -> Card:
    return read_card(file.read_bytes())


@cache
def load(name: str, kind: type[_Model]) -> tuple[_Model, Card]:
    """A shipped model of a kind and its card, read once. Raises Problem if there is none."""
    about = card(name)
    if kind_of(about) is not kind:
        raise _no_model(name, [other for other in names() if kind_of(card(other)) is kind])
    return kind.of(about, read_npz(_files(name)[0].read_bytes())), about


def kind_of(about: Card) -> type[Any]:
    """The kind of model that a card describes."""
    return next(kind for key, kind in _KINDS.items() if key in about)


def load_all() -> None:
    """Read every shipped model, so that nobody waits for one later."""
    for name in names():
        load(name, kind_of(card(name)))


def verify(name: str) -> bool:
    """Whether the weights have the hash that the card states. Raises Problem if there are none."""
    weights, _card = _files(name)
    return hashlib.sha256(weights.read_bytes()).hexdigest() == card(name).get("sha256")


def save(name: str, model: Any, card: Card, folder: Path = WEIGHTS) -> None:
    """Write a model's two files; what kind it is and the weights' hash are added to its card."""
    weights = write_npz(model.weights)
    about = {**card, **model.about, "sha256": hashlib.sha256(weights).hexdigest()}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.npz").write_bytes(weights)
    text = json.dumps(about, ensure_ascii=False, indent=1) + "\n"
    (folder / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")


def as_stored(model: _Model) -> _Model:
    """The model in the half precision in which it is stored: what is to be scored."""
    return type(model).of(model.about, read_npz(write_npz(model.weights)))


def _files(name: str) -> tuple[Path, Path]:
    if name not in names():
        raise _no_model(name, names())
    return WEIGHTS / f"{name}.npz", WEIGHTS / f"{name}.json"


def _no_model(name: str, known: list[str]) -> Problem:
    return Problem(
        N_("There is no shipped model {name}; there are: {names}."),
        name=name[:40],
        names=", ".join(known) or "-",
    )
