"""The run of the experiment word-embeddings."""

from collections.abc import Iterator

import numpy as np

from core.data.language.words import corpora
from core.events import Event
from core.experiments.kit.control import Control
from core.experiments.kit.notebook import keras_files
from core.experiments.kit.run import Scores, Training, half_cosine, train
from core.experiments.word_embeddings.config import WordEmbeddingsConfig
from core.messages import N_, Problem
from core.numeric.language.embeddings import counting, scores
from core.numeric.language.embeddings.batches import PIECE, fewest_pieces, pieces, with_draws
from core.numeric.language.embeddings.example import constant_loss
from core.numeric.language.embeddings.space import WordSpace
from core.numeric.language.embeddings.vocabulary import Vocabulary
from core.numeric.principal import plane

MAPPED = 1_000  # of the most frequent words, whose places and neighbours are told
NEIGHBOURS = 8
MAX_SOFTMAX = 2_000  # words that can all be asked at once
EPOCH_WORDS = 200_000  # of a longer corpus an epoch reads a part: the map is to move soon
_MIN_WORDS = 10
_AT_ONCE = 100


def run(config: WordEmbeddingsConfig, control: Control | None = None) -> Iterator[Event]:
    """Learn a vector for each word, and ask the vectors what nobody taught them.

    An epoch reads the corpus, of a long one EPOCH_WORDS. Metrics: valid_loss (nats of a prediction,
    on the last tenth of the sentences), analogy_accuracy (the exact word among all), odd_one_out
    (chance 0.2), neighbour_category_accuracy, of film reviews wordsim_spearman; at the end the same
    of counting (baseline_ppmi_..., PPMI and SVD of the same sentences), of spelling
    (baseline_spelling_...) and of random vectors (baseline_random_...). Arrays of an epoch: points
    (MAPPED, 2), neighbours (MAPPED, NEIGHBOURS) and their cosines, with the first vocabulary
    (UTF-8, a line each) and counts. Finished has vectors (words, dim).
    Raises Problem if the corpus is missing or too short, or has too many words for a softmax.
    """
    yield from train(_WordEmbeddings(config, control))


