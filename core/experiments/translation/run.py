"""The run of the experiment translation."""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from core.events import Event
from core.experiments.kit.control import Control
from core.experiments.kit.notebook import keras_files
from core.experiments.kit.run import Scores, Training, half_cosine, train
from core.experiments.translation.config import TranslationConfig
from core.experiments.translation.task import Task, translations
from core.numeric.activations import log_softmax
from core.numeric.language.codec import PAD, decoder_inputs
from core.numeric.language.seq2seq import Seq2Seq
from core.numeric.language.translation.scores import bleu, chrf

SHOWN = 100  # held-out sentences whose translations every epoch tells
_EPOCH_PAIRS = 300  # held-out pairs that an epoch but the last is scored on
_PART = 100  # sentences whose loss is computed at once


def run(config: TranslationConfig, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    Scored on the validation part, at the end on all of it; the test part is not looked at. Metrics:
    bleu, chrf (0 to 100, greedy, one reference), exact_match (share of translations that are the
    reference), test_loss, train_loss (nats a piece); with the last, of the same sentences,
    baseline_ibm1 and baseline_memory, BLEU of what translates word for word by IBM's model 1 and of
    what gives the nearest known sentence's translation. Texts of an epoch: "shown", a line each of
    SHOWN sentences: source, reference and translation, parted by tabs; with the first epoch the
    array card (JSON, as of ``Seq2Seq.about``). Raises Problem if the data are missing.
    """
    yield from train(_Translation(config, control))


class _Translation(Training):
    name = "translation"
    weight_type = np.float16

    def __init__(self, config: TranslationConfig, control: Control | None):
        from core.models.language.seq2seq import build_seq2seq, piece_loss
        from core.models.supervised import Trainer

        super().__init__(config, control)
        self._task = task = Task.of(config)
        codec = task.codec
        self.control.wait()
        self._learned = task.learned
        self.control.wait()
        self._network = build_seq2seq(
            codec.size,
            config.architecture,
            config.units,
            embedding_dim=config.embedding_dim,
            answer_length=None,
            read_symbols=codec.read_size,
            tied=True,
            dropout=config.dropout,
            seed=config.seed,
        )
        self.model = self._network.whole
        self.updates = config.epoch_updates
        self.trainer = Trainer(self.model, piece_loss, clip_norm=config.clip_norm)
        self._order: list[Any] = []
        self._passed = 0
        card = json.dumps(Seq2Seq(codec, config.architecture, {}).about, ensure_ascii=False)
        self.first_arrays = {"card": np.frombuffer(card.encode(), np.uint8)}

    def order(self, epoch: int) -> list[tuple[int, np.ndarray]]:
        """The batches of an epoch, cut from the times through all pairs."""
        while len(self._order) < self.updates:
            batches = self._task.batches(self._passed)
            self._passed += 1
            self._order += batches
        chosen, self._order = self._order[: self.updates], self._order[self.updates :]
        return chosen

    def rate(self, rate: float, epoch: int) -> float:
        return half_cosine(rate, epoch, self.epochs)

    def batches(
        self, chosen: list[tuple[int, np.ndarray]], update: int
    ) -> tuple[list[np.ndarray], np.ndarray]:
        shape, made = chosen[0][0], []
        for own, places in chosen:  # batches of one shape go into one call
            if own != shape:
                break
            made.append([ids[places] for ids in self._learned[shape]])
        asked, told = (np.stack(ids) for ids in zip(*made, strict=True))
        given = np.stack([decoder_inputs(ids) for ids in told])
        return [asked, given], told

    def score(self, last: bool) -> Scores:
        task = self._task
        pairs = task.parts.validation[: None if last else _EPOCH_PAIRS]
        model = Seq2Seq(task.codec, self.config.architecture, self.weights())
        sources, references = task.sources(pairs), task.references(pairs)
        told = translations(model, sources, self.control.wait)
        same = [a == b for a, b in zip(told, references, strict=True)]
        metrics = {
            "bleu": bleu(told, references),
            "chrf": chrf(told, references),
            "exact_match": float(np.mean(same)),
            "test_loss": self._loss(sources, task.targets(pairs)),
        }
        rows = zip(sources[:SHOWN], references, told, strict=False)
        return Scores(metrics, {}, {"shown": "\n".join("\t".join(row) for row in rows)})

    def _loss(self, sources: list[str], targets: list[str]) -> float:
        """Nats a piece of the right translations."""
        codec = self._task.codec
        asked, right = codec.questions(sources), codec.answers(targets)
        surprise = []
        for at in range(0, len(asked), _PART):
            part = slice(at, at + _PART)
            logits = self.trainer.predict([asked[part], decoder_inputs(right[part])], _PART)
            told = np.take_along_axis(log_softmax(logits), right[part, :, None], -1)[..., 0]
            surprise.append(-told[right[part] != PAD])
            self.control.wait()
        return float(np.concatenate(surprise).mean())

    def weights(self) -> dict[str, np.ndarray]:
        from core.models.language.seq2seq import named_weights

        return named_weights(self._network)

    def end(self) -> Scores:
        from core.models.language.translation_memory import nearest

        task = self._task
        pairs, known = task.parts.validation, task.parts.training
        sources, references = task.sources(pairs), task.references(pairs)
        best = task.dictionary(self.control.wait).likeliest()
        language = self.config.languages[0]
        places = nearest(task.sources(known), sources, language, self.control.wait)
        return Scores(
            {
                "baseline_ibm1": bleu(task.word_for_word(sources, best), references),
                "baseline_memory": bleu(
                    task.references([known[place] for place in places]), references
                ),
            }
        )

    def code(self) -> dict[str, bytes]:
        task, config = self._task, self.config
        files = {"data.npz": task.as_npz()}
        sizes = {"READ": task.codec.read_size, "WRITTEN": task.codec.size}
        return {**keras_files(self.name, config, files, **sizes), **files}
