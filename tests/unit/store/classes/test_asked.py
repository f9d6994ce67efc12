"""What a class is asked, and what it trains."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.events import Failed
from core.messages import Problem
from tests.unit.store.kept import begin, events, fail, files, keep, times

TEACHER, HERE = "teacher", "10.0.0.1"


def test_a_class_is_asked_and_counts_its_answers_without_names(classes, opened):
    number, code = opened()
    for who in ("ada", "bob"):
        classes.join(who, code, HERE)
    question = classes.ask(TEACHER, number, "Which is faster?", ["the GRU", " ", "the LSTM"])
    classes.answer("ada", question, "0")
    classes.answer("bob", question, "1")
    classes.answer("bob", question, "0")
    snapshot = classes.snapshot(number)
    assert snapshot.given == {member.number: "0" for member in snapshot.members}
    assert snapshot.question.choices == ["the GRU", "the LSTM"]
    assert snapshot.counts == {question: {"0": 2}}
    later = classes.ask(TEACHER, number, "How many?", [])
    with pytest.raises(Problem, match=r"^This question is closed\.$"):
        classes.answer("ada", question, "1")
    classes.answer("ada", later, 0.1)
    classes.close_question(TEACHER, number)
    snapshot = classes.snapshot(number)
    assert snapshot.question is None and snapshot.counts[later] == {"0.1": 1}


@pytest.mark.parametrize(
    ("choices", "given"),
    [
        (["a", "b"], "2"),
        (["a", "b"], "a"),
        (["a", "b"], None),
        ([], "1"),
        ([], float("nan")),
        ([], True),
        ([], None),
    ],
)
def test_what_is_no_answer_is_refused(classes, opened, choices, given):
    number, code = opened()
    classes.join("ada", code, HERE)
    question = classes.ask(TEACHER, number, "?", choices)
    with pytest.raises(
        Problem, match=r"^(Choose one of the answers|The answer must be a number)\.$"
    ):
        classes.answer("ada", question, given)
    assert classes.snapshot(number).counts == {}


@pytest.mark.parametrize("choices", [["a"], ["a", "a"], list("abcdef")])
def test_a_question_has_two_to_five_choices(classes, opened, choices):
    number, _code = opened()
    with pytest.raises(Problem, match=r"^A question has 2 to 5 different choices, not [16]\.$"):
        classes.ask(TEACHER, number, "?", choices)


def test_nobody_answers_for_another_class_or_reads_another_s_answer(classes, opened):
    first, code = opened()
    _second, other = opened("4C")
    classes.join("ada", code, HERE)
    classes.join("bob", other, HERE)
    question = classes.ask(TEACHER, first, "?", ["a", "b"])
    classes.answer("ada", question, "1")
    for stranger in ("bob", "eve", TEACHER):
        with pytest.raises(Problem, match=r"^(This question is closed|You are not in this class)"):
            classes.answer(stranger, question, "0")
    assert classes.answer_of("bob", question) is None
    with pytest.raises(Problem, match=r"^You are not in this class any more\.$"):
        classes.answer_of("eve", question)
    assert classes.snapshot(first).counts == {question: {"1": 1}}


def test_runs_of_members_are_the_class_s_and_nobody_else_s(archive, classes, opened):
    number, code = opened()
    keep(archive, "before", "ada")
    member = classes.join("ada", code, HERE)
    version = classes.version(number)
    for run in ("run", "failed"):
        begin(archive, run, "ada")
        archive.asked("ada", run)
    fail(archive, "failed")
    archive.asked("eve", "run")
    archive.asked("ada", "made up")  # no run of this server
    assert archive.flush()
    ran, failed = classes.snapshot(number).trained
    assert (ran.place, ran.run, ran.experiment) == (member.place, "run", "count")
    assert failed.run == "failed"
    assert classes.version(number) > version


def test_a_run_that_failed_stays_with_the_class_with_its_sentence_and_is_nobody_s_work(
    archive, classes, opened, tmp_path
):
    number, code = opened()
    classes.join("ada", code, HERE)
    begin(archive, "failed", "ada")
    archive.asked("ada", "failed")
    told = [*events()[:5], Failed("It broke: {why}.", {"why": "x"})]
    archive.end("failed", told, times(told))
    assert archive.flush() and archive.work("ada") == []
    kept = archive.find("failed")
    assert (kept.state, kept.epochs) == ("failed", 1)
    assert archive.recording(kept, arrays=False).events[-1] == told[-1]
    assert len(archive.recording(kept).events) == len(told)
    assert classes.delete(TEACHER, number) == ["failed"] and files(tmp_path / "home") == []


# --- by several servers ---


def test_two_servers_of_one_postgresql_have_the_same_classes(open_archive, postgresql):
    one, two = (open_archive(database=postgresql) for _server in "12")
    number, _phrase = one.classes.open(TEACHER, "4B")
    code = two.classes.snapshot(number).of.code
    two.classes.join("ada", code, HERE)
    question = one.classes.ask(TEACHER, number, "?", ["a", "b"])
    two.classes.answer("ada", question, "1")
    keep(two, "run", "ada")
    two.asked("ada", "run")
    assert two.flush()
    snapshot = one.classes.snapshot(number)
    assert snapshot.counts == {question: {"1": 1}}
    assert [trained.run for trained in snapshot.trained] == ["run"]
    assert one.classes.delete(TEACHER, number) == ["run"]
    assert two.classes.version(number) is None and two.classes.membership("ada") is None


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(said=st.lists(st.tuples(st.sampled_from(["ada", "bob", "eve"]), st.sampled_from("012"))))
def test_the_counts_are_those_of_everybody_s_last_answer(classes, opened, said):
    number, code = opened()
    for who in ("ada", "bob", "eve"):
        classes.join(who, code, HERE)
    question = classes.ask(TEACHER, number, "?", ["a", "b", "c"])
    for who, value in said:
        classes.answer(who, question, value)
    last = Counter(dict(said).values())
    assert classes.snapshot(number).counts.get(question, {}) == last
    numbers = {who: classes.membership(who).number for who in dict(said)}
    given = classes.snapshot(number).given
    assert given == {numbers[who]: value for who, value in dict(said).items()}
