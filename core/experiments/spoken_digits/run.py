"""The run of the experiment spoken-digits."""

import io
from collections.abc import Iterator

import numpy as np

from core.data.sounds.spoken import spoken
from core.data.sounds.wav import as_int16
from core.events import Event
from core.experiments.kit.control import Control
from core.experiments.kit.notebook import keras_files
from core.experiments.kit.run import Scores, Training, half_cosine, shuffled, train
from core.experiments.spoken_digits.config import SpokenDigitsConfig
from core.numeric.activations import log_softmax, softmax
from core.numeric.recurrent.stack.code import keras_code
from core.numeric.sound.hearing import FEATURES, STEPS, packed, steps_of, varied
from core.numeric.sound.listener import SCALE, mean_of_steps

_PART = 100  # words in one compiled call
_CLIP_NORM = 1.0
SMOOTHING = 0.1


def run(config: SpokenDigitsConfig, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    Nothing is chosen by the held-out words, and the last epoch counts. Metrics: accuracy and
    test_loss (nats) on the held-out words, train_loss; with Started the baselines of
    ``core.models.sound.baselines``. Arrays of an epoch: confusion (classes, classes), a row a true
    class; of each held-out word its place (heldout), the class that is answered (answers) and its
    probability (sure), (words,) each; the weights.
    Raises Problem if the recordings are not on this machine.
    """
    yield from train(_SpokenDigits(config, control))


class _SpokenDigits(Training):
    name = "spoken-digits"

    def __init__(self, config: SpokenDigitsConfig, control: Control | None):
        from core.models.recurrent.stack import build_stack
        from core.models.sound.baselines import listening_baselines
        from core.models.sound.loss import heard_loss
        from core.models.supervised import Trainer

        super().__init__(config, control)
        self._data = data = spoken(config.data)
        self._labels = labels = data.labels(config.task)
        self._classes = classes = data.classes(config.task)
        self._training, self._test = training, test = data.split(
            config.task, config.heldout, config.group
        )
        words = [steps_of(sound) for sound in data.sounds]
        known = np.concatenate([words[i] for i in training])
        self._scale = known.mean(0), known.std(0)
        self._heard = packed([words[i] for i in test], *self._scale)
        self._lengths = [len(words[i]) for i in test]
        self._network = config.network(len(classes))
        self.model = build_stack(self._network, (STEPS, FEATURES))
        self.trainer = Trainer(
            self.model, heard_loss(len(classes), SMOOTHING), clip_norm=_CLIP_NORM
        )
        self.updates = len(training) // config.batch_size
        baselines = listening_baselines(words, labels, training, test, self.control.wait)
        self.references = {f"baseline_{name}": value for name, value in baselines.items()}
        self._texts = {"classes": "\n".join(classes)}

    def order(self, epoch: int) -> np.ndarray:
        return shuffled([self.config.seed, epoch], self._training, self.config.batch_size)

    def rate(self, rate: float, epoch: int) -> float:
        return half_cosine(rate, epoch, self.epochs)

    def batches(self, chosen: np.ndarray, update: int) -> tuple[np.ndarray, np.ndarray]:
        config, inputs, targets = self.config, [], []
        for place, some in enumerate(chosen, update):
            rng = np.random.default_rng([config.seed, 1, place])
            words = [
                varied(
                    self._data.sounds[i],
                    rng,
                    self._scale[1],
                    config.speed,
                    config.tract,
                    config.timbre,
                    config.noisy,
                )
                for i in some
            ]
            inputs.append(packed(words, *self._scale))
            targets.append([(self._labels[i], len(w)) for i, w in zip(some, words, strict=True)])
        return np.stack(inputs), np.array(targets, np.float32)

    def score(self, last: bool) -> Scores:
        truth = self._labels[self._test]
        outputs = self.in_parts(lambda some: self.trainer.predict(some, _PART), self._heard, _PART)
        logits = mean_of_steps(outputs.astype(float), self._lengths)
        right = np.take_along_axis(log_softmax(logits), truth[:, None], axis=1)[:, 0]
        answers = logits.argmax(1)
        confusion = np.zeros((len(self._classes),) * 2, np.int32)
        np.add.at(confusion, (truth, answers), 1)
        return Scores(
            {"accuracy": float(np.mean(answers == truth)), "test_loss": float(-right.mean())},
            {
                "confusion": confusion,
                "heldout": self._test.astype(np.int16),
                "answers": answers.astype(np.int16),
                "sure": softmax(logits).max(1).astype(np.float16),
            },
            self._texts,
        )

    def weights(self) -> dict[str, np.ndarray]:
        from core.models.recurrent.stack import stack_weights

        scale = dict(zip(SCALE, self._scale, strict=True))
        return {**stack_weights(self.model, self._network), **scale}

    def end(self) -> Scores:
        counts = {"test_words": len(self._test), "train_words": len(self._training)}
        return Scores({**self.references, **counts})

    def code(self) -> dict[str, bytes]:
        data, out = self._data, io.BytesIO()
        ends = np.cumsum([len(sound) for sound in data.sounds])
        np.savez_compressed(
            out,
            samples=as_int16(np.concatenate(data.sounds)),
            ends=ends,
            labels=self._labels,
            test=np.isin(np.arange(len(ends)), self._test),
        )
        files = {"sounds.npz": out.getvalue()}
        code = keras_files(
            self.name,
            self.config,
            files,
            NETWORKS={"model": keras_code(self._network, (STEPS, FEATURES))},
            CLASSES=list(self._classes),
            CLIP_NORM=_CLIP_NORM,
            SMOOTHING=SMOOTHING,
        )
        return {**code, **files}
