"""A class ends, and is deleted truly."""

import sqlite3

import pytest

from core.messages import Problem
from tests.unit.store.kept import assert_nothing_is_half_there, files, ids, keep

TEACHER, HERE = "teacher", "10.0.0.1"


def test_an_ended_class_has_nobody_in_it_and_is_still_there(classes, opened):
    number, code = opened()
    classes.join("ada", code, HERE)
    question = classes.ask(TEACHER, number, "?", ["a", "b"])
    classes.end(TEACHER, number)
    assert classes.membership("ada") is None
    with pytest.raises(Problem, match=r"^You are not in this class any more\.$"):
        classes.answer("ada", question, "0")
    with pytest.raises(Problem, match=r"^No class that goes on"):
        classes.join("bob", code, HERE)
    assert classes.snapshot(number).of.ended


@pytest.fixture
def full(archive, classes, opened):
    """A class in which much was done: its number, and words that stand in its data."""
    number, code = opened("Terminale-X1")
    for who, name in (("ada", "Semiramis-X2"), ("bob", "Formosante-X3")):
        classes.join(who, code, HERE)
        classes.rename(who, name)
        keep(archive, f"run of {who}", who)
        archive.asked(who, f"run of {who}")
    keep(archive, "pinned", "bob")
    archive.asked("bob", "pinned")
    archive.pin("bob", ["pinned"], True)
    question = classes.ask(TEACHER, number, "Which-X4?", ["this-X5", "that-X6"])
    classes.answer("ada", question, "1")
    classes.push(TEACHER, number, "cell", {"seed": ["17"]}, "Look-X7")
    assert archive.flush()
    return number, [b"Terminale-X1", b"-X2", b"-X3", b"-X4", b"-X5", b"-X6", b"-X7"]


def on_disk(home):
    return b"".join(path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file())


def test_deleted_is_deleted_on_the_disk_too(archive, classes, full, tmp_path):
    number, words_of_it = full
    home = tmp_path / "home"
    assert all(word in on_disk(home) for word in words_of_it)
    before = len(files(home))
    assert sorted(classes.delete(TEACHER, number)) == ["run of ada", "run of bob"]
    assert [word for word in words_of_it if word in on_disk(home)] == []
    assert ids(archive, "ada") == [] and ids(archive, "bob") == ["pinned"]
    assert len(files(home)) == before - 2
    with pytest.raises(Problem, match=r"^This class is no longer here\.$"):
        classes.snapshot(number)
    assert classes.version(number) is None and classes.membership("ada") is None
    assert_nothing_is_half_there(home)
    with sqlite3.connect(home / "pangloss.db") as db:
        for table in ("classes", "members", "questions", "answers", "class_runs"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
    db.close()


def test_after_ninety_days_all_of_it_is_gone_by_itself(archive, classes, full, tmp_path, clock):
    number, words_of_it = full
    clock.now_s += classes.keep_s - 1
    archive.tidy()
    assert classes.snapshot(number)
    clock.now_s += 2
    archive.tidy()
    assert classes.version(number) is None
    assert [word for word in words_of_it if word in on_disk(tmp_path / "home")] == []


def test_a_run_of_two_classes_stays_with_neither(archive, classes, opened):
    first, code = opened()
    second, other = opened("4C")
    classes.join("ada", code, HERE)
    keep(archive, "run", "ada")
    archive.asked("ada", "run")
    assert archive.flush()
    classes.join("bob", other, HERE)
    archive.asked("bob", "run")
    assert archive.flush()
    assert classes.delete(TEACHER, first) == []  # bob has it
    assert ids(archive, "ada") == [] and ids(archive, "bob") == ["run"]
    assert classes.delete(TEACHER, second) == ["run"]


def test_what_fails_in_between_changes_nothing(classes, opened, monkeypatch):
    number, code = opened()
    classes.join("ada", code, HERE)
    question = classes.ask(TEACHER, number, "?", ["a", "b"])
    before = classes.snapshot(number)

    def broken(*_what, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.store.classes.opening.touch", broken)
    said = r"^The class cannot be read or changed now: No space left on device\.$"
    for do in (
        lambda: classes.answer("ada", question, "1"),
        lambda: classes.join("bob", code, HERE),
        lambda: classes.rename("ada", "Ada"),
    ):
        with pytest.raises(Problem, match=said):
            do()
    assert classes.snapshot(number) == before


def test_what_was_trained_before_the_class_was_opened_stays(archive, classes, opened, clock):
    keep(archive, "at home", "ada")
    assert archive.flush()
    clock.now_s += 60
    number, code = opened()
    classes.join("ada", code, HERE)
    archive.asked("ada", "at home")  # the same settings again: it is shown on the wall, too
    assert archive.flush()
    assert [one.run for one in classes.snapshot(number).trained] == ["at home"]
    assert classes.delete(TEACHER, number) == []
    assert ids(archive, "ada") == ["at home"]


def test_who_deletes_a_run_of_the_class_changes_its_wall(archive, classes, full):
    number, _words = full
    before = classes.version(number)
    archive.delete("ada", ["run of ada"])
    assert classes.version(number) > before
    assert [one.run for one in classes.snapshot(number).trained] == ["run of bob", "pinned"]
