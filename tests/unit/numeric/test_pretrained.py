import hashlib
import json

import numpy as np
import pytest

from core import pretrained
from core.messages import Problem
from core.numeric.autoencoders.linear_autoencoder import LinearAutoencoder
from core.numeric.language.language_model import LanguageModel
from core.numeric.language.seq2seq import Seq2Seq


def clear():
    pretrained.load.cache_clear()


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """An empty folder of shipped weights."""
    monkeypatch.setattr(pretrained, "WEIGHTS", tmp_path)
    clear()
    yield tmp_path
    clear()


def test_a_saved_model_is_listed_loaded_and_verified(shelf, make_model):
    model = make_model("lstm", (6, 5))
    pretrained.save("zadig", model, {"metrics": {"bits_per_char": 2.5}}, shelf)
    assert pretrained.names() == ["zadig"]
    loaded, card = pretrained.load("zadig", LanguageModel)
    assert card["metrics"] == {"bits_per_char": 2.5}
    assert card["sha256"] == hashlib.sha256((shelf / "zadig.npz").read_bytes()).hexdigest()
    assert loaded.vocabulary == card["vocabulary"] == model.vocabulary
    np.testing.assert_array_equal(
        loaded.weights["kernel_1"], model.weights["kernel_1"].astype(np.float16)
    )
    assert pretrained.load("zadig", LanguageModel)[0] is loaded
    assert pretrained.verify("zadig")


def test_changed_weights_are_noticed(shelf, make_model):
    pretrained.save("zadig", make_model(), {}, shelf)
    card = json.loads((shelf / "zadig.json").read_text(encoding="utf-8"))
    (shelf / "zadig.json").write_text(json.dumps(card | {"sha256": "0" * 64}), encoding="utf-8")
    assert not pretrained.verify("zadig")


def test_the_same_weights_make_the_same_file(shelf, make_model):
    for name in ("one", "two"):
        pretrained.save(name, make_model(), {}, shelf)
    assert (shelf / "one.npz").read_bytes() == (shelf / "two.npz").read_bytes()


ASKS = [lambda name: pretrained.load(name, LanguageModel), pretrained.verify, pretrained.card]


@pytest.mark.parametrize("ask", ASKS, ids=["load", "verify", "card"])
@pytest.mark.parametrize("name", ["candide", "../zadig", ""])
def test_there_is_no_such_model(shelf, make_model, ask, name):
    pretrained.save("zadig", make_model(), {}, shelf)
    with pytest.raises(Problem) as caught:
        ask(name)
    assert str(caught.value) == f"There is no shipped model {name}; there are: zadig."


def test_a_saved_encoder_decoder_is_loaded_as_what_it_is(shelf, make_seq2seq, make_model):
    model = make_seq2seq("gru", "additive", "one_way", masked=False)
    pretrained.save("memnon", model, {}, shelf)
    loaded, _card = pretrained.load("memnon", Seq2Seq)
    assert loaded.codec == model.codec and loaded.architecture == model.architecture
    stored = pretrained.as_stored(model)
    asked = ["12+3", "4"]
    assert loaded.answers(asked, 5) == stored.answers(asked, 5)
    pretrained.save("zadig", make_model(), {}, shelf)
    with pytest.raises(Problem, match="no shipped model zadig; there are: memnon"):
        pretrained.load("zadig", Seq2Seq)
    with pytest.raises(Problem, match="no shipped model memnon; there are: zadig"):
        pretrained.load("memnon", LanguageModel)


def test_a_saved_linear_autoencoder_is_loaded_in_double_precision(shelf):
    rng = np.random.default_rng(2)
    model = LinearAutoencoder(rng.normal(size=(6, 2)), rng.normal(size=(2, 6)), np.zeros(6))
    pretrained.save("linear", model, {}, shelf)
    loaded, card = pretrained.load("linear", LinearAutoencoder)
    assert pretrained.load("linear", LinearAutoencoder)[0] is loaded
    assert card["latent_dim"] == 2 and loaded.decoder.dtype == np.float64
    np.testing.assert_array_equal(loaded.decoder, pretrained.as_stored(model).decoder)
    with pytest.raises(Problem, match="no shipped model linear"):
        pretrained.load("linear", LanguageModel)


@pytest.mark.parametrize("name", pretrained.names())
def test_what_is_shipped_is_what_its_card_says(name):
    assert pretrained.verify(name)
    card = pretrained.card(name)
    model, _ = pretrained.load(name, pretrained.kind_of(card))
    assert model.params == card["metrics"]["params"]
    assert (pretrained.WEIGHTS / f"{name}.npz").stat().st_size <= 6_000_000
