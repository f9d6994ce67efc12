"""``data`` and ``pretrained``."""

import json
import sys

import pytest

from core import experiments, pretrained
from core.data import fetch
from core.messages import Problem

MANIFEST = {
    "near.txt": {"about": "A text that is here", "bytes": 1_500_000},
    "far.npz": {"about": "A set that is not"},
}


@pytest.fixture
def known(monkeypatch, tmp_path):
    """A manifest of two files, one of them here; what is fetched is noted, not downloaded."""
    here, asked = {"near.txt"}, []

    def pretend(name, progress):
        asked.append(name)
        progress(500, 1000)
        progress(1000, 1000)
        here.add(name)
        return tmp_path / name

    monkeypatch.setattr(fetch, "manifest", lambda: MANIFEST)
    monkeypatch.setattr(fetch, "available", here.__contains__)
    monkeypatch.setattr(fetch, "path", lambda name: tmp_path / name)
    monkeypatch.setattr(fetch, "fetch", pretend)
    return asked


def test_data_list(say, known):
    assert say("data", "list") == (
        0,
        "NAME            SIZE     WHAT IT IS\n"
        "near.txt  here  1.50 MB  A text that is here\n"
        "far.npz   -     ?        A set that is not\n",
        "",
    )


def test_data_fetch(say, known, tmp_path):
    result = say("data", "fetch", "near.txt", "far.npz", "far.npz")
    assert result == (
        0,
        f"near.txt: here already, {tmp_path / 'near.txt'}\nfar.npz: {tmp_path / 'far.npz'}\n",
        "",
    )
    assert known == ["far.npz"]


def test_data_fetch_all(say, known):
    assert say("data", "fetch", "--all").status == 0
    assert known == ["far.npz"]


def test_a_terminal_sees_a_bar(say, known, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    err = say("data", "fetch", "far.npz").err
    assert "50%" in err
    assert "100%" in err


def test_voltaire_stands_for_his_books(say, known, monkeypatch):
    monkeypatch.setattr(
        fetch, "manifest", lambda: MANIFEST | {"voltaire_a.txt": {}, "voltaire_b.xml": {}}
    )
    assert say("data", "fetch", "voltaire", "far.npz", "voltaire_b.xml").status == 0
    assert known == ["voltaire_a.txt", "voltaire_b.xml", "far.npz"]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["fetch"], "Give either NAMEs or --all."),
        (["fetch", "--all", "far.npz"], "Give either NAMEs or --all."),
        (["fetch", "far.npz", "further"], "There is no data set called further: "
            "'python -m core data list' shows all names."),
        (["get"], "No such command 'get'."),
    ],
)  # fmt: skip
def test_wrong_words_of_data(say, known, words, line):
    assert say("data", *words) == (2, "", f"Error: {line}\n")
    assert known == []


def test_a_download_that_fails_is_one_line(say, known, monkeypatch):
    def refuse(name, progress):
        raise Problem("{name} could not be downloaded: no connection.", name=name)

    monkeypatch.setattr(fetch, "fetch", refuse)
    line = "Error: far.npz could not be downloaded: no connection.\n"
    assert say("data", "fetch", "--all") == (
        2, f"near.txt: here already, {fetch.path('near.txt')}\n", line,
    )  # fmt: skip


def test_pretrained_list(say, weights, model):
    assert say("pretrained", "list") == (
        0,
        f"voltaire: LSTM, {model.params:,} weights. A little model.\n"
        "  4.250 bits per character on micromegas\n",
        "",
    )


def test_pretrained_list_says_how_many_answers_are_right(say, weights):
    card = pretrained.card("voltaire")
    card["metrics"]["exact_match"] = {"additions held out": 0.9995}
    (weights / "voltaire.json").write_text(json.dumps(card), encoding="utf-8")
    assert "  99.950% exact match on additions held out\n" in say("pretrained", "list").out


def test_pretrained_verify(say, weights):
    assert say("pretrained", "verify") == (0, "voltaire: intact\n", "")
    with (weights / "voltaire.npz").open("ab") as file:
        file.write(b"\0")
    assert say("pretrained", "verify") == (
        1,
        "",
        "voltaire: the weights are not those that the card describes (their SHA-256 differs).\n",
    )
    (weights / "voltaire.npz").unlink()
    assert say("pretrained", "verify") == (1, "", "There are no shipped models here.\n")


def test_pretrained_rebuild(say, weights, tmp_path, monkeypatch):
    asked = []

    def rebuild(name, folder, log):
        asked.append((name, folder))
        log("stage 1, epoch 1")

    monkeypatch.setattr(experiments, "rebuild", rebuild)
    assert say("pretrained", "rebuild", "voltaire") == (0, "stage 1, epoch 1\n", "")
    assert say("pretrained", "rebuild", "voltaire", "--out", tmp_path / "new").status == 0
    assert asked == [("voltaire", weights), ("voltaire", tmp_path / "new")]


def test_a_model_that_nobody_ships(say, weights):
    known = (
        "calculator, number-words, linear-autoencoder, autoencoder, denoising-autoencoder, "
        "variational-autoencoder, lstm-autoencoder, sparse-autoencoder, voltaire, "
        "word-embeddings, thought-vectors, text-class, tagger, "
        "question-answering, spoken-digits, translation"
    )
    line = f"Error: There is no shipped model rousseau; there are: {known}.\n"
    assert say("pretrained", "rebuild", "rousseau") == (2, "", line)
