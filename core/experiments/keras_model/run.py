"""The run of the experiment keras-model."""

import io
from collections.abc import Iterator

import numpy as np

from core.data.sequences.coded_tasks import SIZES, CodedTask, coded_task
from core.events import Event
from core.experiments.keras_model.config import KerasModelConfig
from core.experiments.kit.control import Control
from core.experiments.kit.notebook import keras_files
from core.experiments.kit.run import Scores, Training, train
from core.messages import N_, Problem
from core.numeric.recurrent.stack.code import keras_code
from core.numeric.recurrent.stack.shapes import recurrent_params

_MOST_WORK = 1.2e9  # batch x steps x recurrent parameters: about 0.2 s of one core


def run(config: KerasModelConfig, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    Metrics: train_loss, valid_loss (nats), accuracy, all but the first on held-out sequences;
    at the end also baseline_majority, baseline_logistic, params and train_s. Each epoch has its
    confusion matrix, int (classes, classes), rows the right class, and the classes' names, a line
    each. Raises Problem if the data are not on this machine.
    """
    yield from train(_KerasModel(config, control))


class _KerasModel(Training):
    name = "keras-model"

    def __init__(self, config: KerasModelConfig, control: Control | None):
        check_work(config)
        self._task = task = coded_task(config.task, config.layers[0].inputs, config.seed)

        from core.models.recurrent.stack import build_stack
        from core.models.supervised import Trainer

        super().__init__(config, control)
        self.model = build_stack(config.layers, (None,))
        self.trainer = Trainer(
            self.model, "crossentropy_of_probabilities", clip_norm=config.clip_norm
        )
        self.updates = len(task.train) // config.batch_size
        self.references = {
            "baseline_majority": task.majority,
            "baseline_logistic": logistic_accuracy(task),
        }
        self._shuffle = np.random.default_rng(config.seed)

    def order(self, epoch: int) -> np.ndarray:
        places = self._shuffle.permutation(len(self._task.train))
        return places[: self.updates * self.config.batch_size].reshape(self.updates, -1)

    def batches(self, chosen: np.ndarray, update: int) -> tuple[np.ndarray, np.ndarray]:
        return self._task.train[chosen], self._task.train_labels[chosen]

    def score(self, last: bool) -> Scores:
        task = self._task
        probabilities = self.trainer.predict(task.test).astype(float)
        right = probabilities[np.arange(len(task.test)), task.test_labels]
        answers = probabilities.argmax(1)
        confusion = np.zeros((len(task.classes),) * 2, int)
        np.add.at(confusion, (task.test_labels, answers), 1)
        metrics = {
            "valid_loss": float(-np.log(np.maximum(right, 1e-7)).mean()),
            "accuracy": float(np.mean(answers == task.test_labels)),
        }
        return Scores(metrics, {"confusion": confusion}, {"classes": "\n".join(task.classes)})

    def end(self) -> Scores:
        return Scores(self.references)

    def code(self) -> dict[str, bytes]:
        own = self.config.task == "digits"
        data = {} if own else {"data.npz": _data_file(self._task)}
        networks = {"model": keras_code(self.config.layers, (None,))}
        return {**keras_files(self.name, self.config, data, NETWORKS=networks), **data}


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

    def features(codes: np.ndarray) -> csr_matrix:
        count, steps = codes.shape
        columns = codes if task.counted else codes + width * np.arange(steps)
        rows = np.repeat(np.arange(count), steps)
        shape = (count, width if task.counted else width * steps)
        return csr_matrix((np.ones(codes.size), (rows, columns.ravel())), shape=shape)

    model = LogisticRegression(max_iter=2000)
    model.fit(features(task.train), task.train_labels)
    return float(model.score(features(task.test), task.test_labels))


def _data_file(task: CodedTask) -> bytes:
    out = io.BytesIO()
    np.savez_compressed(
        out,
        train=task.train.astype(np.int16),
        train_labels=task.train_labels.astype(np.int8),
        test=task.test.astype(np.int16),
        test_labels=task.test_labels.astype(np.int8),
    )
    return out.getvalue()
