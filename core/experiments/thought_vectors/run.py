"""The run of the experiment thought-vectors."""

from collections.abc import Iterator, Mapping

import numpy as np

from core.events import Event
from core.experiments.kit.control import Control
from core.experiments.kit.notebook import keras_files
from core.experiments.kit.run import Scores, Training, half_cosine, shuffled, train
from core.experiments.thought_vectors.config import ThoughtVectorsConfig
from core.experiments.thought_vectors.task import MIN_COUNT, Task, baselines, task_of, word_space
from core.messages import N_, Problem
from core.numeric.language.embeddings.vocabulary import Vocabulary
from core.numeric.language.thoughts.bags import Counted
from core.numeric.language.thoughts.networks import ParagraphVectors, RecurrentReader, word_ids
from core.numeric.language.thoughts.search import Encoder
from core.numeric.principal import plane

SPREAD = 0.3  # standard deviation of counted word vectors that an autoencoder begins with
EMBEDDING_DIM = 64
READ = 20  # words of a text that a recurrent network reads: its last state holds no more
_MIN_WORDS = 20


def run(config: ThoughtVectorsConfig, control: Control | None = None) -> Iterator[Event]:
    """Learn to make one vector of a text, and judge vectors of texts that were not learned from.

    Metrics, of requests: retrieval_accuracy (the nearest known request has the same intent),
    probe_accuracy (a linear map of the vectors tells the intent), oos_auc (requests of an intent
    are nearer to a known one than requests of none); of passages: neighbour_auc (the next passage
    is nearer than one from elsewhere, in held-out books). References, and at the end all of them:
    baseline_METHOD_METRIC of tfidf, bm25, svd (of tf-idf), mean and sif (of counted word vectors);
    of an autoencoder, untrained: the same network before it learned. Arrays of an epoch: points
    (held-out texts that are shown, 2), with the first vocabulary (UTF-8, a line each). Finished has
    the weights of the encoder. Raises Problem if texts are missing or too short.
    """
    yield from train(ThoughtVectors(config, control))


