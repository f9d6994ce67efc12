"""The run of every network that reads one text and writes another."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.events import Changed, Epoch, Event, Finished, Metrics, Started, Step
from core.experiments.kit.control import Control
from core.experiments.kit.schedule import half_cosine
from core.numeric.language.codec import PAD, Codec, fed
from core.numeric.language.language_model import log_softmax
from core.numeric.language.seq2seq import Architecture, Seq2Seq

SHOWN = 400  # test questions whose written answers every epoch tells
_AT_ONCE = 250  # test questions in one compiled call
_WEIGHT_BYTES = 24_000_000  # of all epochs' weights together, else only the last are kept


@dataclass(frozen=True)
class Texts:
    """Questions and answers as ids, int32 (n, question_length) and (n, answer_length)."""

    questions: np.ndarray
    answers: np.ndarray

    def __len__(self) -> int:
        return len(self.questions)

    def __getitem__(self, which) -> "Texts":
        return Texts(self.questions[which], self.answers[which])


@dataclass(frozen=True)
class Task:
    """What an experiment gives to be learned.

    training: (first update, how many) -> the texts of these updates, one batch after the other.
    test: what every epoch is scored on. final_test: what the last is scored on. groups: name of a
    metric -> the group of each text of ``final_test``, str (n,), whose first are ``test``.
    references: as in Started. arrays: kept with every epoch, so that its figures can be drawn.
    """

    experiment: str
    codec: Codec
    architecture: Architecture
    training: Callable[[int, int], Texts]
    test: Texts
    final_test: Texts
    groups: Mapping[str, np.ndarray]
    references: Metrics = field(default_factory=dict)
    arrays: Mapping[str, np.ndarray] = field(default_factory=dict)


@dataclass
class _Progress:
    """Where the run stands, and what it said last."""

    rate: float
    step: int = 0
    metrics: dict[str, Any] = field(default_factory=dict)


def train(config: Any, control: Control, task: Task, script: Callable[[], str]) -> Iterator[Event]:
    """Train and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    config: has units, embedding_dim, teacher_forcing, batch_size, learning_rate, clip_norm,
    epochs, epoch_updates and seed. Metrics: exact_match, the share of test questions whose whole
    answer is right; char_accuracy, the share of its characters that are right when those before are
    given; test_loss (nats a character), train_loss; of each of ``groups`` a mapping from a group to
    its exact_match. Arrays of an epoch: right, bool (test,); answers, int8 (SHOWN, steps), the ids
    that it wrote; those of the task; "weights/" before the names of
    ``core.numeric.seq2seq.Seq2Seq``.
    """
    from core.models.language.seq2seq import FreeRunning, build_seq2seq, named_weights
    from core.models.supervised import Trainer

    network = build_seq2seq(
        task.codec.size,
        task.architecture,
        config.units,
        embedding_dim=config.embedding_dim,
        answer_length=task.test.answers.shape[1],
        seed=config.seed,
    )
    params = network.whole.count_params()
    updates = config.epochs * config.epoch_updates
    yield Started(
        task.experiment, config.to_dict(), params, updates, config.epochs, task.references
    )
    model: Any = network.whole
    if not config.teacher_forcing:
        model = FreeRunning(network)
        model([task.test.questions[:1], fed(task.test.answers[:1])])  # so that it knows its weights
    trainer = Trainer(model, "crossentropy", clip_norm=config.clip_norm)
    now = _Progress(config.learning_rate)
    keep = 4 * params * config.epochs <= _WEIGHT_BYTES
    for epoch in range(1, config.epochs + 1):
        losses: list[float] = []
        yield from _epoch(config, control, task, trainer, now, epoch, losses)
        last = epoch == config.epochs or control.stopped
        if losses:
            weights = named_weights(network)
            test = task.final_test if last else task.test
            metrics, right = _score(control, trainer, test, task.groups)
            now.metrics = {"train_loss": float(np.mean(losses)), **metrics}
            arrays = {"right": right[: len(task.test)], **task.arrays}
            arrays["answers"] = _answers(control, task, weights)
            if keep or last:
                arrays |= {f"weights/{name}": array for name, array in weights.items()}
            yield Epoch(epoch, now.step, trainer.train_s, now.metrics, arrays)
        if control.stopped:
            break
    final = {**now.metrics, "train_s": trainer.train_s, "params": params}
    yield Finished(
        final,
        named_weights(network),
        _files(network, script),
        control.stopped,
    )


def _epoch(config, control, task, trainer, now, epoch, losses) -> Iterator[Event]:
    """An epoch's updates, in compiled calls that are short enough to wait between."""
    updates, done = config.epoch_updates, 0
    while done < updates:
        for name, value in control.checkpoint().items():
            now.rate = value
            yield Changed(now.step + 1, name, value)
        if control.stopped:
            return
        count = min(updates - done, trainer.calls_for())
        texts = task.training(now.step, count)
        asked, answers = (
            a.reshape(count, config.batch_size, -1) for a in (texts.questions, texts.answers)
        )
        given = fed(texts.answers).reshape(answers.shape)
        rate = half_cosine(now.rate, epoch, config.epochs)
        told = (answers != PAD).astype(np.float32)
        for loss in trainer.steps([asked, given], answers, rate, told):
            done += 1
            now.step += 1
            losses.append(float(loss))
            at = epoch - 1 + done / updates
            yield Step(now.step, at, trainer.train_s, {"train_loss": float(loss)})


def _score(control, trainer, test: Texts, groups) -> tuple[dict[str, Any], np.ndarray]:
    """The metrics on a test set, and which answers are right, bool (test,).

    A greedy answer is right exactly if every character is the likeliest after the right ones
    before it; so one call with the right answers given tells what writing them would.
    """
    right, characters, losses = [], [], []
    for at in range(0, len(test), _AT_ONCE):
        part = test[at : at + _AT_ONCE]
        logits = trainer.predict([part.questions, fed(part.answers)], _AT_ONCE)
        told = part.answers != PAD
        hits = logits.argmax(-1) == part.answers
        right.append((hits | ~told).all(1))
        characters.append(hits[told])
        surprise = -np.take_along_axis(log_softmax(logits), part.answers[..., None], -1)[..., 0]
        losses.append(surprise[told])
        control.wait()
    rights = np.concatenate(right)
    metrics: dict[str, Any] = {
        "exact_match": float(rights.mean()),
        "char_accuracy": float(np.concatenate(characters).mean()),
        "test_loss": float(np.concatenate(losses).mean()),
    }
    for name, group in groups.items():
        metrics[name] = by_group(rights, group[: len(test)])
    return metrics, rights


def by_group(right: np.ndarray, group: np.ndarray) -> dict[str, float]:
    """Share that is right in each group, by their names' lengths and letters; "" is none."""
    names = sorted(set(group.tolist()) - {""}, key=lambda name: (len(name), name))
    return {name: float(right[group == name].mean()) for name in names}


def _answers(control, task: Task, weights) -> np.ndarray:
    """What the network writes to the first test questions, ids (SHOWN, steps)."""
    model = Seq2Seq(task.codec, task.architecture, weights)
    asked = task.test.questions[:SHOWN]
    longest = task.test.answers.shape[1]
    ids = model.ids(asked, longest)
    control.wait()
    return np.pad(ids, ((0, 0), (0, longest - ids.shape[1]))).astype(np.int8)


def _files(network, script) -> dict[str, bytes]:
    from core.models.saving import keras_bytes

    return {"model.keras": keras_bytes(network.whole), "train.py": script().encode()}
