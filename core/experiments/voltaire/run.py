"""The run of the experiment voltaire."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from core.data.language import corpora
from core.events import Changed, Epoch, Event, Finished, Started, Step
from core.experiments.kit.control import Control
from core.experiments.voltaire.config import VoltaireConfig
from core.experiments.voltaire.script import keras_script
from core.messages import N_, Problem
from core.numeric.language.generation import generate
from core.numeric.language.language_model import LanguageModel
from core.numeric.language.ngram import NGram
from core.numeric.language.originality import words_of
from core.numeric.weights import export_model

SAMPLE_CHARS = 600
MIN_LETTERS = 3  # shorter words are hit by chance
MIN_CHARS = 5_000  # of a text to learn from
_WEIGHT_BYTES = 24_000_000  # of all epochs' weights together, else only the last are kept


@dataclass
class _Progress:
    """Where a run stands, and what it said last."""

    rate: float
    step: int = 0
    train_s: float = 0.0
    metrics: dict[str, float] = field(default_factory=dict)


def run(config: VoltaireConfig, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    Metrics: train_bits and valid_bits (bits per character; the state is carried through the whole
    held-out text), perplexity, known_words (share of the sample's words of three letters or more
    that the training text uses). Raises Problem if the text is missing or too short.
    """
    control = control or Control()
    training, held_out = corpora.splits(config.text_name)
    check_length(config, training)

    from core.models.language.char_lm import build_char_lm, to_numpy
    from core.models.language.char_training import CharTrainer
    from core.models.language.contiguous import endless_batches, vocabulary_of

    vocabulary = vocabulary_of(training)
    model = build_char_lm(
        len(vocabulary),
        config.cell,
        config.units,
        config.layers,
        config.embedding_dim,
        config.dropout,
        config.seed,
    )
    trainer = CharTrainer(model, config.batch_size, config.sequence_length, config.clip_norm)
    steps = epoch_steps(config)
    yield Started(
        "voltaire",
        config.to_dict(),
        model.count_params(),
        steps * config.epochs,
        config.epochs,
        ngram_lines(config.text_name, training, held_out),
    )

    now = _Progress(config.learning_rate)
    words = set(words_of(training))
    ids = to_numpy(model, config.cell, vocabulary).encode(training)
    batches = endless_batches(ids, config.batch_size, config.sequence_length)
    keep = 4 * model.count_params() * config.epochs <= _WEIGHT_BYTES
    trained = to_numpy(model, config.cell, vocabulary)
    for epoch in range(1, config.epochs + 1):
        losses: list[float] = []
        yield from _epoch(config, control, trainer, batches, now, epoch, steps, losses)
        if losses:
            trained = to_numpy(model, config.cell, vocabulary)
            sample, metrics = _score(config, control, trained, held_out, words)
            metrics = {"train_bits": float(np.mean(losses)), **metrics}
            now.metrics = {"epoch": epoch, "train_s": now.train_s, **metrics}
            arrays = trained.weights if keep or epoch == config.epochs else {}
            yield Epoch(
                epoch,
                now.step,
                now.train_s,
                metrics,
                dict(arrays),
                {"sample": sample, "vocabulary": vocabulary},
            )
        if control.stopped:
            break
    final = {**now.metrics, "params": model.count_params()}
    yield Finished(final, dict(trained.weights), _files(config, trainer, trained), control.stopped)


def check_length(config: VoltaireConfig, training: str) -> None:
    """Raise Problem if the training text is too short for a batch of this config."""
    needed = max(MIN_CHARS, config.batch_size * config.sequence_length + 1)
    if len(training) < needed:
        raise Problem(
            N_(
                "The text has {given} characters to learn from; a batch of {batch} pieces of "
                "{length} needs {needed}. Bring a longer text, or choose a smaller batch."
            ),
            given=len(training),
            batch=config.batch_size,
            length=config.sequence_length,
            needed=needed,
        )


def epoch_steps(config: VoltaireConfig) -> int:
    """Batches in an epoch of this config."""
    return max(1, config.epoch_chars // (config.batch_size * config.sequence_length))


def ngram_lines(name: str, training: str, held_out: str) -> dict[str, float]:
    """Bits per character of the n-gram models of order 1 to 7 on the same two texts.

    Recorded for the Voltaire corpus, where counting takes seconds; counted now for others.
    """
    if name == "voltaire":
        recorded = _recorded_lines()
        if recorded:
            return recorded
    bits = NGram.fit(training).bits_per_char_by_order(held_out)
    return {f"ngram_{order}": value for order, value in enumerate(bits, 1)}


def _recorded_lines() -> dict[str, float]:
    from core import pretrained  # only this line of the lesson needs the shipped card

    if "voltaire" not in pretrained.names():
        return {}
    _, card = pretrained.load("voltaire", LanguageModel)
    return dict(card["metrics"]["ngram_bits_on_validation"]["voltaire"])


def _epoch(config, control, trainer, batches, now, epoch, steps, losses) -> Iterator[Event]:
    """An epoch's steps; ``now`` and ``losses`` are brought up to date."""
    for i in range(steps):
        for name, value in control.checkpoint().items():
            now.rate = value
            yield Changed(now.step + 1, name, value)
        if control.stopped:
            return
        inputs, targets, wrapped = next(batches)
        if wrapped:
            trainer.reset_state()
        waited = _Waited(control)
        began = time.perf_counter()
        loss = trainer.step(inputs, targets, now.rate * config.decay ** (epoch - 1), waited)
        now.train_s += time.perf_counter() - began - waited.seconds
        now.step += 1
        losses.append(loss)
        yield Step(now.step, epoch - 1 + (i + 1) / steps, now.train_s, {"train_bits": loss})


class _Waited:
    """Called between two compiled calls of a step: waits while paused, and counts it."""

    def __init__(self, control: Control):
        self.seconds = 0.0
        self._control = control

    def __call__(self) -> None:
        began = time.perf_counter()
        self._control.wait()
        self.seconds += time.perf_counter() - began


def _score(config, control, model: LanguageModel, held_out: str, words: set[str]):
    """A sample and the epoch's metrics on held-out text, short of the training loss."""
    bits = []
    for piece in model.surprise_pieces(held_out):
        bits.append(piece)
        control.wait()
    valid = float(np.concatenate(bits).mean())
    sample = ""
    for part in generate(model, "", SAMPLE_CHARS, config.temperature, seed=config.seed):
        sample = part.so_far
        control.wait()
    long_words = [word for word in words_of(sample) if len(word) >= MIN_LETTERS]
    known = float(np.mean([word in words for word in long_words])) if long_words else 0.0
    return sample, {"valid_bits": valid, "perplexity": 2**valid, "known_words": known}


def _files(config: VoltaireConfig, trainer, trained: LanguageModel):
    from core.models.saving import keras_bytes

    return {
        "model.keras": keras_bytes(trainer.model),
        "model.zip": export_model(trained, {"experiment": "voltaire", "config": config.to_dict()}),
        "train.py": keras_script(
            config, trained.vocabulary, trainer.rows, epoch_steps(config)
        ).encode(),
    }
