"""The run of the experiment text-class."""

import io
import json
from collections.abc import Iterator

import numpy as np

from core.events import Event
from core.experiments.kit.control import Control
from core.experiments.kit.notebook import keras_files
from core.experiments.kit.run import Scores, Training, half_cosine, shuffled, train
from core.experiments.text_class.config import TextClassConfig
from core.experiments.text_class.task import COMMON_WORDS, LEAST_TEXTS, MOST_WORDS, Task
from core.numeric.activations import softmax
from core.numeric.language.classify import scores
from core.numeric.language.classify.classifier import NGRAMS, TextClassifier
from core.numeric.language.classify.naive_bayes import NaiveBayes
from core.numeric.language.classify.ngrams import Runs, padded

_PART = 256  # texts whose n-grams are looked up at once
_WORDS = (Runs((1, 2)), 2**20)  # what the naive Bayes that is the baseline counts, and its rows


def run(config: TextClassConfig, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    Nothing is chosen by the held-out texts, and the last epoch counts. Metrics: accuracy, macro_f1,
    ece and test_loss (nats) on the held-out texts, train_loss; the baselines of
    ``core.models.language.text_baselines`` with the last, baseline_majority,
    baseline_naive_bayes (runs of one and two words) and baseline_naive_bayes_letters (all that the
    part that counts reads) with Started. Arrays of an epoch: confusion (classes, classes), a
    row a true class; reliability; probabilities (shown, classes) and shown_labels of the texts that
    the texts "shown" tell; with the first epoch card (JSON, as of
    ``TextClassifier.about``).
    Raises Problem if the data are missing or have no classes.
    """
    yield from train(_TextClass(config, control))


class _TextClass(Training):
    name = "text-class"
    weight_type = np.float16

    def __init__(self, config: TextClassConfig, control: Control | None):
        from core.models.language.text_network import build_text_network, set_text_weights
        from core.models.supervised import Trainer

        super().__init__(config, control)
        self._task = task = Task.of(config)
        self._network = network = task.network
        self._labels = task.data.labels
        self.model = build_text_network(
            network.kind,
            len(network.vocabulary),
            network.classes,
            dim=network.dim,
            units=network.units,
            bidirectional=network.bidirectional,
            longest=network.longest,
            counted_rows=len(network.counted) if network.counted else 0,
            most_counted=network.most_counted,
            hidden_words=config.hidden_words,
            dropout=config.dropout,
            frozen=config.vectors == "frozen",
            seed=config.seed,
        )
        set_text_weights(self.model, task.start)
        self.trainer = Trainer(self.model, "crossentropy", clip_norm=1.0)
        self._batch = min(config.batch_size, len(task.training))
        self.updates = len(task.training) // self._batch
        self._rows = self._looked_up()
        self.references = self._counting()
        shown = task.test[task.shown]
        self._texts = {
            "shown": "\n".join(task.data.texts[i].replace("\n", " ") for i in shown),
            "classes": "\n".join(task.data.classes),
        }
        about = TextClassifier(network, {}, task.data.classes).about
        card = json.dumps(about, ensure_ascii=False).encode()
        self.first_arrays = {"card": np.frombuffer(card, np.uint8)}

    def _looked_up(self) -> dict[int, list[np.ndarray]]:
        """The numbers of each training text, of each of its inputs."""
        task = self._task
        kinds = [task.training_numbers]
        if self._network.counted:
            kinds.append(task.training_runs)
        return dict(zip(task.training.tolist(), map(list, zip(*kinds, strict=True)), strict=True))

    def _look_up_tested(self) -> None:
        """The same of the test texts, which nobody has to wait for before the first loss."""
        task = self._task
        kinds = [[self._network.vocabulary.numbers(text) for text in task.some(task.test)]]
        if self._network.counted:
            kinds.append(task.test_runs)
        self._rows |= dict(
            zip(task.test.tolist(), map(list, zip(*kinds, strict=True)), strict=True)
        )

    def _inputs(self, places: np.ndarray) -> list[np.ndarray]:
        """The inputs of the texts at ``places`` (n,), int32 (n, ...) each."""
        longest = (self._network.longest, self._network.most_counted)
        count = 1 + (self._network.counted is not None)
        return [padded([self._rows[i][at] for i in places], longest[at]) for at in range(count)]

    def _counting(self) -> dict[str, float]:
        """What counting reaches on the held-out texts."""
        task, labels = self._task, self._labels
        truth, classes = labels[task.test], task.classes
        majority = np.bincount(labels[task.training], minlength=classes).argmax()

        def reached(model: NaiveBayes, rows: list[np.ndarray]) -> float:
            return float(np.mean(model.scores(rows).argmax(1) == truth))

        training, test = task.ngrams(*_WORDS)
        words = NaiveBayes.counted(training, labels[task.training], classes, _WORDS[1])
        return {
            "baseline_majority": float(np.mean(truth == majority)),
            "baseline_naive_bayes": reached(words, test),
            "baseline_naive_bayes_letters": reached(task.counted, task.test_runs),
        }

    def order(self, epoch: int) -> np.ndarray:
        return shuffled([self.config.seed, epoch], self._task.training, self._batch)

    def rate(self, rate: float, epoch: int) -> float:
        return half_cosine(rate, epoch, self.epochs)

    def batches(self, chosen: np.ndarray, update: int) -> tuple[list[np.ndarray], np.ndarray]:
        inputs = self._inputs(chosen.ravel())
        shaped = [array.reshape(*chosen.shape, -1) for array in inputs]
        return shaped, self._labels[chosen].astype(np.int32)

    def score(self, last: bool) -> Scores:
        test, classes = self._task.test, self._task.classes
        if int(test[0]) not in self._rows:
            self._look_up_tested()
        truth = self._labels[test]
        logits = self.in_parts(lambda some: self.trainer.predict(self._inputs(some)), test, _PART)
        shares = softmax(logits.astype(float))
        counts = scores.confusion(truth, shares.argmax(1), classes)
        table = scores.reliability(shares, truth)
        return Scores(
            {
                "accuracy": float(np.mean(shares.argmax(1) == truth)),
                "macro_f1": scores.macro_f1(counts),
                "ece": scores.calibration_error(table),
                "test_loss": float(-np.mean(np.log(shares[np.arange(len(test)), truth] + 1e-12))),
            },
            {
                "confusion": counts,
                "reliability": table,
                "probabilities": shares[self._task.shown].astype(np.float16),
                "shown_labels": truth[self._task.shown].astype(np.int16),
            },
            self._texts,
        )

    def weights(self) -> dict[str, np.ndarray]:
        from core.models.language.text_network import text_weights

        weights = text_weights(self.model, self._network)
        counted = self._network.counted
        return {**weights, NGRAMS: counted.known} if counted else weights

    def end(self) -> Scores:
        from core.models.language.text_baselines import logistic_baselines

        task = self._task
        baselines = logistic_baselines(
            task.texts, self._labels, task.training, task.test, self.control.wait
        )
        counts = {"test_texts": len(task.test), "train_texts": len(task.training)}
        named = {f"baseline_{name}": value for name, value in baselines.items()}
        return Scores({**self.references, **named, **counts})

    def code(self) -> dict[str, bytes]:
        task = self._task
        held_out = set(task.test.tolist())
        lines = [
            "\t".join(["test" if i in held_out else "train", str(self._labels[i]), *task.texts[i]])
            for i in [*task.training, *task.test]
        ]
        files = {"data.txt": ("\n".join(lines) + "\n").encode()}
        if self.config.vectors != "own":
            out = io.BytesIO()
            np.save(out, task.start["words.embeddings"], allow_pickle=False)
            files["vectors.npy"] = out.getvalue()
        code = keras_files(
            self.name,
            self.config,
            files,
            CLASSES=list(task.data.classes),
            CELL=self.config.network,
            DIM=self._network.dim,
            BATCH=self._batch,
            LONGEST_RUN=self._network.vocabulary.longest,
            LEAST_TEXTS=LEAST_TEXTS,
            MOST_WORDS=MOST_WORDS,
            COUNTED_WORDS=task.runs.words,
            COUNTED_LETTERS=task.runs.letters,
            NEGATION=task.runs.negation,
            MASKED=task.runs.masked,
            COMMON_WORDS=COMMON_WORDS,
            TRUST=task.trust,
            STEADINESS_POWER=task.steadiness_power,
        )
        return {**code, **files}
