"""Corpora by name, from made books."""

import hashlib

import pytest

from core.data import fetch, uploads
from core.data.language import corpora
from core.messages import Problem


@pytest.fixture
def shelf(monkeypatch, tmp_path):
    """Every book of "voltaire" as one made sentence, in the folder of PANGLOSS_DATA."""
    entries = {}
    for stem in (*corpora.VOLTAIRE, *corpora.VALIDATION, corpora.HELD_OUT):
        raw = f"4 octobre 1829.\n\nTexte de {stem.upper()}.\n".encode()
        (tmp_path / f"{stem}.txt").write_bytes(raw)
        entries[f"{stem}.txt"] = {"url": "", "sha256": hashlib.sha256(raw).hexdigest()}
    monkeypatch.setattr(fetch, "manifest", lambda: entries)
    monkeypatch.setattr(fetch.platformdirs, "user_cache_path", lambda *a, **k: tmp_path / "none")
    monkeypatch.setenv("PANGLOSS_DATA", str(tmp_path))
    corpora.book.cache_clear()
    yield tmp_path
    corpora.book.cache_clear()


def test_the_names_are_in_the_manifest():
    names = {file.rpartition(".")[0] for file in fetch.manifest()}
    assert {*corpora.VOLTAIRE, *corpora.VALIDATION, corpora.HELD_OUT} <= names


def test_voltaire_trains_on_no_text_that_it_is_judged_by(shelf):
    train, validation = corpora.splits("voltaire")
    assert train == corpora.corpus("voltaire")
    assert "VOLTAIRECANDIDE" in train
    assert "MEMNON" in validation and "SCARMENTADO" in validation
    for judged in ("MEMNON", "SCARMENTADO", "MICROMEGAS"):
        assert judged not in train
    assert "MICROMEGAS" not in validation
    assert corpora.missing("voltaire") == []
    assert corpora.digest("voltaire") == hashlib.sha256(train.encode()).hexdigest()


def test_missing_books_are_named(shelf):
    (shelf / "voltaire_candide.txt").unlink()
    (shelf / "voltaire_memnon.txt").write_bytes(b"damaged")
    assert corpora.missing("voltaire") == ["voltaire_candide.txt", "voltaire_memnon.txt"]
    with pytest.raises(Problem, match=r"^voltaire_candide\.txt is not on this machine"):
        corpora.corpus("voltaire")


def test_a_book_by_its_name_with_or_without_ending(shelf):
    assert corpora.book("voltaire_zadig") == corpora.corpus("voltaire_zadig.txt")


def test_the_tale(tmp_path, monkeypatch):
    monkeypatch.setattr(corpora, "_CONTE", tmp_path / "conte.txt")
    corpora._conte.cache_clear()
    assert corpora.missing("conte") == ["conte.txt"]
    with pytest.raises(
        Problem, match=r"^The tale conte\.txt is missing from this copy of Pangloss\.$"
    ):
        corpora.corpus("conte")
    (tmp_path / "conte.txt").write_bytes(b"Un jour ; enfin !\r\n\r\nFin.")
    assert corpora.missing("conte") == []
    assert corpora.corpus("conte") == "Un jour; enfin!\nFin."
    assert corpora.splits("conte") == ("Un jour; enfin!\nFi", "n.")
    corpora._conte.cache_clear()


def test_an_upload(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "folder", lambda: tmp_path)
    name = "upload:" + uploads.put("0123456789" * 2)
    assert corpora.missing(name) == []
    assert corpora.splits(name) == ("012345678901234567", "89")
    with pytest.raises(Problem, match=r"^The uploaded text is no longer here"):
        corpora.corpus("upload:" + "0" * 64)


@pytest.mark.parametrize("name", ["", "rabelais", "mnist.npz"])
def test_an_unknown_corpus(name):
    for ask in (corpora.corpus, corpora.missing):
        with pytest.raises(Problem) as problem:
            ask(name)
        assert str(problem.value) == f"There is no corpus or book called {name}."
