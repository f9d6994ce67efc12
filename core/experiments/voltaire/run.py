"""The run of the experiment voltaire."""

from collections.abc import Iterator

import numpy as np

from core.data.language import corpora
from core.events import Event
from core.experiments.kit.control import Control
from core.experiments.kit.notebook import keras_files
from core.experiments.kit.run import Scores, Training, train
from core.experiments.voltaire.config import VoltaireConfig
from core.messages import N_, Problem
from core.numeric.language.generation import generate
from core.numeric.language.language_model import LanguageModel
from core.numeric.language.ngram import NGram
from core.numeric.language.originality import words_of
from core.numeric.weights import export_model

SAMPLE_CHARS = 600
MIN_LETTERS = 3  # shorter words are hit by chance
MIN_CHARS = 5_000  # of a text to learn from


def run(config: VoltaireConfig, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    Metrics: train_bits and valid_bits (bits per character; the state is carried through the whole
    held-out text), perplexity, known_words (share of the sample's words of three letters or more
    that the training text uses). Raises Problem if the text is missing or too short.
    """
    yield from train(_Voltaire(config, control))


class _Voltaire(Training):
    name = "voltaire"
    loss = "train_bits"

    def __init__(self, config: VoltaireConfig, control: Control | None):
        training, self._held_out = corpora.splits(config.text_name)
        check_length(config, training)

        from core.models.language.char_lm import build_char_lm
        from core.models.language.char_training import CharTrainer
        from core.models.language.contiguous import endless_batches, vocabulary_of

        super().__init__(config, control)
        self._vocabulary = vocabulary_of(training)
        self.model = build_char_lm(
            len(self._vocabulary),
            config.cell,
            config.units,
            config.layers,
            config.embedding_dim,
            config.dropout,
            config.seed,
        )
        batch, length = config.batch_size, config.sequence_length
        self.trainer = CharTrainer(self.model, batch, length, config.clip_norm, self.control.wait)
        self.updates = max(1, config.epoch_chars // (batch * length))
        self.references = ngram_lines(config.text_name, training, self._held_out)
        self._words = set(words_of(training))
        self._batches = endless_batches(self._in_numpy().encode(training), batch, length)

    def _in_numpy(self) -> LanguageModel:
        from core.models.language.char_lm import to_numpy

        return to_numpy(self.model, self.config.cell, self._vocabulary)

    def rate(self, rate: float, epoch: int) -> float:
        return rate * self.config.decay ** (epoch - 1)

    def batches(self, chosen: range, update: int) -> tuple[np.ndarray, np.ndarray]:
        inputs, targets, wrapped = next(self._batches)
        if wrapped:
            self.trainer.reset_state()
        return inputs[None], targets[None]

    def score(self, last: bool) -> Scores:
        config, model = self.config, self._in_numpy()
        valid = model.bits_per_char(self._held_out, lambda _share: self.control.wait())
        sample = ""
        for part in generate(model, "", SAMPLE_CHARS, config.temperature, seed=config.seed):
            sample = part.so_far
            self.control.wait()
        long_words = [word for word in words_of(sample) if len(word) >= MIN_LETTERS]
        known = float(np.mean([word in self._words for word in long_words])) if long_words else 0.0
        metrics = {"valid_bits": valid, "perplexity": 2**valid, "known_words": known}
        return Scores(metrics, texts={"sample": sample, "vocabulary": self._vocabulary})

    def weights(self) -> dict[str, np.ndarray]:
        return dict(self._in_numpy().weights)

    def files(self) -> dict[str, bytes]:
        about = {"experiment": self.name, "config": self.config.to_dict()}
        return {**super().files(), "model.zip": export_model(self._in_numpy(), about)}

    def code(self) -> dict[str, bytes]:
        training, held_out = corpora.splits(self.config.text_name)
        return keras_files(
            self.name,
            self.config,
            {"training.txt": training.encode(), "held_out.txt": held_out.encode()},
            VOCABULARY=self._vocabulary,
            ROWS=list(self.trainer.rows),
            STEPS=self.updates,
            TEXT_SHA256=self.config.upload if self.config.corpus == "upload" else "",
        )


def check_length(config: VoltaireConfig, training: str) -> None:
    """Raise Problem if the training text is too short for a batch of this config."""
    needed = max(MIN_CHARS, config.batch_size * config.sequence_length + 1)
    if len(training) < needed:
        raise Problem(
            N_(
                "The text has {given} characters to learn from; a batch of {batch} pieces "
                "of {length} needs {needed}. Upload a longer text, or choose a smaller "
                "batch."
            ),
            given=len(training),
            batch=config.batch_size,
            length=config.sequence_length,
            needed=needed,
        )


def ngram_lines(name: str, training: str, held_out: str) -> dict[str, float]:
    """Bits per character of the n-gram models of order 1 to 7 on the same two texts.

    Recorded for the Voltaire corpus, where counting takes seconds; counted now for others.
    """
    from core import pretrained  # only here the lesson needs the shipped card

    if name == "voltaire" and name in pretrained.names():
        return dict(pretrained.card(name)["metrics"]["ngram_bits_on_validation"][name])
    bits = NGram.fit(training).bits_per_char_by_order(held_out)
    return {f"ngram_{order}": value for order, value in enumerate(bits, 1)}
