"""The shipped autoencoders are what their cards say of them."""

import pytest

from core import pretrained
from core.experiments.autoencoder.config import AutoencoderConfig
from core.experiments.autoencoder.recipe import CONFIGS, measured, publish
from core.numeric.autoencoders.autoencoder import Autoencoder
from tests.cards import HELD_OUT, assert_as_on_card


@pytest.mark.parametrize("name", CONFIGS)
def test_the_card_states_what_the_weights_reach(name):
    model, card = pretrained.load(name, Autoencoder)
    assert AutoencoderConfig.parse(card["config"]) == CONFIGS[name]
    assert model.architecture == CONFIGS[name].architecture((8, 8))
    assert_as_on_card(card["metrics"], measured(name, model), HELD_OUT)
    assert (pretrained.WEIGHTS / f"{name}.npz").stat().st_size < 1_000_000


def test_the_deep_one_keeps_what_the_lesson_promises():
    told = {name: pretrained.card(name)["metrics"] for name in CONFIGS}
    assert told["autoencoder"]["mse_over_pca"] <= 0.6
    assert told["autoencoder"]["knn_accuracy"] >= 0.85
    assert told["autoencoder-simple"]["mse_over_pca"] >= 0.95  # as good as PCA's plane
    assert told["autoencoder-convolutional"]["params"] < told["autoencoder"]["params"] / 10


def test_a_card_is_written_beside_the_weights(tmp_path):
    name = "autoencoder-simple"
    model, card = pretrained.load(name, Autoencoder)
    again = publish(name, model, card["metrics"], card["seconds"], tmp_path)
    assert again["metrics"].keys() == card["metrics"].keys()
    assert_as_on_card(card["metrics"], again["metrics"], HELD_OUT)  # another processor's
    assert again["about"] == (
        "Digits 8 x 8 as two numbers each, and back: with the code for its only hidden layer."
    )
    stored = (tmp_path / f"{name}.npz").read_bytes()
    assert stored == (pretrained.WEIGHTS / f"{name}.npz").read_bytes()
