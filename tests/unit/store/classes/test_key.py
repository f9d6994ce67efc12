"""Only the holder of its key steers a class; codes and phrases are not guessed."""

import re
import sqlite3

import pytest

from core.messages import Problem
from core.store.classes import words
from core.store.classes.service import PER_ADDRESS, PER_VISITOR

TEACHER, HERE = "teacher", "10.0.0.1"
NOT_HELD = r"^Only the browser that holds the key of this class can do that\.$"


STEERED = {
    "push": lambda c, who, n: c.push(who, n, "cell", {}, ""),
    "task": lambda c, who, n: c.set_task(who, n, "x"),
    "eyes here": lambda c, who, n: c.set_eyes_here(who, n, "x"),
    "anonymise": lambda c, who, n: c.anonymise(who, n, True),
    "ask": lambda c, who, n: c.ask(who, n, "x", []),
    "ask of a lesson": lambda c, who, n: c.ask_of_lesson(who, n, "cell", "x", ["a"]),
    "close": lambda c, who, n: c.close_question(who, n),
    "phrase": lambda c, who, n: c.new_phrase(who, n),
    "end": lambda c, who, n: c.end(who, n),
    "delete": lambda c, who, n: c.delete(who, n),
}


@pytest.mark.parametrize("what", STEERED)
@pytest.mark.parametrize("who", ["ada", "eve", ""])
def test_only_the_holder_of_the_key_steers(classes, opened, what, who):
    number, code = opened()
    classes.join("ada", code, HERE)
    before = classes.snapshot(number)
    with pytest.raises(Problem, match=NOT_HELD):
        STEERED[what](classes, who, number)
    assert classes.snapshot(number) == before
    with pytest.raises(Problem, match=NOT_HELD):
        STEERED[what](classes, TEACHER, number + 1)
    STEERED[what](classes, TEACHER, number)


def test_a_phrase_moves_the_key_and_is_good_for_once(classes):
    number, phrase = classes.open(TEACHER, "4B")
    assert re.fullmatch(f"([{words.LETTERS}]{{5}}-){{3}}[{words.LETTERS}]{{5}}", phrase)
    typed = phrase.lower().replace("-", " ")
    assert classes.recover("other", typed, HERE)[0] == number
    assert classes.held_by(TEACHER) == [] and len(classes.held_by("other")) == 1
    with pytest.raises(Problem, match=NOT_HELD):
        classes.end(TEACHER, number)
    with pytest.raises(Problem, match=r"^No class has this recovery phrase\."):
        classes.recover(TEACHER, phrase, HERE)
    renewed = classes.new_phrase("other", number)
    assert classes.recover(TEACHER, renewed, HERE)[0] == number


def test_neither_key_nor_phrase_is_in_the_database(archive, classes, tmp_path):
    _number, phrase = classes.open(TEACHER, "4B")
    archive.close()
    content = (tmp_path / "home" / "pangloss.db").read_bytes()
    assert b"4B" in content
    assert phrase.encode() not in content and words.tidied(phrase).encode() not in content


def wrong(classes, who, address=HERE):
    with pytest.raises(Problem) as refused:
        classes.join(who, "AAAAAA", address)
    return str(refused.value)


@pytest.mark.parametrize("code", ["", "  ", "<1>", "😀"])
def test_what_has_no_letter_of_a_code_is_no_guess(classes, opened, code):
    _number, right = opened()
    for _guess in range(PER_VISITOR + 1):
        with pytest.raises(Problem, match="code has six letters"):
            classes.join("eve", code, HERE)
    assert classes.join("eve", right, HERE)


def test_guesses_are_limited_for_a_visitor_and_the_right_code_is_then_refused(
    classes, opened, clock
):
    _number, code = opened()
    for _guess in range(PER_VISITOR):
        said = "No class that goes on has the code AAAAAA. It has six letters."
        assert wrong(classes, "eve") == said
    too_often = "That was wrong too often. Try again in 10 min."
    assert wrong(classes, "eve") == too_often
    for guess in (code, "AAAAAA"):
        with pytest.raises(Problem, match="too often"):
            classes.join("eve", guess, HERE)
    with pytest.raises(Problem, match="too often"):
        classes.recover("eve", "x", "10.0.0.2")
    assert classes.join("ada", code, HERE)  # others of the same address
    clock.now_s += 601
    assert classes.join("eve", code, HERE)


def test_guesses_are_limited_for_an_address_whose_cookies_change(classes, opened):
    _number, code = opened()
    for guess in range(PER_ADDRESS):
        assert wrong(classes, f"eve {guess}").startswith("No class")
    assert wrong(classes, "another").startswith("That was wrong too often")
    assert classes.join("ada", code, "10.0.0.2")


def test_servers_of_one_database_count_guesses_together_and_a_restart_forgets_none(
    open_archive, clock, tmp_path
):
    servers = [open_archive(), open_archive()]
    _number, _phrase = servers[0].classes.open(TEACHER, "4B")
    for guess in range(PER_VISITOR):
        assert wrong(servers[guess % 2].classes, "evangeline").startswith("No class")
    servers.append(open_archive())
    clock.now_s += 540
    for server in servers:
        said = wrong(server.classes, "evangeline")
        assert said == "That was wrong too often. Try again in 1 min."
    content = b"".join(path.read_bytes() for path in (tmp_path / "home").glob("pangloss.db*"))
    assert HERE.encode() not in content and b"evangeline" not in content
    clock.now_s += 61
    servers[0].classes.purge()
    with sqlite3.connect(tmp_path / "home" / "pangloss.db") as db:
        assert db.execute("select count(*) from guesses").fetchone() == (0,)
    db.close()


def test_servers_of_one_postgresql_count_guesses_together(open_archive, postgresql):
    servers = [open_archive(database=postgresql).classes for _server in "12"]
    for guess in range(PER_VISITOR):
        assert wrong(servers[guess % 2], "eve").startswith("No class")
    assert {wrong(server, "eve")[:23] for server in servers} == {"That was wrong too ofte"}


def test_phrases_are_guessed_no_oftener(classes):
    for _guess in range(PER_VISITOR):
        with pytest.raises(Problem, match=r"^No class has this"):
            classes.recover("eve", "x", HERE)
    with pytest.raises(Problem, match="too often"):
        classes.recover("eve", "x", HERE)


def test_every_code_is_compared_whichever_is_right(classes, opened, monkeypatch):
    codes, compared = [opened(str(i))[1] for i in range(5)], []

    def same(given, kept):
        compared.append(kept)
        return given == kept

    monkeypatch.setattr(words, "same", same)
    for guess in (codes[0], codes[4]):
        compared.clear()
        classes.join("ada", guess, HERE)
        assert compared == codes
