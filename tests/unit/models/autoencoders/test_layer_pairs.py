"""Greedy pre-training taken for what it is: one pair of layers at a time, on the codes below."""

from typing import Any

import numpy as np
import pytest

from core.models.autoencoders.autoencoder import build_autoencoder, named_weights
from core.models.autoencoders.layer_pairs import layer_pairs
from core.models.supervised import Trainer
from core.numeric.autoencoders.autoencoder import Architecture

ARCHITECTURES = {
    "dense": Architecture((4, 4), (10, 6), 2, activation="tanh"),
    "one hidden layer": Architecture((4, 4), (), 3),
    "convolutional": Architecture((8, 8), (3, 5), 2, convolutional=True, activation="elu"),
    "convolutional, odd": Architecture((7, 5), (2, 3, 4), 2, convolutional=True, activation="elu"),
}
PAIRS = {  # from the image to the code: the layers of each pair
    "dense": [("encoder_0", "output"), ("encoder_1", "decoder_1"), ("code", "decoder_0")],
    "one hidden layer": [("code", "output")],
    "convolutional": [("encoder_0", "output"), ("encoder_1", "decoder_0"), ("code", "unfold")],
    "convolutional, odd": [
        ("encoder_0", "output"),
        ("encoder_1", "decoder_1"),
        ("encoder_2", "decoder_0"),
        ("code", "unfold"),
    ],
}


@pytest.fixture(params=ARCHITECTURES)
def name(request):
    return request.param


@pytest.fixture
def network(name):
    return build_autoencoder(ARCHITECTURES[name], seed=3)


@pytest.fixture
def images(network):
    return np.random.default_rng(0).random((12, network.architecture.features), np.float32)


def changed(before, after):
    return {n.split(".")[0] for n in before if not np.array_equal(before[n], after[n])}


def test_each_stage_trains_one_pair_of_layers_and_no_other(name, network, images):
    rows = images
    for pair, layers in zip(layer_pairs(network), PAIRS[name], strict=True):
        before = named_weights(network)
        Trainer(pair.model, "mse").steps(rows[None], rows[None], 0.01)
        assert changed(before, named_weights(network)) == set(layers)
        rows = pair.codes(rows)


def test_the_data_of_each_stage_are_the_codes_of_the_one_below(network, images):
    pairs, rows = layer_pairs(network), images
    for pair in pairs:
        assert pair.model.input_shape[1:] == rows.shape[1:]
        assert pair.model.output_shape == pair.model.input_shape
        rows = pair.codes(rows)
    np.testing.assert_allclose(rows, network.encoder(images), atol=1e-6)


def test_put_together_again_the_pairs_are_the_network(network, images):
    pairs = layer_pairs(network)
    assert sum(p.model.count_params() for p in pairs) == network.whole.count_params()
    rows: Any = images
    output: Any = None
    for pair in pairs:
        rows = pair.codes(rows)
    for pair in reversed(pairs):  # the innermost code is taken up again
        decoder = [layer for layer in pair.model.layers if layer not in pair.step.layers]
        output = rows if output is None else output
        for layer in decoder:
            output = layer(output)
    np.testing.assert_allclose(output, network.whole(images), atol=1e-6)


def test_the_first_stage_learns_as_an_autoencoder_of_one_hidden_layer():
    """With a dense network its first losses are those of a network that ends there."""
    images = np.random.default_rng(0).random((12, 16), np.float32)
    deep = build_autoencoder(Architecture((4, 4), (10,), 2, activation="tanh"), seed=3)
    alone = build_autoencoder(Architecture((4, 4), (), 10, code_activation="tanh"), seed=3)
    stage = layer_pairs(deep)[0].model
    alone.whole.set_weights(stage.get_weights())
    ours, theirs = Trainer(stage, "mse"), Trainer(alone.whole, "mse")
    thrice = np.repeat(images[None], 3, axis=0)
    losses = [trainer.steps(thrice, thrice, 0.01) for trainer in (ours, theirs)]
    np.testing.assert_allclose(losses[0], losses[1], rtol=1e-5)
    assert losses[0][2] < losses[0][0]
