"""A class is opened, joined and asked."""

import pytest

from core.messages import Problem
from tests.unit.store.kept import begin, keep

TEACHER, HERE = "teacher", "10.0.0.1"


@pytest.fixture
def classes(archive):
    return archive.classes


def opened(classes, name="The four o’clock class", teacher=TEACHER):
    """A new class's number and code."""
    number, _phrase = classes.open(teacher, name)
    return number, classes.snapshot(number).of.code


def test_a_class_is_asked_and_counts_its_answers_without_names(classes):
    number, code = opened(classes)
    ada, bob = (classes.join(who, code, HERE) for who in ("ada", "bob"))
    assert (ada.place, bob.place) == (0, 1) and ada.pseudonym != bob.pseudonym
    question = classes.ask(TEACHER, number, "Which is faster?", ["the GRU", "the LSTM"])
    classes.answer("ada", question, "0")
    classes.answer("bob", question, "1")
    classes.answer("bob", question, "0")
    assert classes.answer_of("bob", question) == "0"
    snapshot = classes.snapshot(number)
    assert snapshot.question.choices == ["the GRU", "the LSTM"]
    assert snapshot.counts == {question: {"0": 2}}
    classes.close_question(TEACHER, number)
    with pytest.raises(Problem, match=r"^This question is closed\.$"):
        classes.answer("ada", question, "1")
    assert classes.snapshot(number).question is None


def test_runs_of_members_are_the_class_s(archive, classes):
    number, code = opened(classes)
    before = classes.version(number)
    begin(archive, "before", "ada")
    member = classes.join("ada", code, HERE)
    keep(archive, "run", "ada")
    archive.asked("ada", "run")
    archive.asked("eve", "run")
    archive.asked("ada", "unknown")
    assert archive.flush()
    [trained] = classes.snapshot(number).trained
    assert (trained.member, trained.run, trained.experiment) == (member.number, "run", "count")
    assert classes.version(number) > before
