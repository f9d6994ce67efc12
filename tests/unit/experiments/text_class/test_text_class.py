"""The run of texts in classes: its parts, what it is held against, the script it gives away."""

import json
from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import f1_score

from core.data.language.labelled.sets import missing
from core.events import Epoch, Step
from core.experiments.text_class.config import TextClassConfig
from core.experiments.text_class.recorded import FILE, load
from core.experiments.text_class.run import run
from core.experiments.text_class.task import SHOWN, Task
from core.messages import Problem
from core.numeric.language.classify.classifier import TextClassifier
from core.numeric.language.classify.ngrams import Runs, ngrams_of
from core.numeric.language.classify.steadiness import steadiness
from core.numeric.language.classify.tokens import words
from tests.contracts.small import small
from tests.events import began, ended, of
from tests.unit.experiments.scripts import losses, printed


def needs(data):
    return pytest.mark.skipif(bool(missing(data)), reason="data are not here")


@needs("messages")
def test_ngrams_that_were_kept_are_those_of_the_texts():
    for _made_or_found in range(2):
        task = Task.of(TextClassConfig(data="messages", train_texts=60))
        for runs in (task.runs, Runs((1, 2))):
            for places, told in zip((task.training, task.test), task.ngrams(runs), strict=True):
                read = ngrams_of(task.some(places), runs)
                for kept, numbers in zip(told, read, strict=True):
                    np.testing.assert_array_equal(kept, numbers)


@pytest.fixture(scope="module")
def events(small_run):
    return small_run("text-class")


def test_it_tells_what_counting_reaches_and_what_it_reaches_itself(events):
    task = Task.of(small("text-class"))
    started, done = began(events), ended(events)
    first, last = of(events, Epoch)
    assert started.references.keys() == {
        *("baseline_majority", "baseline_naive_bayes", "baseline_naive_bayes_letters")
    }
    assert done.metrics.keys() >= {
        *("accuracy", "macro_f1", "ece", "train_s", "params"),
        *("baseline_logistic_words", "baseline_logistic_letters"),
    }
    assert done.metrics["test_texts"] == len(task.test) == last.arrays["confusion"].sum()
    assert done.metrics["train_texts"] == len(task.training)
    assert started.references["baseline_majority"] == pytest.approx(0.5, abs=0.01)
    assert last.metrics["accuracy"] > 0.6
    model = TextClassifier.of(
        json.loads(first.arrays["card"].tobytes()),
        {n.removeprefix("weights/"): a for n, a in last.arrays.items() if n.startswith("weights/")},
    )
    shown = [words(text) for text in last.texts["shown"].split("\n")]
    shares = model.probabilities(shown)
    assert len(shown) == SHOWN
    np.testing.assert_allclose(shares, last.arrays["probabilities"], atol=5e-3)
    whole = TextClassifier(task.network, done.arrays, task.data.classes)
    texts, truth = task.some(task.test), task.data.labels[task.test]
    answers = whole.probabilities(texts).argmax(1)
    assert np.mean(answers == truth) == pytest.approx(last.metrics["accuracy"], abs=1e-9)
    assert f1_score(truth, answers, average="macro") == pytest.approx(last.metrics["macro_f1"])


def test_nothing_is_in_both_parts_and_fewer_texts_leave_the_held_out_ones_as_they_are():
    task = Task.of(small("text-class"))
    fewer = Task.of(small("text-class", train_texts=100))
    assert not set(task.training) & set(task.test)
    assert fewer.test.tolist() == task.test.tolist()
    assert len(fewer.training) == 100 and set(fewer.training) <= set(task.training)


@pytest.mark.parametrize("data", ["invented", "invented_french"])
def test_before_the_first_update_its_part_that_counts_is_naive_bayes(data):
    task = Task.of(small("text-class", data=data))
    start = task.start
    assert start["counts.embeddings"].shape == (len(task.counts), 2)
    texts, network = task.some(task.test), task.network
    weights = {
        "words.embeddings": np.zeros((len(network.vocabulary), network.dim)),
        "dense.kernel": np.zeros((network.dim, 2)),
        **start,
    }
    logits = network.logits(weights, texts)
    expected = 0.1 * task.counted.scores(task.counts.rows(texts))
    np.testing.assert_allclose(logits - logits.mean(1)[:, None], expected, atol=1e-4)


