"""The run of the experiment sequence-class."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from core.data.sequences.labelled import Labelled, labelled
from core.events import Changed, Epoch, Event, Finished, Started, Step
from core.experiments.kit.control import Control
from core.experiments.kit.schedule import half_cosine
from core.experiments.sequence_class.config import SequenceClassConfig
from core.experiments.sequence_class.script import data_file, keras_script

SHOWN = 40  # held-out sequences that a page can open
_LOOKED = 240  # held-out sequences over which a class is averaged
_LEAST_UPDATES = 20  # of an epoch: a small set is read several times
_PART = 250  # sequences in one compiled call
_WEIGHT_BYTES = 8_000_000  # of all epochs' weights together, else only the last are kept


@dataclass
class _Progress:
    """Where a run stands, and what it said last."""

    rate: float
    step: int = 0
    pending: list[tuple[str, float]] = field(default_factory=list)
    metrics: dict[str, float] = field(default_factory=dict)


def run(config: SequenceClassConfig, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    A quarter of each class is held out; nothing is chosen by it, and the last epoch counts.
    Metrics: accuracy and test_loss (nats) on the held-out sequences, train_loss; with the last,
    baseline_majority, baseline_logistic_positions and baseline_logistic_counts, test_sequences.
    Arrays of an epoch: confusion (classes, classes), a row a true class; those of ``_looks``; the
    weights, "weights/" before their names in ``core.numeric.recurrent.sequence_classifier``.
    Raises Problem if the data are missing or no classes can be told in them.
    """
    control = control or Control()
    data = labelled(config.data, config.upload, config.seed)
    training, test = data.split(config.seed)
    inputs = data.scaled(training)

    from core.models.recurrent.class_baselines import class_baselines
    from core.models.recurrent.sequence_classifier import build_classifier, classifier_weights
    from core.models.supervised import Trainer

    model = build_classifier(
        data.steps,
        inputs.shape[-1],
        len(data.classes),
        config.cell,
        config.units,
        layers=config.layers,
        direction=config.direction,
        pooling=config.pooling,
        skip=config.skip,
        input_dropout=config.input_dropout,
        dropout=config.dropout,
        seed=config.seed,
    )
    beside = class_baselines(inputs, data.labels, training, test, letters=bool(data.letters))
    baselines = {f"baseline_{name}": value for name, value in beside.items()}
    updates = epoch_updates(config, len(training))
    yield Started(
        "sequence-class",
        config.to_dict(),
        model.count_params(),
        updates * config.epochs,
        config.epochs,
        baselines,
    )
    trainer = Trainer(model, "crossentropy", clip_norm=config.clip_norm)
    now = _Progress(config.learning_rate)
    keep = 4 * model.count_params() * config.epochs <= _WEIGHT_BYTES
    shown = shown_sequences(data, test)
    facts = {
        "sequences": "\n".join("\t".join(data.tokens[i]) for i in shown),
        "classes": "\n".join(data.classes),
        "letters": "\n".join(data.letters),
    }
    for epoch in range(1, config.epochs + 1):
        losses: list[float] = []
        for event in _epoch(config, control, trainer, inputs, data.labels, training, now, epoch):
            if isinstance(event, Step):
                losses.append(event.metrics["train_loss"])
            yield event
        if losses:
            metrics, arrays = _examine(control, trainer, inputs, data.labels, test)
            metrics = {"train_loss": float(np.mean(losses)), **metrics}
            now.metrics = {"epoch": epoch, "train_s": trainer.train_s, **metrics}
            arrays |= _looks(control, model, inputs, data, test, shown)
            if keep or epoch == config.epochs:
                arrays |= {f"weights/{n}": w for n, w in classifier_weights(model).items()}
            yield Epoch(epoch, now.step, trainer.train_s, metrics, arrays, facts)
        if control.stopped:
            break
    final = {**now.metrics, **baselines, "params": model.count_params()}
    final |= {"test_sequences": len(test), "train_sequences": len(training)}
    yield Finished(
        final,
        classifier_weights(model),
        _files(config, data, training, test, updates, trainer),
        control.stopped,
    )


def epoch_updates(config: SequenceClassConfig, training: int) -> int:
    """Updates an epoch: one reading of the training sequences, or several if they are few."""
    batch = min(config.batch_size, training)
    one = training // batch
    return one * math.ceil(_LEAST_UPDATES / one)


