"""The run of the tagger: its parts, what it is held against, the script it gives away."""

import json

import numpy as np
import pytest

from core import pretrained
from core.data.language.tagged.sets import missing
from core.events import Epoch, Step
from core.experiments.tagger.config import TaggerConfig
from core.experiments.tagger.recorded import FILE, load
from core.experiments.tagger.run import run
from core.experiments.tagger.task import ALONE, SHOWN, WIDTHS, Task, batches
from core.messages import Problem
from core.numeric.language.tagging.tagger import Tagger
from tests.contracts.small import small
from tests.events import began, ended, of
from tests.unit.experiments.scripts import losses, printed

GROWN = ("words_left", "words_both", "letters", "features", "transitions")


@pytest.fixture(scope="module")
def events(small_run):
    return small_run("tagger")


def test_it_tells_what_others_reach_and_what_it_reaches_itself(events):
    task = Task.of(small("tagger"))
    started, done = began(events), ended(events)
    first, last = of(events, Epoch)
    assert started.references.keys() == {
        *("baseline_frequent", "baseline_frequent_accuracy", "baseline_frequent_known"),
    }
    assert done.metrics.keys() >= {"score", "left", "right", "baseline_linear", "params"}
    assert done.metrics["test_words"] == task.test.size == last.arrays["confusion"].sum()
    assert last.metrics["score"] == last.metrics["accuracy"] > 0.6
    tagger = Tagger.of(json.loads(first.arrays["card"].tobytes()), done.arrays)
    given = [tagger.named(tagger.read(words).best) for words in task.test.words]
    right = np.array(
        [a == b for row, told in zip(task.test.tags, given, strict=True)
         for a, b in zip(row, told, strict=True)]
    )  # fmt: skip
    assert right.mean() == pytest.approx(last.metrics["accuracy"], abs=2e-3)
    shown = [line.split("\t") for line in last.texts["shown"].split("\n")]
    assert shown == task.test.words[:SHOWN]
    ends = np.cumsum([len(words) for words in shown])
    assert len(last.arrays["shown_tags"]) == len(last.arrays["shown_answers"]) == ends[-1]
    names = last.texts["tags"].split("\n")
    assert [names[tag] for tag in last.arrays["shown_tags"][: ends[0]]] == task.test.tags[0]


def test_no_held_out_sentence_is_learned_from_and_fewer_leave_them_as_they_are():
    task, fewer = (Task.of(small("tagger", **more)) for more in ({}, {"train_sentences": 100}))
    assert len(fewer.training) == 100 and fewer.test.words == task.test.words
    learned = {tuple(words) for words in task.training.words}
    assert not learned & {tuple(words) for words in task.test.words}


def test_batches_have_sentences_of_like_length_and_lose_few():
    lengths = np.array([5] * 70 + [40] * 30 + [80] * 5)
    made = batches(lengths, 16, [0, 1])
    assert [len(places) for places in made] == [16] * 6
    assert len(set(np.concatenate(made).tolist())) == 96
    short = [places for places in made if lengths[places].max() <= WIDTHS[0]]
    assert len(short) == 4
    again = [places.tolist() for places in batches(lengths, 16, [0, 1])]
    assert [places.tolist() for places in made] == again
    assert again != [places.tolist() for places in batches(lengths, 16, [0, 2])]


def test_behind_the_last_word_there_is_nothing():
    task = Task.of(small("tagger"))
    encoded = task.encoded(task.training)
    inputs, targets = encoded.batch([0, 1])
    assert targets.shape == (2, WIDTHS[0]) and {len(array) for array in inputs} == {2}
    for row, length in enumerate(encoded.lengths[:2]):
        assert (targets[row, :length] >= 0).all() and (targets[row, length:] == -1).all()
        for array in inputs:
            assert not array[row, length:].any()


