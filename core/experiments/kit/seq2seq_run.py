"""The run of every network that reads one text and writes another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.events import Metrics
from core.experiments.kit.control import Control
from core.experiments.kit.notebook import keras_files
from core.experiments.kit.run import Scores, Training, half_cosine, stacked
from core.numeric.activations import log_softmax
from core.numeric.language.codec import PAD, decoder_inputs
from core.numeric.language.seq2seq import Seq2Seq, Weights

SHOWN = 400  # test questions whose written answers every epoch tells
_PART = 250  # test questions in one compiled call


@dataclass(frozen=True)
class Texts:
    """Questions and answers as ids, int32 (n, question_length) and (n, answer_length)."""

    questions: np.ndarray
    answers: np.ndarray

    def __len__(self) -> int:
        return len(self.questions)

    def __getitem__(self, which: slice | np.ndarray) -> "Texts":
        return Texts(self.questions[which], self.answers[which])


@dataclass(frozen=True)
class Seq2SeqTask:
    """What an experiment gives to be learned.

    training: an update's number (from 0) -> its batch of texts.
    test: what every epoch is scored on. final_test: what the last is scored on. groups: name of a
    metric -> the group of each text of ``final_test``, str (n,), whose first are ``test``.
    references: as in Started. arrays: kept with every epoch, so that its figures can be drawn.
    """

    training: Callable[[int], Texts]
    test: Texts
    final_test: Texts
    groups: Mapping[str, np.ndarray]
    references: Metrics = field(default_factory=dict)
    arrays: Mapping[str, np.ndarray] = field(default_factory=dict)


class Seq2SeqTraining(Training):
    """The training of a network that answers.

    config: has codec, architecture, units, embedding_dim, teacher_forcing, batch_size,
    learning_rate, clip_norm, epochs, epoch_updates and seed. Metrics: exact_match, the share of
    test questions whose whole answer is right; char_accuracy, the share of its characters that are
    right when those before are given; test_loss (nats a character), train_loss; of each of
    ``groups`` a mapping from a group to its exact_match. Arrays of an epoch: right, bool (test,);
    answers, int8 (SHOWN, steps), the ids that it wrote; those of the task; "weights/" before the
    names of ``core.numeric.language.seq2seq.Seq2Seq``.
    """

    def __init__(self, config: Any, control: Control | None, task: Seq2SeqTask):
        from core.models.language.seq2seq import FreeRunning, build_seq2seq
        from core.models.supervised import Trainer

        super().__init__(config, control)
        self.task = task
        self._network = network = build_seq2seq(
            config.codec.size,
            config.architecture,
            config.units,
            embedding_dim=config.embedding_dim,
            answer_length=task.test.answers.shape[1],
            seed=config.seed,
        )
        self.model = network.whole
        self.updates = config.epoch_updates
        self.references = task.references
        model: Any = network.whole
        if not config.teacher_forcing:
            model = FreeRunning(network)
            one = task.test[:1]
            model([one.questions, decoder_inputs(one.answers)])  # so that it knows its weights
        self.trainer = Trainer(model, "crossentropy", clip_norm=config.clip_norm)

    def rate(self, rate: float, epoch: int) -> float:
        """It falls along half a cosine."""
        return half_cosine(rate, epoch, self.epochs)

    def batches(
        self, chosen: range, update: int
    ) -> tuple[list[np.ndarray], np.ndarray, np.ndarray]:
        """Questions with what the decoder reads, answers, and which characters count."""
        texts = map(self.task.training, chosen)
        questions, inputs, answers = stacked(
            (some.questions, decoder_inputs(some.answers), some.answers) for some in texts
        )
        return [questions, inputs], answers, (answers != PAD).astype(np.float32)

    def score(self, last: bool) -> Scores:
        """A greedy answer is right if every character is the likeliest after the right ones before.

        So one call with the right answers given tells what writing them would.
        """
        task, test = self.task, self.task.final_test if last else self.task.test
        logits = self.in_parts(self._logits, test, _PART)
        given = test.answers != PAD
        hits = logits.argmax(-1) == test.answers
        right = (hits | ~given).all(1)
        surprise = -np.take_along_axis(log_softmax(logits), test.answers[..., None], -1)[..., 0]
        metrics: dict[str, Any] = {
            "exact_match": float(right.mean()),
            "char_accuracy": float(hits[given].mean()),
            "test_loss": float(surprise[given].mean()),
        }
        for name, group in task.groups.items():
            metrics[name] = by_group(right, group[: len(test)])
        arrays = {"right": right[: len(task.test)], **task.arrays, "answers": self._answers()}
        return Scores(metrics, arrays)

    def _logits(self, texts: Texts) -> np.ndarray:
        return self.trainer.predict([texts.questions, decoder_inputs(texts.answers)], _PART)

    def _answers(self) -> np.ndarray:
        """What the network writes to the first test questions, ids (SHOWN, steps)."""
        longest = self.task.test.answers.shape[1]
        model = model_of(self.config, self.weights())
        ids = model.ids(self.task.test.questions[:SHOWN], longest)
        self.control.wait()
        return np.pad(ids, ((0, 0), (0, longest - ids.shape[1]))).astype(np.int8)

    def weights(self) -> dict[str, np.ndarray]:
        """The weights by the names of ``core.numeric.language.seq2seq.Seq2Seq``."""
        from core.models.language.seq2seq import named_weights

        return named_weights(self._network)

    def code(self) -> dict[str, bytes]:
        """See ``seq2seq_code``."""
        return seq2seq_code(self.name, self.config, self.task.test.answers.shape[1])


def model_of(config: Any, weights: Weights) -> Seq2Seq:
    """A run's network for NumPy. config: has codec and architecture."""
    return Seq2Seq(config.codec, config.architecture, weights)


def seq2seq_code(name: str, config: Any, answer_length: int) -> dict[str, bytes]:
    """The Keras code of a run whose longest answer takes so many steps, by file name."""
    a = config.architecture
    return keras_files(
        name,
        config,
        SYMBOLS=config.codec.symbols,
        QUESTION=a.question_length,
        ANSWER=answer_length,
        ENCODER=a.encoder,
        ATTENTION=a.attention,
        MASKED=a.masked,
    )


def by_group(right: np.ndarray, group: np.ndarray) -> dict[str, float]:
    """Share that is right in each group, by their names' lengths and letters; "" is none."""
    names = sorted(set(group.tolist()) - {""}, key=lambda name: (len(name), name))
    return {name: float(right[group == name].mean()) for name in names}
