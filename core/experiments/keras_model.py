"""A model built layer by layer, trained to classify sequences of integers."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.data.coded_tasks import SIZES, CodedTask, coded_task
from core.events import Changed, Epoch, Event, Finished, Started, Step
from core.experiments import fields
from core.experiments.config import Config as Base
from core.experiments.config import ConfigError, choice, text, whole
from core.experiments.control import Control
from core.experiments.keras_model_script import training_script
from core.messages import N_, Problem
from core.numeric.layer_stack import PRESETS, Stack, fitted, parse, recurrent_params, spell
from core.numeric.layer_stack_faults import checked

_CALL_S = 0.15
_MOST_WORK = 1.2e9  # batch x steps x recurrent parameters: about 0.2 s of one core


@dataclass(frozen=True)
class Config(Base):
    """The layers, the task and the training."""

    stack: str = text(
        PRESETS["lstm"],
        0,
        400,
        N_("Layers"),
        N_("The stack in a line, from the input to the output, as in embedding:1000:64,lstm:128."),
    )
    task: str = choice(
        "digits",
        {
            "digits": N_("Handwritten digits"),
            "splice": N_("Splice junctions (DNA)"),
            "spam": N_("Text messages: spam or not"),
        },
        N_("Task"),
        N_("Sequences of integers with a class each. The digits are on every machine."),
    )
    epochs: int = whole(15, 1, 60, N_("Epochs"), N_("How often the training data are read."))
    batch_size: int = whole(
        32, 8, 128, N_("Batch"), N_("Sequences that one step learns from."), step=8
    )
    learning_rate: float = fields.learning_rate(0.002, high=0.03)
    clip_norm: float = fields.clip_norm()
    seed: int = fields.seed()

    def __post_init__(self):
        super().__post_init__()
        try:
            layers = checked(self.stack)
        except Problem as problem:
            raise ConfigError(problem.template, field="stack", **problem.values) from None
        object.__setattr__(self, "stack", spell(layers))

    @property
    def layers(self) -> Stack:
        """The stack as it is trained: with the inputs and the outputs that the task needs."""
        size = SIZES[self.task]
        return fitted(parse(self.stack), size.codes, size.classes)


def run(config: Config, control: Control | None = None) -> Iterator[Event]:
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

    from core.models.layer_stack_keras import build_stack, cross_entropy
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


def check_work(config: Config) -> None:
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


def _files(config: Config, layers: Stack, model, task: CodedTask) -> dict[str, bytes]:
    from core.models.layer_stack_keras import build_stack
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
