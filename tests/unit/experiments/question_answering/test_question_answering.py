"""The run of questions about stories: what it tells, its baselines, the script it gives away."""

import json

import numpy as np
import pytest

from core import pretrained
from core.data import fetch
from core.data.language import piaf
from core.events import Epoch, Step
from core.experiments.question_answering.config import QuestionAnsweringConfig
from core.experiments.question_answering.recipe import CONFIGS
from core.experiments.question_answering.recorded import FILE, load
from core.experiments.question_answering.run import run
from core.experiments.question_answering.task import SHOWN, Task
from core.messages import Problem
from core.numeric.language.answering.answerer import StoryAnswerer
from core.numeric.language.answering.cut import sentences
from core.numeric.language.answering.spans import SentenceSearch
from tests.contracts.small import small
from tests.events import began, ended, of
from tests.unit.experiments.scripts import losses, printed


@pytest.fixture(scope="module")
def events(small_run):
    return small_run("question-answering")


def test_it_tells_what_rules_reach_and_what_it_reaches_itself(events):
    task = Task.of(small("question-answering"))
    started, done = began(events), ended(events)
    first, last = of(events, Epoch)
    assert started.references.keys() == {
        *("baseline_majority", "baseline_last_place", "baseline_one_line", "baseline_programme")
    }
    assert started.references["baseline_one_line"] == 1
    assert started.references["baseline_programme"] == 1
    assert done.metrics.keys() >= {"accuracy", "facts_found", "baseline_logistic_words", "params"}
    assert done.metrics["test_questions"] == len(task.test) == last.arrays["confusion"].sum()
    model = StoryAnswerer.of(json.loads(first.arrays["card"].tobytes()), done.arrays)
    shown = task.test[:SHOWN]
    read = model.read([one.sentences for one in shown], [one.question for one in shown])
    np.testing.assert_allclose(read.probabilities, last.arrays["probabilities"], atol=5e-3)
    np.testing.assert_allclose(read.attention, last.arrays["attention"], atol=5e-3)
    lines = last.texts["shown"].split("\n")
    assert len(lines) == SHOWN
    assert lines[0].split("\t")[2:] == [shown[0].answer, " ".join(map(str, shown[0].facts))]


def test_fewer_questions_leave_the_held_out_ones_as_they_are():
    task = Task.of(small("question-answering"))
    fewer = Task.of(small("question-answering", train_questions=100))
    assert fewer.test == task.test and len(fewer.training) == 100
    assert fewer.training == task.training[:100]


def test_without_babi_it_says_so(monkeypatch):
    monkeypatch.setattr(fetch, "folders", lambda: [])
    with pytest.raises(Problem, match=r"^babi_qa2_train\.txt is not on this machine"):
        next(run(QuestionAnsweringConfig(seed=987_654)))


@pytest.mark.parametrize("name", CONFIGS)
def test_the_shipped_networks_are_what_their_cards_say(name):
    model, card = pretrained.load(name, StoryAnswerer)
    config = QuestionAnsweringConfig.parse(card["config"])
    assert config == CONFIGS[name]
    assert pretrained.verify(name)
    invented = Task.of(config.replace(data="invented"))
    read = model.network.read(model.weights, *invented.tested.inputs(np.arange(300)))
    right = read.probabilities.argmax(1) == invented.tested.answers[:300]
    assert right.mean() > 0.95  # it learned from bAbI; these stories are of another programme
    if fetch.available("babi_qa1_test.txt"):
        task = Task.of(config)
        read = model.network.read(model.weights, *task.tested.inputs(np.arange(len(task.test))))
        right = read.probabilities.argmax(1) == task.tested.answers
        assert right.mean() == pytest.approx(card["metrics"]["accuracy"], abs=0.003)
    assert card["metrics"]["accuracy"] >= {"one": 0.999, "two": 0.985}[config.task]


@pytest.mark.slow
@pytest.mark.own_process
@pytest.mark.parametrize(
    "changes",
    [
        {"task": "two", "hops": 3},
        {"model": "attention", "cell": "lstm", "hops": 2},
        {"model": "recurrent", "question_first": False},
    ],
    ids=str,
)
def test_the_exported_script_makes_the_same_first_steps(changes, tmp_path):
    events = list(run(small("question-answering", epochs=1, **changes)))
    text = printed(ended(events).files, tmp_path, "data.txt")
    ours = [event.metrics["train_loss"] for event in of(events, Step)]
    np.testing.assert_allclose(ours[:10], losses(text)[:10], atol=1e-5)


@pytest.mark.skipif(not FILE.is_file(), reason="nothing was recorded")
def test_what_was_recorded_bears_the_lesson_out():
    recorded = load()
    assert np.mean(recorded.networks["one"]["memory"]) >= 0.999
    assert np.mean(recorded.networks["two"]["memory"]) >= 0.985
    assert np.mean(recorded.networks["two"]["recurrent"]) < 0.985
    for shares in recorded.invented.values():
        assert shares["like"] > 0.95 > 0.5 > shares["unlike"]
    known = recorded.piaf
    assert known["sentence"] > known["exact"] and known["f1"] > known["whole_f1"]
    assert known["open_exact"] < known["exact"] < known["home_exact"] < known["most_exact"]
    assert known["exact"] < known["f1"]


@pytest.mark.skipif(not fetch.available(piaf.FILE), reason="the passages are not here")
def test_the_recorded_weights_are_those_of_the_passages_that_are_searched():
    passages = piaf.piaf().passages
    search = SentenceSearch(tuple(text for one in passages for _, text in sentences(one.text)))
    weights = load().weights
    assert weights.shape == (search.templates.count,)
    answers = search.answers("Qui est le patron de Sonolor ?", weights)
    assert answers[0].answer == "André Bazin"
    assert [one.weight for one in answers] == sorted((a.weight for a in answers), reverse=True)
