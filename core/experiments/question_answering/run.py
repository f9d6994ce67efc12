"""The run of the experiment question-answering."""

import json
from collections.abc import Iterator

import numpy as np

from core.data.language.stories.story import Asked, as_written
from core.events import Event
from core.experiments.kit.control import Control
from core.experiments.kit.notebook import keras_files
from core.experiments.kit.run import Scores, Training, half_cosine, shuffled, train
from core.experiments.question_answering.config import QuestionAnsweringConfig
from core.experiments.question_answering.task import SHOWN, Task
from core.numeric.language.answering.answerer import StoryAnswerer
from core.numeric.language.answering.network import facts_found
from core.numeric.language.classify import scores

_BUCKETS = 2**12  # of words and pairs; there are some hundreds
_PART = 250  # questions that are answered at once


def run(config: QuestionAnsweringConfig, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    Nothing is chosen by the held-out questions, and the last epoch counts. Metrics: accuracy,
    test_loss (nats), facts_found (share of the questions whose every supporting fact was looked at
    most in some hop; of networks that look) on the held-out questions, train_loss; with Started
    the baselines that learn nothing: baseline_majority, baseline_last_place, baseline_one_line
    (the last place with the person or thing of the question), baseline_programme (which
    knows the task); with the last baseline_logistic_words (words and pairs). Arrays of an epoch:
    confusion (answers, answers), a row a true answer; probabilities (shown, answers) and attention
    (shown, hops, sentences), the last sentence first, of the questions that the texts "shown" tell:
    a line each, story, question, answer and facts (from 0) parted by tabs; with the first epoch
    card (JSON, as of ``StoryAnswerer.about``).
    Raises Problem if the data are missing.
    """
    yield from train(_QuestionAnswering(config, control))


class _QuestionAnswering(Training):
    name = "question-answering"

    def __init__(self, config: QuestionAnsweringConfig, control: Control | None):
        from core.models.language.answer_network import build_answer_network
        from core.models.supervised import Trainer

        super().__init__(config, control)
        self._task = task = Task.of(config)
        self.model = build_answer_network(task.network, config.seed)
        self.trainer = Trainer(self.model, "crossentropy", clip_norm=1.0)
        self._batch = min(config.batch_size, len(task.training))
        self.updates = len(task.training) // self._batch
        self.references = {f"baseline_{name}": share for name, share in task.rules().items()}
        self._texts = {"shown": "\n".join(map(_line, task.test[:SHOWN]))}
        card = json.dumps(StoryAnswerer(task.network, {}).about).encode()
        self.first_arrays = {"card": np.frombuffer(card, np.uint8)}

    def order(self, epoch: int) -> np.ndarray:
        places = np.arange(len(self._task.training))
        return shuffled([self.config.seed, epoch], places, self._batch)

    def rate(self, rate: float, epoch: int) -> float:
        return half_cosine(rate, epoch, self.epochs)

    def batches(self, chosen: np.ndarray, update: int) -> tuple[list[np.ndarray], np.ndarray]:
        arrays = self._task.arrays
        return arrays.inputs(chosen), arrays.answers[chosen]

    def score(self, last: bool) -> Scores:
        tested, network, weights = self._task.tested, self._task.network, self.weights()
        truth, places = tested.answers, np.arange(len(tested.answers))
        parts = []
        for at in range(0, len(places), _PART):
            parts.append(network.read(weights, *tested.inputs(places[at : at + _PART])))
            self.control.wait()
        shares, attention = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
        answers = shares.argmax(1)
        metrics = {
            "accuracy": float(np.mean(answers == truth)),
            "test_loss": float(-np.mean(np.log(shares[places, truth] + 1e-12))),
        }
        if network.looks:
            metrics["facts_found"] = float(np.mean(facts_found(attention, self._task.facts)))
        return Scores(
            metrics,
            {
                "confusion": scores.confusion(truth, answers, len(network.answers)),
                "probabilities": shares[:SHOWN].astype(np.float16),
                "attention": attention[:SHOWN].astype(np.float16),
            },
            self._texts,
        )

    def weights(self) -> dict[str, np.ndarray]:
        from core.models.language.answer_network import answer_weights

        return answer_weights(self.model, self._task.network)

    def end(self) -> Scores:
        from core.models.language.text_baselines import logistic_baselines

        task = self._task
        asked = [*task.training, *task.test]
        places = np.arange(len(asked))
        shares = logistic_baselines(
            [_as_text(one) for one in asked],
            np.concatenate([task.arrays.answers, task.tested.answers]),
            places[: len(task.training)],
            places[len(task.training) :],
            self.control.wait,
            kinds=("words",),
            buckets=_BUCKETS,
        )
        counts = {"test_questions": len(task.test), "train_questions": len(task.training)}
        named = {f"baseline_{name}": share for name, share in shares.items()}
        return Scores({**self.references, **named, **counts})

    def code(self) -> dict[str, bytes]:
        task = self._task
        lines = [f"train\t{_line(one)}" for one in task.training]
        lines += [f"test\t{_line(one)}" for one in task.test]
        files = {"data.txt": ("\n".join(lines) + "\n").encode()}
        values = {"LONGEST": task.network.longest, "BATCH": self._batch}
        return {**keras_files(self.name, self.config, files, **values), **files}


def _line(asked: Asked) -> str:
    story = " ".join(map(as_written, asked.sentences))
    facts = " ".join(map(str, asked.facts))
    return "\t".join([story, as_written(asked.question, "?"), asked.answer, facts])


def _as_text(asked: Asked) -> list[str]:
    """The words of story and question as a text, those of the question marked."""
    words = [word for sentence in asked.sentences for word in (*sentence, ".")]
    return [*words, *(f"?{word}" for word in asked.question)]
