"""The shipped French vectors: skip-gram, counts and spelling joined; made, scored and described."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy as np

from core import pretrained
from core.data.language.words import corpora, questions
from core.experiments.kit import recipe
from core.experiments.kit.run import half_cosine
from core.experiments.word_embeddings.choice import (
    Choice,
    answers_of,
    chosen,
    held_out,
    metrics_of,
)
from core.experiments.word_embeddings.config import WordEmbeddingsConfig
from core.numeric.language.embeddings import counting
from core.numeric.language.embeddings.batches import PIECE, pieces, with_draws
from core.numeric.language.embeddings.joining import joined
from core.numeric.language.embeddings.space import WordSpace
from core.numeric.language.embeddings.vocabulary import Vocabulary

NAME = "word-embeddings"
CONFIG = WordEmbeddingsConfig(
    corpus="novels",
    dim=100,
    window=5,
    negatives=5,
    subsampling=0.0001,
    min_count=5,
    rows=64,
    learning_rate=0.01,
    epochs=10,
)
SEEDS = (0, 1, 2)  # runs of skip-gram that are joined
WINDOWS = (2, 5, 12)  # of counting
SPLITS = 10
SHOWN = 2_000  # most frequent words that are laid out in a plane
# What is tried of skip-gram, of counting with each window and of spelling.
TRIED: tuple[Choice, ...] = tuple(
    (1.0, *counted, spelled)
    for counted, spelled in product(
        [(0.0, 0.0, 0.0), (0.0, 0.7, 0.0), (0.5, 0.5, 0.5), (0.5, 1.0, 0.7)],
        (0.0, 0.4, 0.6, 0.8, 1.0),
    )
)
Log = Callable[[str], None]


def rebuild(folder: Path, log: Log) -> None:
    """Learn, count and join, and write vectors, card and a map; ``log`` hears of each part.

    Raises Problem if a novel is not on this machine.
    """
    began = time.perf_counter()
    sentences = corpora.corpus(CONFIG.corpus, 0)
    vocabulary = Vocabulary.of(sentences, CONFIG.min_count)
    ids = vocabulary.encode(sentences)
    parts = {"skip_gram": skip_gram(ids, vocabulary, log), **counted(ids, vocabulary, log)}
    asked = questions.french()

    def joint(choice: Choice) -> WordSpace:
        vectors = joined(list(zip(choice, parts.values(), strict=True)), CONFIG.dim)
        return WordSpace(vocabulary.words, vectors, vocabulary.counts)

    tried = {choice: answers_of(joint(choice), asked) for choice in TRIED}
    best = chosen(tried)
    space = joint(best)
    alone = {name: WordSpace(vocabulary.words, vectors) for name, vectors in parts.items()}
    alone["random"] = _random(vocabulary)
    stored = pretrained.as_stored(space)
    log(f"chosen: {best}")

    from core.models.autoencoders.latent_quality import tsne

    recipe.write_layout(NAME, tsne(stored.units[:SHOWN], 0), folder)
    recipe.publish(
        NAME,
        space,
        folder,
        seconds=time.perf_counter() - began,
        about="French words of 31 novels, plays and tales: skip-gram, counts and spelling joined.",
        config=CONFIG.to_dict(),
        weights=dict(zip(parts, best, strict=True)),
        seeds=list(SEEDS),
        words_read=int((ids >= 0).sum()),
        tuned=(
            f"The weights are the best of {len(TRIED)} on all questions; held_out is what such a "
            f"choice on one half of the questions reaches on the other, {SPLITS} times both ways."
        ),
        metrics={
            "params": space.params,
            **metrics_of(answers_of(stored, asked)),
            "held_out": held_out(tried, len(vocabulary), SPLITS),
            **{
                f"baseline_{name}_{metric}": value
                for name, other in alone.items()
                for metric, value in metrics_of(answers_of(other, asked)).items()
            },
        },
    )


def skip_gram(ids: np.ndarray, vocabulary: Vocabulary, log: Log) -> np.ndarray:
    """Vectors of several runs, the input and the output ones added, joined, (words, dim)."""
    from core.models.language.word2vec import WordTrainer, build_word2vec

    runs = []
    for seed in SEEDS:
        model = build_word2vec(len(vocabulary), CONFIG.dim, seed)
        trainer = WordTrainer(model, CONFIG.negatives, CONFIG.method, CONFIG.objective)
        step = 0
        for epoch in range(1, CONFIG.epochs + 1):
            rows = pieces(ids, vocabulary.counts, CONFIG.subsampling, [seed, epoch])
            rate = half_cosine(CONFIG.learning_rate, epoch, CONFIG.epochs)
            losses = []
            whole = len(rows) // CONFIG.rows * CONFIG.rows
            for batch in rows[:whole].reshape(-1, CONFIG.rows, PIECE):
                reach, noise = with_draws(batch, vocabulary.counts, CONFIG.window, [seed, step])
                losses += trainer.steps(batch[None], reach[None], rate, noise[None])
                step += 1
            log(f"seed {seed}, epoch {epoch}: {np.mean(losses):.4f} nats, {trainer.train_s:.0f} s")
        runs.append(sum(trainer.matrices()))
    return joined([(1.0, run) for run in runs], CONFIG.dim)


def counted(ids: np.ndarray, vocabulary: Vocabulary, log: Log) -> dict[str, np.ndarray]:
    """Vectors of counts, by window, and of spelling."""
    parts = {}
    for window in WINDOWS:
        counts = counting.cooccurrences(ids, len(vocabulary), window)
        parts[f"ppmi_{window}"] = counting.svd_vectors(counting.ppmi(counts), CONFIG.dim)
        log(f"counted, window {window}")
    return {**parts, "spelling": counting.spelling_vectors(vocabulary.words, CONFIG.dim)}


def _random(vocabulary: Vocabulary) -> WordSpace:
    rng = np.random.default_rng([34, 0])
    return WordSpace(vocabulary.words, rng.standard_normal((len(vocabulary), CONFIG.dim)))