@pytest.mark.skipif(bool(missing("novels")), reason="the novels are not here")
def test_of_novels_the_words_of_one_alone_have_no_vector_and_some_sentences_no_book():
    task = Task.of(TaggerConfig(data="novels", book=True, train_sentences=5_000))
    assert set(task.training.documents) == {0, 1}
    assert task.vocabulary.number("grandet") == task.vocabulary.number("duroy") == 1
    assert task.vocabulary.number("monsieur") > 1 and task.network.book
    part = task.training.first(400)
    alone = [line.split("\t")[2] == "alone" for line in task.as_lines().decode().split("\n")[:400]]
    assert sum(alone) / 400 == pytest.approx(ALONE, abs=0.1)
    whole, some, drawn = (task.notes(part, share) for share in (0.0, 1.0, ALONE))
    assert whole and some and drawn
    mixed = [(some if single else whole)[i] for i, single in enumerate(alone)]
    for notes, expected in zip(drawn, mixed, strict=True):
        np.testing.assert_array_equal(notes, expected)


@pytest.mark.slow
@pytest.mark.own_process
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"features": False, "characters": False, "transitions": False, "direction": "left"},
        {"cell": "gru", "direction": "right", "dropout": 0.0, "hidden_words": 0.0, "seed": 3},
    ],
)
def test_the_exported_script_makes_the_same_first_steps(changes, tmp_path):
    events = list(run(small("tagger", epochs=1, **changes)))
    text = printed(ended(events).files, tmp_path, "data.txt", "words.txt")
    ours = [event.metrics["train_loss"] for event in of(events, Step)]
    np.testing.assert_allclose(ours[:10], losses(text)[:10], atol=1e-5)


@pytest.mark.own_process
def test_spans_are_scored_by_kind(tmp_path, monkeypatch):
    from core.data import uploads
    from core.data.language.tagged import brought

    monkeypatch.setattr(uploads, "folder", lambda: tmp_path)
    sentence = "M. B-PER\nBovary{} I-PER\nvint O\nde O\nRouen B-LOC\n. O"
    digest = brought.store("\n\n".join(sentence.format(i) for i in range(60)))
    bare = {"transitions": False, "features": False, "characters": False}
    small_one = {"dim": 4, "units": 4, "epochs": 2, "batch_size": 8, "learning_rate": 0.05}
    settings = {"data": "upload", "upload": digest, "cell": "rnn", "direction": "left"}
    config = TaggerConfig.parse(settings | bare | small_one)
    last = of(list(run(config)), Epoch)[-1]
    assert last.texts["kinds"] == "LOC\nPER"
    assert last.arrays["kinds"][:, 0].tolist() == [12, 12]
    right, given = last.arrays["kinds"][:, 2].sum(), last.arrays["kinds"][:, 1].sum()
    assert last.metrics["f1"] == last.metrics["score"] == pytest.approx(2 * right / (24 + given))


def test_without_a_text_it_says_so():
    with pytest.raises(Problem, match=r"^Bring a tagged text first: a word and its tag"):
        next(run(TaggerConfig(data="upload")))


@pytest.mark.skipif(not FILE.is_file(), reason="nothing was recorded")
def test_what_was_recorded_bears_the_lesson_out():
    recorded = load()
    all_words, unknown = (
        {name: float(np.mean(shares)) for name, shares in known.items()}
        for known in (recorded.accuracy, recorded.unknown)
    )
    grown = [all_words[name] for name in GROWN]
    assert grown == sorted(grown)
    with_words = all_words["words_both"] - all_words["words_left"]
    with_all = all_words["transitions"] - all_words["whole_left"]
    assert with_words > with_all > 0
    gains = np.diff(grown)
    assert gains.argmin() == len(gains) - 1  # the transition layer brings least
    assert unknown["letters"] > unknown["words_both"] + 0.1
    for score, left, right in zip(*recorded.names.values(), strict=True):
        assert score > 0.7 and score > max(left, right)


def test_the_cards_bear_out_what_the_lesson_says_of_names():
    metrics = pretrained.card("tagger-names")["metrics"]
    assert metrics["f1"] > metrics["baseline_linear_book"] > metrics["alone_f1"]
    assert metrics["alone_f1"] > metrics["baseline_linear"]
    words = pretrained.card("tagger")["metrics"]
    assert words["accuracy"] > 0.975 > words["baseline_linear"] > words["baseline_frequent"]
    assert words["left"] > words["right"]
