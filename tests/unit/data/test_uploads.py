"""The bounded store of uploaded texts."""

import hashlib
import os
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.data import uploads
from core.messages import Problem

EXPIRED = "The uploaded text is no longer here (it is kept for 24 hours): upload it again."


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "folder", lambda: tmp_path / "uploads")
    return tmp_path / "uploads"


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30
)
@given(st.text(max_size=50))
def test_what_was_put_is_found_by_its_hash(text):
    digest = uploads.put(text)
    assert digest == hashlib.sha256(text.encode()).hexdigest()
    assert uploads.get(digest) == text


def test_files_are_taken_to_another_store_and_nothing_else(store, tmp_path, monkeypatch):
    text = uploads.put("Candide")
    uploads.remember(text, {"language": "fr"})
    table = uploads.store_table(b"x;y\n1;2\n3;4\n", {"separator": ";"})
    names = {name for digest in (text, table) for name in uploads.files_named(digest)}
    assert {name.split(".")[1] for name in names} == {"txt", "about", "csv", "reading"}
    files = {name: (store / name).read_bytes() for name in names}
    monkeypatch.setattr(uploads, "folder", lambda: tmp_path / "elsewhere")
    assert not any(map(uploads.has_file, names))
    for name, raw in files.items():
        uploads.keep_file(name, raw)
    assert all(map(uploads.has_file, names))
    assert uploads.get(text) == "Candide" and uploads.remembered(text) == {"language": "fr"}
    assert uploads.file_of(table) == (b"x;y\n1;2\n3;4\n", {"separator": ";"})
    for name, raw in ((f"{'0' * 64}.txt", b"x"), ("../x.txt", b"x"), (f"{text}.exe", b"Candide")):
        with pytest.raises(ValueError, match=name.split("/")[-1]):
            uploads.keep_file(name, raw)
    assert uploads.files_named("..") == [] and not uploads.has_file("../x.txt")


def test_nothing_unfinished_stays(store):
    uploads.put("un")
    uploads.put("un")
    assert [file.suffix for file in store.iterdir()] == [".txt"]


@pytest.mark.parametrize("digest", ["0" * 64, "", "../" + "0" * 61, "A" * 64])
def test_an_unknown_hash_is_a_problem(digest):
    with pytest.raises(Problem) as problem:
        uploads.get(digest)
    assert str(problem.value) == EXPIRED


def test_a_text_expires_and_makes_room(store):
    old = uploads.put("vieux")
    long_ago = time.time() - uploads.MAX_AGE_S - 1
    os.utime(store / f"{old}.txt", (long_ago, long_ago))
    with pytest.raises(Problem) as problem:
        uploads.get(old)
    assert str(problem.value) == EXPIRED
    uploads.put("neuf")
    assert len(list(store.iterdir())) == 1


def test_a_changed_file_is_not_given_out(store):
    digest = uploads.put("texte")
    (store / f"{digest}.txt").write_text("autre", encoding="utf-8")
    with pytest.raises(Problem):
        uploads.get(digest)


def age(store, digest, seconds):
    when = time.time() - seconds
    os.utime(store / f"{digest}.txt", (when, when))


def test_the_oldest_go_when_there_are_too_many(store, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_FILES", 2)
    first = uploads.put("un")
    age(store, first, 20)
    second = uploads.put("deux")
    age(store, second, 10)
    third = uploads.put("trois")
    assert {file.stem for file in store.iterdir()} == {second, third}


def test_the_oldest_go_when_they_are_too_big(store, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_TOTAL_BYTES", 25)
    first = uploads.put("a" * 10)
    age(store, first, 20)
    second = uploads.put("b" * 10)
    age(store, second, 10)
    third = uploads.put("c" * 10)
    assert {file.stem for file in store.iterdir()} == {second, third}


def test_a_text_that_is_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_TEXT_BYTES", 3)
    with pytest.raises(Problem) as problem:
        uploads.put("éé")
    assert str(problem.value) == "The text has 4 bytes; at most 3 are kept."


def test_a_store_that_cannot_be_made_is_a_problem(store):
    store.write_text("a file stands where the folder should", encoding="utf-8")
    with pytest.raises(Problem, match=r"^The file could not be stored in .*uploads: .*\.$"):
        uploads.put("texte")