def batches(training: np.ndarray, config: SequenceClassConfig, epoch: int) -> np.ndarray:
    """The indices of an epoch's batches, (updates, batch)."""
    batch = min(config.batch_size, len(training))
    one = len(training) // batch
    rng = np.random.default_rng([config.seed, epoch])
    readings = epoch_updates(config, len(training)) // one
    orders = [rng.permutation(training)[: one * batch] for _ in range(readings)]
    return np.concatenate(orders).reshape(-1, batch)


def shown_sequences(data: Labelled, test: np.ndarray) -> np.ndarray:
    """Which held-out sequences a page can open: the classes in turn, at most SHOWN."""
    by_class = [list(test[data.labels[test] == c]) for c in range(len(data.classes))]
    taken: list[int] = []
    while len(taken) < min(SHOWN, len(test)):
        taken += [int(members.pop(0)) for members in by_class if members]
    return np.array(taken[:SHOWN])


def _epoch(config, control, trainer, inputs, labels, training, now, epoch) -> Iterator[Event]:
    """An epoch's updates, a Step each, in compiled calls that are short enough to wait between."""
    order = batches(training, config, epoch)
    done = 0
    while done < len(order):
        for name, value in control.checkpoint().items():
            now.rate = value
            yield Changed(now.step + 1, name, value)
        if control.stopped:
            return
        some = order[done : done + trainer.calls_for()]
        rate = half_cosine(now.rate, epoch, config.epochs)
        for loss in trainer.steps(inputs[some], labels[some].astype(np.int32), rate):
            done += 1
            now.step += 1
            at = epoch - 1 + done / len(order)
            yield Step(now.step, at, trainer.train_s, {"train_loss": float(loss)})


def _examine(control, trainer, inputs, labels, test):
    """Accuracy, loss and confusions on the held-out sequences."""
    logits = []
    for at in range(0, len(test), _PART):
        logits.append(trainer.predict(inputs[test[at : at + _PART]]))
        control.wait()
    outputs = np.concatenate(logits).astype(float)
    log_odds = outputs - outputs.max(1, keepdims=True)
    surprise = np.log(np.exp(log_odds).sum(1)) - log_odds[np.arange(len(test)), labels[test]]
    said = outputs.argmax(1)
    confusion = np.zeros((outputs.shape[1],) * 2, np.int32)
    np.add.at(confusion, (labels[test], said), 1)
    metrics = {
        "accuracy": float(np.mean(said == labels[test])),
        "test_loss": float(surprise.mean()),
    }
    return metrics, {"confusion": confusion}


def _looks(control, model, inputs, data, test, shown) -> dict[str, np.ndarray]:
    """What the network looked at: gradients of the logits with respect to each input step.

    A class's logit is taken less the mean of all; the gradient with respect to a letter, less the
    mean over the letters, since what is added to all of them changes nothing.
    look (classes, shown, steps): towards each class, of the letter (or number) that stands there.
    class_look (classes, steps): the gradient's norm towards a class, averaged over its members.
    shown_labels (shown,); shown_inputs (shown, steps, features).
    """
    from core.models.recurrent.saliency import input_gradients

    classes = range(len(data.classes))
    averaged = np.concatenate(
        [test[data.labels[test] == c][: _LOOKED // len(data.classes)] for c in classes]
    )
    asked = np.concatenate([shown, averaged])
    gradients = []
    for c in classes:
        gradients.append(input_gradients(model, inputs[asked], c))
        control.wait()
    towards = np.stack(gradients)
    towards -= towards.mean(0)
    if data.letters:
        towards -= towards.mean(-1, keepdims=True)
    standing = (towards[:, : len(shown)] * inputs[shown]).sum(-1)
    norms = np.linalg.norm(towards[:, len(shown) :], axis=-1)
    of = data.labels[averaged]
    return {
        "look": standing.astype(np.float32),
        "class_look": np.stack([norms[c, of == c].mean(0) for c in classes]).astype(np.float32),
        "shown_labels": data.labels[shown].astype(np.int8),
        "shown_inputs": inputs[shown].astype(np.float16 if data.letters else np.float32),
    }


def _files(config, data, training, test, updates, trainer):
    from core.models.saving import keras_bytes

    return {
        "model.keras": keras_bytes(trainer.model),
        "train.py": keras_script(config, data, training, updates).encode(),
        "data.txt": data_file(data, test).encode(),
    }
