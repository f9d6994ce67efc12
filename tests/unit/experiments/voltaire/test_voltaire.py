"""The Voltaire experiment on the project's own tale: what it says, that it can be repeated."""

import hashlib
import re
import sys
from unittest import mock

import numpy as np
import pytest

from core.data.language import corpora
from core.events import Epoch, Finished, Started, Step
from core.experiments.kit.script import keras_script
from core.experiments.voltaire.config import VoltaireConfig
from core.experiments.voltaire.run import run
from core.messages import Problem
from core.numeric.language.language_model import LanguageModel
from core.numeric.weights import import_model
from tests.contracts.small import small
from tests.events import began, ended, of
from tests.unit.experiments.scripts import printed

SMALL = small("voltaire")


@pytest.fixture(scope="module")
def events(small_run):
    return small_run("voltaire")


def test_it_starts_with_the_sizes_and_the_lines_to_beat(events):
    started = began(events)
    assert isinstance(started, Started)
    assert started.steps == 2 * (10_000 // (16 * 32))
    assert started.config == SMALL.to_dict()
    lines = [started.references[f"ngram_{order}"] for order in range(1, 8)]
    assert 4 < lines[0] < 5 and lines[6] < lines[0]


def test_it_learns_and_scores_the_held_out_tenth(events):
    epochs = [event for event in events if isinstance(event, Epoch)]
    assert [event.epoch for event in epochs] == [1, 2]
    assert epochs[1].metrics["valid_bits"] < epochs[0].metrics["valid_bits"] < 6
    last = epochs[1]
    weights = {name.removeprefix("weights/"): array for name, array in last.arrays.items()}
    model = LanguageModel(SMALL.cell, last.texts["vocabulary"], weights)
    _, held_out = corpora.splits("conte")
    assert model.bits_per_char(held_out) == pytest.approx(last.metrics["valid_bits"])
    assert last.metrics["perplexity"] == pytest.approx(2 ** last.metrics["valid_bits"])
    assert len(last.texts["sample"]) == 600


def test_it_ends_with_weights_and_files(events):
    finished = ended(events)
    assert isinstance(finished, Finished) and not finished.stopped
    assert set(finished.files) == {"model.keras", "model.zip", "train.py", "train.ipynb"}
    model, card = import_model(finished.files["model.zip"])
    assert card["config"] == SMALL.to_dict() and model.params == finished.metrics["params"]


@pytest.mark.slow
@pytest.mark.parametrize("cell", ["lstm", "rnn", "gru"])
def test_the_exported_script_makes_the_same_first_steps(cell, tmp_path, monkeypatch):
    training, held_out = corpora.splits("conte")
    parts = training, held_out[:1200]  # which the script reads character by character
    monkeypatch.setattr(corpora, "splits", lambda name: parts)
    config = SMALL.replace(cell=cell, layers=2 if cell == "rnn" else 1, epochs=1)
    events = list(run(config))
    for name, text in zip(("text.txt", "held_out.txt"), parts, strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    said = printed(ended(events).files, tmp_path, "text.txt", "held_out.txt")
    theirs = [float(bits) for bits in re.findall(r"^step \d+: ([\d.]+)", said, re.M)]
    ours = [event.metrics["train_bits"] for event in of(events, Step)]
    np.testing.assert_allclose(ours[:10], theirs[:10], atol=1e-5)
    (held_out,) = re.findall(r"^epoch 1: ([\d.]+)", said, re.M)
    assert float(held_out) == pytest.approx(ended(events).metrics["valid_bits"], abs=1e-3)
    assert (tmp_path / "model.keras").stat().st_size > 10_000


def test_a_script_knows_the_text_that_was_brought():
    config = SMALL.replace(corpus="upload", upload="0" * 64)
    values = {"VOCABULARY": "ab", "ROWS": [(0, 4)], "STEPS": 1}
    own = keras_script("voltaire", config, **values, TEXT_SHA256=config.upload)
    assert f'TEXT_SHA256 = "{config.upload}"' in own.replace("'", '"')
    assert "hashlib.sha256(text).hexdigest() == TEXT_SHA256" in own
    shipped = keras_script("voltaire", SMALL, **values, TEXT_SHA256="")
    assert "hashlib" not in shipped and "TEXT_SHA256" not in shipped


@pytest.mark.parametrize("beside", ["text", "script", ""])
def test_a_script_given_the_file_as_it_was_brought_reads_what_was_learned(beside, tmp_path, capsys):
    learned = "Il était un garçon; il lisait.\n" * 40
    digest = hashlib.sha256(learned.encode()).hexdigest()
    config = SMALL.replace(corpus="upload", upload=digest)
    values = {"VOCABULARY": "ab", "ROWS": [(0, 4)], "STEPS": 1}
    script = keras_script("voltaire", config, **values, TEXT_SHA256=digest)
    data = re.split(r"^# %% The network$", script, flags=re.M)[0]
    (tmp_path / "brought").mkdir()
    raw = tmp_path / "brought" / "raw.txt"
    raw.write_bytes(learned.replace(";", " ;").encode("cp1252"))
    if beside:
        folder = raw.parent if beside == "text" else tmp_path
        (folder / "text.txt").write_bytes(learned.encode())
    given = {"__file__": str(tmp_path / "train.py"), "__name__": "__main__"}
    with mock.patch.object(sys, "argv", ["train.py", str(raw)]):
        exec(compile(data, "train.py", "exec"), given)
    expected = learned if beside else learned.replace(";", " ;")
    assert given["training"] + given["held_out"] == expected
    warning = "This is another text than the run's: save text.txt from the page beside this.\n"
    warning += "It is no UTF-8 and is read as Windows-1252.\n"
    assert capsys.readouterr().out == ("" if beside else warning)


def test_a_text_that_is_too_short_is_refused(monkeypatch):
    monkeypatch.setattr(corpora, "splits", lambda name: ("a" * 6000, "b" * 600))
    with pytest.raises(Problem) as caught:
        next(run(VoltaireConfig(corpus="conte", batch_size=64, sequence_length=200)))
    assert str(caught.value) == (
        "The text has 6000 characters to learn from; a batch of 64 pieces of 200 needs 12801. "
        "Upload a longer text, or choose a smaller batch."
    )