class ThoughtVectors(Training):
    """The training of either method; task: by default that of the config."""

    name = "thought-vectors"

    def __init__(
        self, config: ThoughtVectorsConfig, control: Control | None, task: Task | None = None
    ):
        from core.models.language.sentences import (
            build_paragraph_vectors,
            build_sentence_autoencoder,
            paragraph_loss,
        )
        from core.models.supervised import Trainer

        super().__init__(config, control)
        self._task = task = task or task_of(config)
        counted = Counted.of(task.training, MIN_COUNT, config.words)
        self._vocabulary = vocabulary = counted.vocabulary
        check_words(len(vocabulary))
        self._longest = longest_of(config, task)
        ids = word_ids(task.training, vocabulary, self._longest)
        self._ids = ids[(ids > 0).any(1)]
        names = ("", *vocabulary.words)
        self._read = [[names[i] for i in row if i] for row in self._ids]
        count = len(vocabulary)
        if config.method == "paragraph":
            self.model = build_paragraph_vectors(len(self._ids), count, config.dim, config.seed)
            self.trainer = Trainer(self.model, paragraph_loss)
        else:
            self.model = build_sentence_autoencoder(
                count, self._longest, EMBEDDING_DIM, config.dim, config.cell, config.seed
            )
            self.trainer = Trainer(self.model, "crossentropy", clip_norm=1.0)
            if config.start == "counted":
                self.model.get_layer("embedding").set_weights([self._counted(counted)])
        self._batch = min(config.batch_size, len(self._ids))
        self.updates = len(self._ids) // self._batch
        self.references = {
            f"baseline_{name}_{metric}": value
            for name, encoder in self._others().items()
            for metric, value in task.judge(encoder, self.control.wait).items()
        }
        self._places: np.ndarray | None = None
        self.first_arrays = {
            "vocabulary": np.frombuffer("\n".join(vocabulary.words).encode(), "u1")
        }

    def _counted(self, counted: Counted) -> np.ndarray:
        """Word vectors to begin with, (words + 1, EMBEDDING_DIM), the first of no word."""
        space = word_space(counted, self._read, EMBEDDING_DIM, self.config.seed, self.control.wait)
        return embedding_of(space.vectors)

    def _others(self) -> dict[str, Encoder]:
        config = self.config
        others = baselines(self._task.training, config.dim, config.seed, self.control.wait)
        if config.method == "autoencoder":
            others["untrained"] = self.encoder()
        return others

    def encoder(self) -> Encoder:
        """What makes vectors of texts by the weights as they are now."""
        return encoder_of(self.config, self._vocabulary, self.weights(), self._longest)

    def order(self, epoch: int) -> np.ndarray:
        """The texts of each update, drawn by the seed and the epoch."""
        return shuffled([self.config.seed, epoch], np.arange(len(self._ids)), self._batch)

    def rate(self, rate: float, epoch: int) -> float:
        """Half a cosine."""
        return half_cosine(rate, epoch, self.epochs)

    def batches(self, chosen: np.ndarray, update: int) -> tuple[np.ndarray, ...]:
        """The texts' numbers, or for an autoencoder their words; then their words."""
        ids = self._ids[chosen]
        if self.config.method == "paragraph":
            return chosen.astype(np.int32), ids
        return ids, ids, (ids > 0).astype(np.float32)

    def score(self, last: bool) -> Scores:
        """What the vectors are worth, and where those that are shown are on a plane."""
        encoder, task = self.encoder(), self._task
        metrics = task.judge(encoder, self.control.wait)
        shown = self.in_parts(encoder.kept, task.shown, 100)
        self._places = plane(shown, self._places)
        return Scores(metrics, {"points": self._places})

    def weights(self) -> dict[str, np.ndarray]:
        """Those of the encoder."""
        from core.models.language.sentences import paragraph_weights, reader_weights

        own = paragraph_weights if self.config.method == "paragraph" else reader_weights
        return own(self.model)

    def end(self) -> Scores:
        """What needs no network reaches."""
        return Scores(self.references)

    def code(self) -> dict[str, bytes]:
        """The Keras code, the texts and the words that it reads."""
        files = {
            "texts.txt": "".join(" ".join(row) + "\n" for row in self._read).encode(),
            "words.txt": "".join(f"{word}\n" for word in self._vocabulary.words).encode(),
        }
        values = {"LONGEST": self._longest, "BATCH": self._batch}
        return {**keras_files(self.name, self.config, files, **values), **files}


def longest_of(config: ThoughtVectorsConfig, task: Task) -> int:
    """Words of a text that are read at most."""
    return task.longest if config.method == "paragraph" else min(task.longest, READ)


def encoder_of(
    config: ThoughtVectorsConfig,
    vocabulary: Vocabulary,
    weights: Mapping[str, np.ndarray],
    longest: int,
) -> Encoder:
    """What makes vectors of texts by a run's weights, in NumPy."""
    if config.method == "paragraph":
        return ParagraphVectors(vocabulary, weights["outputs"], weights["bias"])
    return RecurrentReader(config.cell, vocabulary, weights, longest)


def embedding_of(vectors: np.ndarray) -> np.ndarray:
    """Word vectors that a network begins with, float32 (words + 1, d), the first of no word."""
    scaled = vectors * (SPREAD / max(float(vectors.std()), 1e-9))
    return np.concatenate([np.zeros((1, vectors.shape[1])), scaled]).astype(np.float32)


def check_words(words: int) -> None:
    """Raise Problem if there are too few words to learn of."""
    if words < _MIN_WORDS:
        raise Problem(
            N_(
                "Only {words} words come twice or more in this text; at least {least} are needed. "
                "Take a longer text."
            ),
            words=words,
            least=_MIN_WORDS,
        )