class _WordEmbeddings(Training):
    name = "word-embeddings"
    weight_type = np.float16

    def __init__(self, config: WordEmbeddingsConfig, control: Control | None):
        sentences = corpora.corpus(config.corpus_name, config.seed)
        cut = len(sentences) * 9 // 10
        vocabulary = Vocabulary.of(sentences[:cut], config.min_count)
        check_words(config, len(vocabulary))

        from core.models.language.word2vec import WordTrainer, build_word2vec

        super().__init__(config, control)
        self._vocabulary = vocabulary
        self._asked = corpora.questions_of(config.corpus_name)
        self._ids = vocabulary.encode(sentences[:cut])
        self._held_out = self._fixed(vocabulary.encode(sentences[cut:]))
        self.model = build_word2vec(len(vocabulary), config.dim, config.seed)
        self.trainer = WordTrainer(self.model, config.negatives, config.method, config.objective)
        self.parts = max(1, round(len(self._ids) / EPOCH_WORDS))
        # With words skipped, readings differ by some pieces: of each as many are read.
        least = fewest_pieces(self._ids, vocabulary.counts, config.subsampling)
        self._count = min(config.rows, max(1, least // self.parts))
        self.updates = least // (self.parts * self._count)
        if config.objective == "negatives":
            self.references = {"baseline_constant_loss": constant_loss(config.negatives)}
        self._places: np.ndarray | None = None
        self.first_arrays = {
            "vocabulary": np.frombuffer("\n".join(vocabulary.words).encode(), np.uint8),
            "counts": vocabulary.counts.astype(np.int32),
        }

    def order(self, epoch: int) -> np.ndarray:
        config = self.config
        reading, part = divmod(epoch - 1, self.parts)
        seed = [config.seed, reading + 1]
        rows = pieces(self._ids, self._vocabulary.counts, config.subsampling, seed)
        size = self.updates * self._count
        return rows[part * size : (part + 1) * size].reshape(-1, self._count, PIECE)

    def rate(self, rate: float, epoch: int) -> float:
        return half_cosine(rate, epoch, self.epochs)

    def batches(self, chosen: np.ndarray, update: int) -> tuple[np.ndarray, ...]:
        config = self.config
        reach, noise = with_draws(
            chosen[0], self._vocabulary.counts, config.window, [config.seed, update]
        )
        return chosen[:1], reach[None], noise[None]

    def _fixed(self, ids: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Some held-out pieces, and what is drawn for them once."""
        rows = pieces(ids, self._vocabulary.counts, 0.0, [self.config.seed, 0])[:64]
        draws = with_draws(
            rows, self._vocabulary.counts, self.config.window, [self.config.seed, 0, 1]
        )
        return rows, *draws

    def score(self, last: bool) -> Scores:
        space = WordSpace(self._vocabulary.words, self.trainer.vectors())
        mapped = space.units[:MAPPED]
        self._places = plane(mapped, self._places)
        metrics = {"valid_loss": self.trainer.loss(*self._held_out), **self._judged(space)}
        near = self.in_parts(lambda some: _nearest(some, space), np.arange(len(mapped)), _AT_ONCE)
        cosines = np.einsum("nd,nkd->nk", mapped, space.units[near])
        return Scores(
            metrics,
            {"points": self._places, "neighbours": near, "cosines": cosines.astype(np.float16)},
        )

    def _judged(self, space: WordSpace) -> dict[str, float]:
        return scores.scores_of(space, *self._asked, between=self.control.wait)

    def weights(self) -> dict[str, np.ndarray]:
        return {"vectors": self.trainer.vectors()}

    def end(self) -> Scores:
        config, words, wait = self.config, self._vocabulary.words, self.control.wait
        counts = counting.cooccurrences(self._ids, len(words), config.window, wait)
        rng = np.random.default_rng([34, config.seed])
        others = {
            "ppmi": counting.svd_vectors(counting.ppmi(counts), config.dim, config.seed, wait),
            "spelling": counting.spelling_vectors(words, config.dim, config.seed, wait),
            "random": rng.standard_normal((len(words), config.dim)),
        }
        return Scores(
            {
                f"baseline_{name}_{metric}": value
                for name, vectors in others.items()
                for metric, value in self._judged(WordSpace(words, vectors)).items()
            }
        )

    def code(self) -> dict[str, bytes]:
        words, breaks = self._vocabulary.words, np.flatnonzero(self._ids < 0)
        lines = np.split(self._ids, breaks + 1)
        text = "".join(" ".join(words[i] for i in line[:-1]) + "\n" for line in lines[:-1])
        files = {"sentences.txt": text.encode()}
        sizes = {"ROWS": self._count, "UPDATES": self.updates, "PARTS": self.parts}
        return {**keras_files(self.name, self.config, files, **sizes), **files}


def check_words(config: WordEmbeddingsConfig, words: int) -> None:
    """Raise Problem if there are too few words to learn, or too many to ask all of them."""
    if words < _MIN_WORDS:
        raise Problem(
            N_(
                "Only {words} words come {count} times or more in this text; at least {least} are "
                "needed. Lower the minimum count, or take a longer text."
            ),
            words=words,
            count=config.min_count,
            least=_MIN_WORDS,
        )
    if config.objective == "softmax" and words > MAX_SOFTMAX:
        raise Problem(
            N_(
                "This corpus has {words:,} words; all of them can be compared up to {most:,}. "
                "Choose negative samples, or raise the minimum count."
            ),
            words=words,
            most=MAX_SOFTMAX,
        )


def _nearest(numbers: np.ndarray, space: WordSpace) -> np.ndarray:
    """The numbers of the nearest words of some, int32 (n, NEIGHBOURS)."""
    cosines = space.units[numbers] @ space.units.T
    cosines[np.arange(len(numbers)), numbers] = -np.inf
    return np.argsort(-cosines, axis=1)[:, :NEIGHBOURS].astype(np.int32)