def test_words_and_letters_are_trusted_apart_and_an_empty_start_trusts_nothing():
    task = Task.of(small("text-class"))
    other = Task(task.config.replace(data="films"), task.data, task.texts, task.training, task.test)
    ratios, rows = other.counted.log_ratios, other.start["counts.embeddings"]
    words = 1 + np.searchsorted(other.counts.known, other.runs.first_of_letters())
    np.testing.assert_allclose(rows[:words], 3 * ratios[:words], rtol=1e-6)
    np.testing.assert_allclose(rows[words:], ratios[words:] / 2, rtol=1e-6)
    assert np.abs(ratios[:words]).max() > 0 < np.abs(ratios[words:]).max()
    empty = Task.of(small("text-class", start="empty"))
    assert empty.network.counted is empty.counts and not empty.start


def test_of_books_what_is_steady_is_trusted_more_and_common_words_are_told():
    small_task = Task.of(small("text-class"))
    places = small_task.training[:60]
    books = replace(small_task.data, groups=np.arange(len(small_task.data.labels)) // 7)
    config = small_task.config.replace(data="authors")
    task = Task(config, books, small_task.texts, places, small_task.test)
    assert len(task.runs.common) == len(task.vocabulary.commonest(300)) > 10
    assert not any(" " in word for word in task.runs.common)
    steady = steadiness(task.training_runs, books.labels[places], len(task.counts))
    expected = 0.2 * task.counted.log_ratios * steady[:, None] ** 4
    np.testing.assert_allclose(task.start["counts.embeddings"], expected, rtol=1e-5, atol=1e-9)
    assert 0 < steady.min() < 0.9 and steady.max() == 1


@pytest.mark.slow
@pytest.mark.own_process
def test_order_decides_among_invented_opinions_and_a_recurrent_network_finds_it():
    config = TextClassConfig(
        data="invented",
        network="gru",
        start="random",
        hidden_words=0.0,
        learning_rate=0.02,
        batch_size=32,
        dim=8,
        units=16,
        epochs=3,
    )
    done = ended(list(run(config)))
    assert done.metrics["accuracy"] > 0.98
    assert done.metrics["baseline_naive_bayes"] < 0.75


@pytest.mark.slow
@pytest.mark.own_process
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"network": "lstm", "bidirectional": True, "start": "random", "hidden_words": 0.2},
        {"start": "empty", "dim": 4},
        {"network": "convolution", "dropout": 0.0, "hidden_words": 0.0, "seed": 3},
        pytest.param({"data": "authors", "train_texts": 700}, marks=needs("authors")),
        pytest.param({"data": "reviews", "train_texts": 700}, marks=needs("reviews")),
    ],
)
def test_the_exported_script_makes_the_same_first_steps(changes, tmp_path):
    events = list(run(small("text-class", epochs=1, **changes)))
    text = printed(ended(events).files, tmp_path, "data.txt")
    ours = [event.metrics["train_loss"] for event in of(events, Step)]
    np.testing.assert_allclose(ours[:10], losses(text)[:10], atol=1e-5)


def test_without_a_table_it_says_so():
    with pytest.raises(Problem, match=r"^Bring a CSV table first: a text and its class"):
        next(run(TextClassConfig(data="upload")))


@pytest.mark.skipif(not FILE.is_file(), reason="nothing was recorded")
def test_what_was_recorded_bears_the_lesson_out():
    recorded = load()
    means = {name: np.mean(shares) for name, shares in recorded.ideas.items()}
    assert means["naive_bayes_start"] > means["naive_bayes"]
    book, passage = (recorded.splits[split]["naive_bayes_start"] for split in ("book", "passage"))
    assert np.mean(passage) > np.mean(book) + 0.1
