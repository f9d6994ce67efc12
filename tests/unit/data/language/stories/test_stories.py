"""Stories and questions: bAbI's files, the invented world, what a visitor types, and the rules."""

import pytest

from core.data import fetch
from core.data.language.stories import babi, rules, sets, typed, world
from core.data.language.stories.story import TASKS, VOCABULARY, as_written, words
from core.messages import Problem

LINES = """1 Mary moved to the bathroom.
2 Mary got the football there.
3 Where is the football? \tbathroom\t2 1
4 Mary went back to the garden.
5 Mary dropped the football.
6 Where is the football?\tgarden\t5 4
1 John went to the hallway.
2 Where is John? \thallway\t1
"""


def test_a_file_of_babi_is_read_story_by_story():
    first, second, third = babi.read(LINES)
    assert first.sentences == (
        ("mary", "moved", "to", "the", "bathroom"),
        ("mary", "got", "the", "football", "there"),
    )
    assert (first.question, first.answer) == (("where", "is", "the", "football"), "bathroom")
    assert first.facts == (1, 0)
    assert len(second.sentences) == 4 and second.facts == (3, 2)  # the questions are no sentences
    assert third.sentences == (("john", "went", "to", "the", "hallway"),)
    assert third.facts == (0,)


@pytest.mark.parametrize("task", TASKS)
def test_the_invented_world_keeps_to_its_words_and_tells_every_answer(task):
    asked = world.stories(task, 300, 3)
    assert len(asked) == 300
    used = {w for one in asked for s in (*one.sentences, one.question) for w in s}
    assert used <= set(VOCABULARY)
    for one in asked:
        assert rules.supporting(one.sentences, one.question) == one.facts
        assert rules.who_then_where(one.sentences, one.question) == one.answer
    assert world.stories(task, 300, 3) == asked
    assert world.stories(task, 300, 4) != asked


@pytest.mark.parametrize("task", TASKS)
def test_the_invented_world_asks_as_babi_does_unless_it_is_to_ask_otherwise(task):
    for one in world.stories(task, 300, 3):
        assert rules.unlike_babi(one.sentences, one.question) == ""
    others = world.stories(task, 300, 3, within=1_000)
    kinds = {rules.unlike_babi(one.sentences, one.question) for one in others}
    assert kinds == {"one": {"", "far"}, "two": {"", "far", "still"}}[task]
    for one in others:
        assert rules.supporting(one.sentences, one.question) == one.facts
        assert rules.who_then_where(one.sentences, one.question) == one.answer


def test_the_rule_of_one_line_solves_one_task_and_not_the_other():
    for task, share in (("one", 1.0), ("two", 0.0)):
        asked = world.stories(task, 200, 0)
        answers = [rules.last_place_with(one.sentences, one.question) for one in asked]
        assert rules.share_right(asked, answers) == share


@pytest.mark.parametrize("task", TASKS)
def test_in_babi_the_programme_finds_every_answer_and_every_fact(task):
    if sets.missing("babi", task):
        pytest.skip("bAbI is not here")
    known = sets.questions("babi", task)
    assert (len(known.training), len(known.test)) == (10_000, 1_000)
    for one in known.test:
        assert rules.supporting(one.sentences, one.question) == one.facts
        assert rules.who_then_where(one.sentences, one.question) == one.answer
        assert len(one.sentences) - min(one.facts) <= 50
        assert rules.unlike_babi(one.sentences, one.question) == ""
    stories = [{one.sentences for one in part if len(one.sentences) > 8} for part in known]
    assert not stories[0] & stories[1]


def test_without_babi_its_files_are_named(monkeypatch):
    monkeypatch.setattr(fetch, "absent", list)
    assert sets.missing("babi", "two") == ["babi_qa2_train.txt", "babi_qa2_test.txt"]
    assert sets.missing("invented", "two") == []


def test_a_typed_story_is_cut_into_sentences():
    text = "Mary got the milk there. MARY went to the garden\nJohn left the apple"
    assert [as_written(sentence) for sentence in typed.story(text)] == [
        "Mary got the milk there.",
        "Mary went to the garden.",
        "John left the apple.",
    ]
    assert typed.question(" where is the milk ?") == words("Where is the milk?")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The story is empty: write a sentence, as “Mary went to the garden.”"),
        (" . ", "The story is empty: write a sentence, as “Mary went to the garden.”"),
        ("Bob went to the garden.", "The network knows 33 words, and “bob” is not one of them."),
        (
            "Mary went to the garden. Where is Mary?",
            "A question stands among the sentences: write it in its own field.",
        ),
        ("Mary left. " * 101, "The story has 101 sentences; 100 can be read."),
        ("Mary " * 801, "The story has 4005 characters; 4000 can be read."),
    ],
)
def test_a_story_that_cannot_be_read_is_refused_in_a_sentence(text, message):
    with pytest.raises(Problem) as refused:
        typed.story(text)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" ", "There is no question: ask one, as “Where is Mary?”"),
        ("Where is Mary", "The question has no question mark: write it as “Where is Mary?”"),
        ("Where is Bob?", "The network knows 33 words, and “bob” is not one of them."),
        (
            "Is Mary there?",
            "The tasks have one question only: “Where is …?”, of a person or a thing.",
        ),
        (
            "Where is the garden?",
            "The tasks have one question only: “Where is …?”, of a person or a thing.",
        ),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_in_a_sentence(text, message):
    with pytest.raises(Problem) as refused:
        typed.question(text)
    assert str(refused.value) == message
