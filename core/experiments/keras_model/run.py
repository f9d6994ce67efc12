"""The run of the experiment keras-model."""

import io
from collections.abc import Iterator

import numpy as np

from core.data.sequences.coded_tasks import SIZES, CodedTask, coded_task
from core.events import Changed, Epoch, Event, Finished, Started, Step
from core.experiments.keras_model.config import KerasModelConfig
from core.experiments.keras_model.script import training_script
from core.experiments.kit.control import Control
from core.messages import N_, Problem
from core.numeric.recurrent.layer_stack import (
    Stack,
    recurrent_params,
)

_CALL_S = 0.15
_MOST_WORK = 1.2e9  # batch x steps x recurrent parameters: about 0.2 s of one core


def run(config: KerasModelConfig, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    Metrics: train_loss, valid_loss (nats), accuracy, all but the first on held-out sequences;
    at the end also baseline_majority, baseline_logistic, params and train_s. Each epoch has its
    confusion matrix, int (classes, classes), rows the right class, and the classes' names, a line
    each. Raises Problem if the data are not on this machine.
    """
    control = control or Control()
    check_work(config)
    layers = config.layers
    task = coded_task(config.task, layers[0].inputs, config.seed)
    baselines = {
        "baseline_majority": task.majority,
        "baseline_logistic": logistic_accuracy(task),
    }

    from core.models.recurrent.layer_stack import build_stack, cross_entropy
    from core.models.supervised import Trainer

    model = build_stack(layers, config.seed)
    trainer = Trainer(model, cross_entropy, clip_norm=config.clip_norm)
    steps = len(task.train) // config.batch_size
    yield Started(
        "keras-model",
        config.to_dict(),
        model.count_params(),
        steps * config.epochs,
        config.epochs,
        baselines,
    )

    rate = config.learning_rate
    shuffle = np.random.default_rng(config.seed)
    metrics: dict[str, float] = {}
    done = 0
    for epoch in range(1, config.epochs + 1):
        losses: list[float] = []
        for event in _epoch(config, control, trainer, task, shuffle, rate, epoch, losses):
            if isinstance(event, Changed):
                rate = event.value
            yield event
        done += len(losses)
        if losses:
            metrics, confusion = _score(trainer, task)
            metrics = {"train_loss": float(np.mean(losses)), **metrics}
            arrays, texts = {"confusion": confusion}, {"classes": "\n".join(task.classes)}
            yield Epoch(epoch, done, trainer.train_s, metrics, arrays, texts)
        if control.stopped:
            break
    final = {
        **metrics,
        **baselines,
        "params": model.count_params(),
        "train_s": trainer.train_s,
    }
    yield Finished(final, {}, _files(config, layers, model, task), control.stopped)


def check_work(config: KerasModelConfig) -> None:
    """Raise Problem if a training step of this config would take too long to be interrupted."""
    used, steps = recurrent_params(config.layers), SIZES[config.task].steps
    if used * steps * config.batch_size > _MOST_WORK:
        raise Problem(
            N_(
                "One training step would take too long: {params} parameters are used at each of "
                "{steps} steps for each of {batch} sequences. Choose fewer units or a smaller "
                "batch."
            ),
            params=used,
            steps=steps,
            batch=config.batch_size,
        )


def logistic_accuracy(task: CodedTask) -> float:
    """Test accuracy of scikit-learn's logistic regression on the same integers.

    It sees which code stands at which step, or, in a task of words, how often each comes.
    """
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    width = int(max(task.train.max(), task.test.max())) + 1

    def features(codes):
        count, steps = codes.shape
        columns = codes if task.counted else codes + width * np.arange(steps)
        rows = np.repeat(np.arange(count), steps)
        shape = (count, width if task.counted else width * steps)
        return csr_matrix((np.ones(codes.size), (rows, columns.ravel())), shape=shape)

    model = LogisticRegression(max_iter=2000)
    model.fit(features(task.train), task.train_labels)
    return float(model.score(features(task.test), task.test_labels))


def _epoch(config, control, trainer, task, shuffle, rate, epoch, losses) -> Iterator[Event]:
    """An epoch's steps, several in a compiled call; ``losses`` is brought up to date."""
    batch, steps = config.batch_size, len(task.train) // config.batch_size
    order = shuffle.permutation(len(task.train))[: steps * batch].reshape(steps, batch)
    before = steps * (epoch - 1)
    while len(losses) < steps:
        for name, value in control.checkpoint().items():
            rate = value
            yield Changed(before + len(losses) + 1, name, value)
        if control.stopped:
            return
        at = len(losses)
        these = order[at : at + trainer.calls_for(_CALL_S)]
        told = trainer.steps(task.train[these], task.train_labels[these], rate)
        losses += [float(loss) for loss in told]
        for step in range(at + 1, len(losses) + 1):
            metrics = {"train_loss": losses[step - 1]}
            yield Step(before + step, epoch - 1 + step / steps, trainer.train_s, metrics)


def _score(trainer, task: CodedTask) -> tuple[dict[str, float], np.ndarray]:
    probabilities = trainer.predict(task.test).astype(float)
    right = probabilities[np.arange(len(task.test)), task.test_labels]
    said = probabilities.argmax(1)
    confusion = np.zeros((len(task.classes),) * 2, int)
    np.add.at(confusion, (task.test_labels, said), 1)
    loss = float(-np.log(np.maximum(right, 1e-7)).mean())
    return {"valid_loss": loss, "accuracy": float(np.mean(said == task.test_labels))}, confusion


def _files(config: KerasModelConfig, layers: Stack, model, task: CodedTask) -> dict[str, bytes]:
    from core.models.recurrent.layer_stack import build_stack
    from core.models.saving import keras_bytes

    plain = build_stack(layers, config.seed, plain=True)
    plain.set_weights(model.get_weights())
    files = {
        "model.keras": keras_bytes(plain),
        "train.py": training_script(config, layers).encode(),
    }
    if config.task != "digits":
        out = io.BytesIO()
        np.savez_compressed(
            out,
            train=task.train.astype(np.int16),
            train_labels=task.train_labels.astype(np.int8),
            test=task.test.astype(np.int16),
            test_labels=task.test_labels.astype(np.int8),
        )
        files["data.npz"] = out.getvalue()
    return files
