"""Recurrent networks that put a sequence into a class, beside what needs no network."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from core.data.labelled import Labelled, labelled
from core.events import Changed, Epoch, Event, Finished, Started, Step
from core.experiments import fields
from core.experiments.config import Config as Base
from core.experiments.config import choice, flag, real, text, whole
from core.experiments.control import Control
from core.experiments.schedule import half_cosine
from core.experiments.sequence_class_script import data_file, keras_script
from core.messages import N_

SHOWN = 40  # held-out sequences that a page can open
_LOOKED = 240  # held-out sequences over which a class is averaged
_LEAST_UPDATES = 20  # of an epoch: a small set is read several times
_PART = 250  # sequences in one compiled call
_WEIGHT_BYTES = 8_000_000  # of all epochs' weights together, else only the last are kept


@dataclass(frozen=True)
class Config(Base):
    """Data, network and training."""

    data: str = choice(
        "splice",
        {
            "splice": N_("Splice junctions"),
            "promoters": N_("Promoters"),
            "integers": N_("Good or bad"),
            "upload": N_("Your table"),
        },
        N_("Data"),
        N_("Two real sets of genes, integers by a rule that this project made, or a CSV of yours."),
    )
    cell: str = fields.cell()
    direction: str = choice(
        "middle",
        {
            "one": N_("One way"),
            "both": N_("Bidirectional"),
            "middle": N_("To the middle"),
        },
        N_("Reading"),
        N_(
            "From start to end; from both ends, each to the other; or from both ends to the "
            "middle, where the two readers meet."
        ),
    )
    pooling: str = choice(
        "last",
        {"last": N_("The last state"), "max": N_("The highest")},
        N_("What it keeps"),
        N_("Its state after the last step, or the highest value that each unit ever had."),
    )
    units: int = fields.units(32)
    layers: int = fields.layers()
    skip: bool = flag(
        False,
        N_("Skip connections"),
        N_("The layers above the first see the input, too. Needs two layers."),
    )
    input_dropout: float = real(
        0.1,
        0.0,
        0.5,
        N_("Hidden steps"),
        N_("Share of the steps that are hidden in training, so that none is relied on alone."),
        step=0.05,
    )
    dropout: float = fields.dropout(0.3)
    batch_size: int = whole(32, 4, 128, N_("Batch"), N_("Sequences of an update."), step=4)
    learning_rate: float = fields.falling_rate(5e-3)
    clip_norm: float = fields.clip_norm()
    epochs: int = whole(25, 1, 200, N_("Epochs"), N_("How often to read all and be tested."))
    seed: int = whole(
        0,
        0,
        999_999,
        N_("Seed"),
        N_("Another seed: other sequences are held out, and other weights to start from."),
    )
    upload: str = text(
        "", 0, 64, N_("Uploaded table"), N_("The fingerprint of the table you brought.")
    )


@dataclass
class _Progress:
    """Where a run stands, and what it said last."""

    rate: float
    step: int = 0
    pending: list[tuple[str, float]] = field(default_factory=list)
    metrics: dict[str, float] = field(default_factory=dict)


def run(config: Config, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    A quarter of each class is held out; nothing is chosen by it, and the last epoch counts.
    Metrics: accuracy and test_loss (nats) on the held-out sequences, train_loss; with the last,
    baseline_majority, baseline_logistic_positions and baseline_logistic_counts, test_sequences.
    Arrays of an epoch: confusion (classes, classes), a row a true class; those of ``_looks``; the
    weights, "weights/" before their names in ``core.numeric.sequence_classifier``.
    Raises Problem if the data are missing or no classes can be told in them.
    """
    control = control or Control()
    data = labelled(config.data, config.upload, config.seed)
    training, test = data.split(config.seed)
    inputs = data.scaled(training)

    from core.models.class_baselines import class_baselines
    from core.models.sequence_classifier import build_classifier, classifier_weights
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


def epoch_updates(config: Config, training: int) -> int:
    """Updates an epoch: one reading of the training sequences, or several if they are few."""
    batch = min(config.batch_size, training)
    one = training // batch
    return one * math.ceil(_LEAST_UPDATES / one)


def batches(training: np.ndarray, config: Config, epoch: int) -> np.ndarray:
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
    from core.models.saliency import input_gradients

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
