"""Who is in a class, and what may be written there."""

import re
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.messages import Problem
from core.store.classes import words
from core.store.classes.members import DAY_S, MAX_MEMBERS

TEACHER, HERE = "teacher", "10.0.0.1"


def names(classes, number):
    return [member.pseudonym for member in classes.snapshot(number).members]


def test_a_class_has_a_code_that_is_typed_as_it_comes(classes, opened):
    number, code = opened("  The four o’clock   class ")
    assert re.fullmatch(f"[{words.LETTERS}]{{6}}", code)
    assert classes.snapshot(number).of.name == "The four o’clock class"
    assert classes.join("ada", f" {code[:3].lower()} - {code[3:]}", HERE).of_class == number


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (" ", "A class needs a name."),
        ("x" * 61, "At most 60 characters can be written here, not 61."),
        ("a\u202eb", "Only letters, digits, signs and spaces can be written here."),
        ("a\x00b", "Only letters, digits, signs and spaces can be written here."),
        (
            "e\u0301\u0302\u0303\u0304",
            "Only letters, digits, signs and spaces can be written here.",
        ),
    ],
)
def test_a_name_that_is_none_is_refused(classes, name, said):
    with pytest.raises(Problem) as refused:
        classes.open(TEACHER, name)
    assert str(refused.value) == said and classes.held_by(TEACHER) == []


def test_markup_is_kept_as_it_was_written(classes, opened):
    number, code = opened("<script>alert(1)</script>")
    classes.join("ada", code, HERE)
    classes.rename("ada", "**[x](y)** שלום")
    assert classes.snapshot(number).of.name == "<script>alert(1)</script>"
    assert names(classes, number) == ["**[x](y)** שלום"]


def test_pseudonyms_are_voltaire_s_and_no_two_alike(classes, opened):
    number, code = opened()
    count = len(words.PSEUDONYMS) + 3
    assert count >= 63
    for who in range(count):
        classes.join(f"visitor {who}", code, HERE)
    found = names(classes, number)
    assert len(set(map(words.folded, found))) == count
    assert set(words.PSEUDONYMS) < set(found)
    assert sum(name.endswith(" 2") for name in found) == 3


def test_a_name_that_another_has_is_refused_however_it_is_written(classes, opened):
    _number, code = opened()
    classes.join("ada", code, HERE)
    classes.rename("ada", "Zoé")
    classes.rename("ada", "zoé")  # one's own
    classes.join("bob", code, HERE)
    with pytest.raises(Problem, match=r"^Somebody in this class is called ZOÉ already\.$"):
        classes.rename("bob", "ZOE\u0301")
    with pytest.raises(Problem, match=r"^A name needs a letter at least\.$"):
        classes.rename("bob", "…")
    with pytest.raises(Problem, match=r"^At most 24 characters can be written here, not 25\.$"):
        classes.rename("bob", "x" * 25)


def test_who_comes_back_is_who_was_there_and_is_in_one_class_alone(classes, opened, clock):
    first, code = opened()
    ada = classes.join("ada", code, HERE)
    classes.leave("ada")
    assert classes.membership("ada") is None and names(classes, first) == []
    assert classes.join("ada", code, HERE).pseudonym == ada.pseudonym
    second, other = opened("4C")
    classes.join("ada", other, HERE)
    assert names(classes, first) == [] and len(names(classes, second)) == 1
    clock.now_s += DAY_S
    assert classes.membership("ada") is None
    with pytest.raises(Problem, match=r"^You are not in this class any more\.$"):
        classes.rename("ada", "Ada")


def test_a_full_class_says_so(classes, opened):
    _number, code = opened()
    for who in range(MAX_MEMBERS):
        classes.join(f"visitor {who}", code, HERE)
    with pytest.raises(Problem, match=rf"^This class is full: it has {MAX_MEMBERS} members\.$"):
        classes.join("late", code, HERE)


def test_all_who_join_at_once_are_in_it_under_names_of_their_own(open_archive, opened, classes):
    """By two servers with one database."""
    number, code = opened()
    others, problems = open_archive().classes, []

    def join(at, who):
        try:
            at.join(who, code, HERE)
        except Exception as error:
            problems.append(error)

    threads = [
        threading.Thread(target=join, args=((classes, others)[i % 2], f"visitor {i}"))
        for i in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == [] and len(set(names(classes, number))) == 12
    assert [m.place for m in classes.snapshot(number).members] == list(range(12))


@given(st.text(max_size=60))
def test_a_line_is_printable_short_and_itself_when_it_is_written_again(text):
    try:
        line = words.line(text, 40)
    except Problem:
        return
    assert len(line) <= 40 and line.isprintable() and words.line(line, 40) == line


@given(st.text(words.LETTERS, min_size=6, max_size=6), st.sampled_from([" ", "-", ".", "0"]))
def test_a_code_is_known_however_it_is_spaced(code, between):
    assert words.tidied(between.join(code.lower())) == code
