"""The run of the experiment sequence-class."""

import math
from collections.abc import Iterator

import numpy as np

from core.data.sequences.labelled import Labelled, labelled
from core.events import Event
from core.experiments.kit.control import Control
from core.experiments.kit.notebook import keras_files
from core.experiments.kit.run import Scores, Training, half_cosine, train
from core.experiments.sequence_class.config import SequenceClassConfig
from core.numeric.activations import log_softmax
from core.numeric.recurrent.stack.code import keras_code

SHOWN = 40  # held-out sequences that a page can open
_AVERAGED = 240  # held-out sequences over which a class is averaged
_LEAST_UPDATES = 20  # of an epoch: a small set is read several times
_PART = 250  # sequences in one compiled call
_OPEN = {"D": "AGT", "R": "AG", "S": "CG", "N": "ACGT"}  # letters that leave several open


def run(config: SequenceClassConfig, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    A quarter of each class is held out; nothing is chosen by it, and the last epoch counts.
    Metrics: accuracy and test_loss (nats) on the held-out sequences, train_loss; with the last,
    baseline_majority, baseline_logistic_positions and baseline_logistic_counts, test_sequences.
    Arrays of an epoch: confusion (classes, classes), a row a true class; those of ``_gradients``;
    the weights.
    Raises Problem if the data are missing or no classes can be told in them.
    """
    yield from train(_SequenceClass(config, control))


class _SequenceClass(Training):
    name = "sequence-class"

    def __init__(self, config: SequenceClassConfig, control: Control | None):
        from core.models.recurrent.class_baselines import class_baselines
        from core.models.recurrent.stack import build_stack
        from core.models.supervised import Trainer

        super().__init__(config, control)
        self._data = data = labelled(config.data, config.upload, config.seed)
        self._training, self._test = training, test = data.split(config.seed)
        self._inputs = inputs = data.scaled(training)
        self._network = config.network(len(data.classes))
        self.model = build_stack(self._network, inputs.shape[1:])
        self.trainer = Trainer(self.model, "crossentropy", clip_norm=config.clip_norm)
        self.updates = len(batches(training, config, 1))
        baselines = class_baselines(inputs, data.labels, training, test, letters=bool(data.letters))
        self.references = {f"baseline_{name}": value for name, value in baselines.items()}
        self._shown = shown_sequences(data, test)
        self._texts = {
            "sequences": "\n".join("\t".join(data.tokens[i]) for i in self._shown),
            "classes": "\n".join(data.classes),
            "letters": "\n".join(data.letters),
        }

    def order(self, epoch: int) -> np.ndarray:
        return batches(self._training, self.config, epoch)

    def rate(self, rate: float, epoch: int) -> float:
        return half_cosine(rate, epoch, self.epochs)

    def batches(self, chosen: np.ndarray, update: int) -> tuple[np.ndarray, np.ndarray]:
        return self._inputs[chosen], self._data.labels[chosen].astype(np.int32)

    def score(self, last: bool) -> Scores:
        test, labels = self._test, self._data.labels[self._test]
        logits = self.in_parts(self.trainer.predict, self._inputs[test], _PART).astype(float)
        losses = -np.take_along_axis(log_softmax(logits), labels[:, None], axis=1)
        answers = logits.argmax(1)
        confusion = np.zeros((logits.shape[1],) * 2, np.int32)
        np.add.at(confusion, (labels, answers), 1)
        metrics = {
            "accuracy": float(np.mean(answers == labels)),
            "test_loss": float(losses.mean()),
        }
        return Scores(metrics, {"confusion": confusion, **self._gradients()}, self._texts)

    def _gradients(self) -> dict[str, np.ndarray]:
        """What the network looked at: gradients of the logits with respect to each input step.

        A class's logit is taken less the mean of all; the gradient with respect to a letter, less
        the mean over the letters, since what is added to all of them changes nothing.
        look (classes, shown, steps): towards each class, of the letter (or number) that stands
        there. class_look (classes, steps): the gradient's norm towards a class, averaged over its
        members. shown_labels (shown,); shown_inputs (shown, steps, features).
        """
        from core.models.recurrent.saliency import input_gradients

        data, inputs, test, shown = self._data, self._inputs, self._test, self._shown
        classes = range(len(data.classes))
        averaged = np.concatenate(
            [test[data.labels[test] == c][: _AVERAGED // len(data.classes)] for c in classes]
        )
        asked = np.concatenate([shown, averaged])
        gradients = []
        for c in classes:
            gradients.append(input_gradients(self.model, inputs[asked], c))
            self.control.wait()
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

    def weights(self) -> dict[str, np.ndarray]:
        from core.models.recurrent.stack import stack_weights

        return stack_weights(self.model, self._network)

    def end(self) -> Scores:
        counts = {"test_sequences": len(self._test), "train_sequences": len(self._training)}
        return Scores({**self.references, **counts})

    def code(self) -> dict[str, bytes]:
        data, training = self._data, self._training
        known, batch = data.inputs[training], min(self.config.batch_size, len(training))
        single = all(len(letter) == 1 for letter in data.letters)
        files = {"data.txt": _data_file(data, self._test).encode()}
        code = keras_files(
            self.name,
            self.config,
            files,
            NETWORKS={"model": keras_code(self._network, data.inputs.shape[1:])},
            CLASSES=data.classes,
            LETTERS="".join(data.letters) if single else list(data.letters),
            OPEN=_OPEN if "".join(data.letters) == "ACGT" else {},
            MEAN=float(known.mean()),
            SPREAD=float(known.std()) or 1.0,
            STEPS=data.steps,
            BATCH=batch,
            READINGS=self.updates // (len(training) // batch),
        )
        return {**code, **files}


def batches(training: np.ndarray, config: SequenceClassConfig, epoch: int) -> np.ndarray:
    """The indices of an epoch's batches, (updates, batch).

    An epoch is one reading of the training sequences, or several if they are few.
    """
    batch = min(config.batch_size, len(training))
    one = len(training) // batch
    rng = np.random.default_rng([config.seed, epoch])
    readings = range(math.ceil(_LEAST_UPDATES / one))
    return np.concatenate(
        [rng.permutation(training)[: one * batch].reshape(-1, batch) for _ in readings]
    )


def shown_sequences(data: Labelled, test: np.ndarray) -> np.ndarray:
    """Which held-out sequences a page can open: the classes in turn, at most SHOWN."""
    by_class = [list(test[data.labels[test] == c]) for c in range(len(data.classes))]
    taken: list[int] = []
    while len(taken) < min(SHOWN, len(test)):
        taken += [int(members.pop(0)) for members in by_class if members]
    return np.array(taken[:SHOWN])


def _data_file(data: Labelled, test: np.ndarray) -> str:
    """The sequences, one a line, as the script reads them."""
    held_out = set(test.tolist())
    lines = []
    for i, label in enumerate(data.labels):
        numbers = (repr(float(x)) for x in data.inputs[i, :, 0])
        steps = data.tokens[i] if data.letters else numbers
        lines.append("\t".join(["test" if i in held_out else "train", str(label), *steps]))
    return "\n".join(lines) + "\n"
