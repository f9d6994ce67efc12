"""The Voltaire lesson's page as its tests open it, with a small network."""

from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core import pretrained
from core.data import fetch, uploads
from core.data.language import corpora
from core.events import Epoch, Started
from core.experiments.voltaire.config import VoltaireConfig
from core.experiments.voltaire.recipe import FACTS
from core.numeric.language.language_model import LanguageModel
from core.numeric.language.originality import facts_of
from core.numeric.recurrent.cells import CELLS
from tests import recorded
from tests.pages.lesson import checked, component, downloads, until
from ui.runs.run import Run, Steps

PAGE = Path(__file__).resolve().parents[3] / "pages" / "language" / "voltaire" / "page.py"
SHIPPED = pretrained.WEIGHTS
CARD = {
    "metrics": {
        "bits_per_char": {"micromegas": 1.7, "validation": 1.65},
        "ngram_bits": {
            name: {f"ngram_{order}": 4.3 - 0.3 * order for order in range(1, 8)}
            for name in ("voltaire", "everything")
        },
        "ngram_bits_on_validation": {
            "voltaire": {f"ngram_{order}": 4.3 - 0.3 * order for order in range(1, 8)}
        },
    }
}


def small_model(vocabulary, cell="lstm", units=8, seed=0, scale=1.0):
    """A model of random weights."""
    rng = np.random.default_rng(seed)
    gates = CELLS[cell].gates * units
    shapes = {
        "embedding": (len(vocabulary), 4),
        "kernel_0": (4, gates),
        "recurrent_0": (units, gates),
        "bias_0": (gates,),
        "logits_kernel": (units, len(vocabulary)),
        "logits_bias": (len(vocabulary),),
    }
    weights = {n: scale * rng.standard_normal(s).astype("float32") for n, s in shapes.items()}
    return LanguageModel(cell, vocabulary, weights)


def vocabulary_of(text):
    return "\ufffd" + "".join(sorted(set(text)))


def weights_fixture():
    """A fixture: a folder with a small network in the place of the shipped one, and its facts."""

    @pytest.fixture(scope="module")
    def weights(tmp_path_factory):
        """A folder with a small network in the place of the shipped one, and its facts."""
        folder = tmp_path_factory.mktemp("weights")
        tale = corpora.corpus("conte")
        pretrained.save("voltaire", small_model(vocabulary_of(tale), seed=7), CARD, folder)
        facts_of(tale).save(folder / FACTS)
        return folder

    return weights


def on_its_own_fixture():
    """A fixture: no data sets, and the small network."""

    @pytest.fixture(autouse=True)
    def on_its_own(weights, tmp_path, monkeypatch):
        """No data sets, an engine without Keras, the small network."""
        monkeypatch.setattr(fetch, "folders", lambda: [tmp_path])
        monkeypatch.setattr(uploads, "folder", lambda: tmp_path / "uploads")
        use(weights, monkeypatch)
        corpora.book.cache_clear()
        yield
        pretrained.load.cache_clear()
        corpora.book.cache_clear()

    return on_its_own


def use(folder, monkeypatch):
    monkeypatch.setattr(pretrained, "WEIGHTS", folder)
    pretrained.load.cache_clear()
    st.cache_resource.clear()
    st.cache_data.clear()


def page(**params):
    at = AppTest.from_file(str(PAGE), default_timeout=120)
    for name, value in {"corpus": "conte", **params}.items():
        at.query_params[name] = value
    return checked(at.run())


def text_of(at):
    return component(at, "voltaire.text.reading")["text"]


def trained(**params):
    at = page(**{**recorded.params("voltaire", "four"), **params})
    checked(at.button(key="voltaire.train").click().run())
    return until(at, lambda at: "Weights for this page" in downloads(at))


def upload(at, key, name, content):
    found = next(f for f in at.file_uploader if f.key == key)
    return checked(found.upload(name, content).run())


def finished_run(epochs, train_bits, valid_bits, known):
    steps = np.arange(1, len(train_bits) + 1)
    ends = tuple(
        Epoch(i + 1, i + 1, 1.0, {"valid_bits": valid_bits[i], "known_words": known[i]})
        for i in range(epochs)
    )
    return Run(
        "id",
        "voltaire",
        VoltaireConfig(corpus="conte"),
        "finished",
        0,
        True,
        Started("voltaire", {}, 1, 1, epochs, {"ngram_1": 4.0, "ngram_7": 2.0}),
        Steps(steps, steps / 2, steps / 10, {"train_bits": np.array(train_bits)}),
        ends,
        ends[-1],
    )
