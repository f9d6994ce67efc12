"""Word vectors: ours, gensim's, counting, spelling and chance on the same sentences, several seeds.

Skip-gram learns from nine tenths of the French novels in all networks; words a second are those
of the text, with as many threads each. A process for each seed, whose threads are set before it
starts.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.row import Row
from core import pretrained
from core.data.language.words import corpora
from core.events import Epoch, Finished
from core.experiments.word_embeddings import recipe
from core.experiments.word_embeddings.config import WordEmbeddingsConfig
from core.experiments.word_embeddings.run import EPOCH_WORDS, run
from core.numeric.language.embeddings import scores
from core.numeric.language.embeddings.space import WordSpace
from core.numeric.language.embeddings.vocabulary import Vocabulary

SEEDS = range(3)
READINGS = 10
SETTINGS = {
    "novels": recipe.CONFIG,
    "reviews": recipe.CONFIG.replace(corpus="reviews", rows=16),
}
METRICS = {
    "odd_one_out": "odd one out (aim 0.90)",
    "neighbour_category_accuracy": "nearest word of the same category (aim 0.78)",
    "analogy_accuracy": "analogies, the very word (aim 0.25)",
    "wordsim_spearman": "WordSim-353, Spearman's correlation",
}
BESIDE = ("gensim", "ppmi", "spelling", "random")
_LONGEST = 10_000  # words of a sentence that gensim reads


def rows() -> Iterator[Row]:
    """Scores of each corpus, words a second, and what is shipped."""
    if corpora.missing("novels") or corpora.missing("reviews"):
        yield Row("Word vectors", "not measured: the data are not here")
        return
    for corpus in SETTINGS:
        measured = [_measured_apart(corpus, seed) for seed in SEEDS]
        for metric, what in METRICS.items():
            if metric in measured[0]["ours"]:
                yield _row(
                    f"Word vectors of {corpus}, {len(SEEDS)} seeds: {what}", metric, measured
                )
        if corpus == "novels":
            yield _speed(measured, 1)
            yield _speed([_measured_apart(corpus, seed, 2) for seed in SEEDS], 2)
            yield _until_a_map(measured)
    yield from _shipped()


def _row(what: str, metric: str, measured: list[dict]) -> Row:
    def told(side: str) -> str:
        values = [one[side][metric] for one in measured]
        return f"{statistics.mean(values):.3f} ± {statistics.stdev(values):.3f}"

    return Row(what, told("ours"), ", ".join(f"{side} {told(side)}" for side in BESIDE))


def _speed(measured: list[dict], threads: int) -> Row:
    ours, theirs = (
        statistics.median(one["words_per_s"][side] for one in measured)
        for side in ("ours", "gensim")
    )
    return Row(
        f"Word vectors of novels: words a second with {threads} of its threads",
        f"{ours:,.0f}",
        f"gensim {theirs:,.0f} ({ours / theirs:.1f} times as many)",
    )


def _until_a_map(measured: list[dict]) -> Row:
    seconds = [one["first_map_s"] for one in measured]
    sensible = [one["sensible_s"] for one in measured]
    return Row(
        "Word vectors of novels: seconds until the first map (aim 3), Keras imported",
        f"{max(seconds):.1f} s",
        f"nearest word of the same category at 0.6 (aim: 60 s) after {max(sensible):.0f} s",
    )


def _shipped() -> Iterator[Row]:
    space, card = pretrained.load(recipe.NAME, WordSpace)
    told, unseen = recipe.measured(space), card["metrics"]["held_out"]
    for metric, value in unseen.items():
        alone = ", ".join(
            f"{part} {card['metrics'][f'baseline_{part}_{metric}']:.3f}"
            for part in (*card["weights"], "random")
        )
        yield Row(
            f"Word vectors as shipped: {METRICS[metric]}",
            f"{value:.3f} on the questions that did not choose, {told[metric]:.3f} on all",
            alone,
        )
    by_kind = told["analogy_accuracy_by_kind"].items()
    yield Row(
        "Word vectors as shipped: analogies by kind",
        ", ".join(f"{kind} {share:.2f}" for kind, share in by_kind),
        f"{told['analogies']:,} questions",
    )


def _measured_apart(corpus: str, seed: int, threads: int = 1) -> dict:
    said = subprocess.run(
        [sys.executable, "-m", "benchmarks.word_embeddings", corpus, str(seed), str(threads)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env=os.environ
        | {f"TF_NUM_{where}OP_THREADS": str(threads) for where in ("INTRA", "INTER")},
    ).stdout
    return json.loads(said.splitlines()[-1])


def measure(corpus: str, seed: int, threads: int) -> dict:
    """Scores by side, words a second, and seconds until a first and a sensible map."""
    import keras  # noqa: F401  # which the app's training processes have imported before

    config = SETTINGS[corpus].replace(seed=seed)
    sentences = corpora.corpus(corpus, seed)
    sentences = sentences[: len(sentences) * 9 // 10]
    ids = Vocabulary.of(sentences, config.min_count).encode(sentences)
    parts = max(1, round(len(ids) / EPOCH_WORDS))
    asked = corpora.questions_of(corpus)
    began, seen_s = time.perf_counter(), []
    metrics, read_s = {}, 0.0
    for event in run(config.replace(epochs=READINGS * parts)):
        if isinstance(event, Epoch):
            near = event.metrics["neighbour_category_accuracy"]
            seen_s.append((time.perf_counter() - began, near))
        if isinstance(event, Finished):
            metrics, read_s = event.metrics, event.metrics["train_s"]
    words = sum(map(len, sentences))
    theirs, their_s = _gensim(sentences, config, threads)
    return {
        "ours": {name: metrics[name] for name in METRICS if name in metrics},
        "gensim": scores.scores_of(theirs, *asked),
        **{
            side: {m: metrics[f"baseline_{side}_{m}"] for m in METRICS if m in metrics}
            for side in BESIDE[1:]
        },
        "words_per_s": {"ours": READINGS * words / read_s, "gensim": READINGS * words / their_s},
        "first_map_s": seen_s[0][0],
        "sensible_s": next((s for s, near in seen_s if near >= 0.6), float("inf")),
    }


def _gensim(
    sentences: list[list[str]], config: WordEmbeddingsConfig, threads: int
) -> tuple[WordSpace, float]:
    """Vectors of gensim with the same settings, and the seconds that it learned."""
    from gensim.models import Word2Vec

    cut = [line[at : at + _LONGEST] for line in sentences for at in range(0, len(line), _LONGEST)]
    model: Any = Word2Vec(
        vector_size=config.dim,
        window=config.window,
        negative=config.negatives,
        min_count=config.min_count,
        sample=config.subsampling,
        sg=int(config.method == "skip-gram"),
        seed=config.seed,
        workers=threads,
    )
    model.build_vocab(cut)
    began = time.perf_counter()
    model.train(cut, total_examples=len(cut), epochs=READINGS)
    seconds = time.perf_counter() - began
    return WordSpace(tuple(model.wv.index_to_key), model.wv.vectors), seconds


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], *map(int, sys.argv[2:]))), flush=True)
