"""Sizes and answers of the racing networks, against Keras."""

from itertools import product

import numpy as np
import pytest

from core.numeric.recurrent.memory_networks import RACERS, answers, count_params, matched_units

SHAPES = [(2, 1), (10, 8)]  # features and outputs of the two tasks


@pytest.mark.parametrize("features_outputs", SHAPES)
@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("bidirectional", [False, True])
def test_everybody_gets_the_same_number_of_weights_within_five_per_cent(
    features_outputs, layers, bidirectional
):
    features, outputs = features_outputs
    for params in range(3000, 10_001, 200):
        for cells in (["rnn", "lstm", "gru", "irnn"], ["lstm", "gru"], ["rnn", "gru"]):
            units = matched_units(cells, params, features, outputs, layers, bidirectional)
            counts = [
                count_params(cell, n, features, outputs, layers, bidirectional)
                for cell, n in units.items()
            ]
            assert list(units) == cells
            assert max(counts) / min(counts) <= 1.05, (params, units)


def test_the_sizes_of_the_default_race():
    units = matched_units(["rnn", "lstm", "gru"], 4600, 2, 1)
    assert units == {"rnn": 65, "lstm": 32, "gru": 37}
    assert count_params("lstm", 32, 2, 1) == 4 * 32 * (2 + 32 + 1) + 33 == 4513


@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize("recall", [0, 3])
def test_answers_are_those_of_keras(layers, bidirectional, recall):
    from core.models.recurrent.memory_race import build_racer, racer_weights

    rng = np.random.default_rng(layers)
    inputs = rng.random((5, 12, 4), np.float32)
    for cell in RACERS:
        model = build_racer(
            cell, 6, 4, 3, layers=layers, bidirectional=bidirectional, time=12, recall=recall
        )
        shapes = [w.shape for w in model.get_weights()]
        model.set_weights([0.5 * rng.standard_normal(s).astype("float32") for s in shapes])
        weights = racer_weights(model, layers, bidirectional)
        expected = np.array(model(inputs))
        np.testing.assert_allclose(answers(cell, weights, inputs, recall), expected, atol=1e-5)
        assert model.count_params() == count_params(cell, 6, 4, 3, layers, bidirectional)


def test_gates_can_be_opened_and_the_identity_is_where_the_relu_rnn_starts():
    from core.models.recurrent.memory_race import build_racer, racer_weights

    for cell, gate, start in (("lstm", slice(5, 10), 1.0), ("gru", slice(0, 5), 0.0)):
        shut = racer_weights(build_racer(cell, 5, 2, 1, time=4), 1, False)
        opened = racer_weights(build_racer(cell, 5, 2, 1, time=4, open_gates=2.5), 1, False)
        assert (shut["0.forward.bias"][gate] == start).all()
        change = opened["0.forward.bias"] - shut["0.forward.bias"]
        assert (change[gate] == 2.5).all() and change.sum() == pytest.approx(5 * 2.5)
        np.testing.assert_array_equal(shut["0.forward.kernel"], opened["0.forward.kernel"])
    irnn = racer_weights(build_racer("irnn", 5, 2, 1, time=4), 1, False)
    np.testing.assert_array_equal(irnn["0.forward.recurrent"], np.eye(5))
    assert np.abs(irnn["0.forward.kernel"]).max() < 0.01


def test_layers_and_directions_start_with_weights_of_their_own():
    from core.models.recurrent.memory_race import build_racer, racer_weights

    model = build_racer("gru", 4, 8, 1, layers=2, bidirectional=True, time=5)
    weights = racer_weights(model, 2, True)
    kernels = [
        weights[f"{layer}.{way}.kernel"] for layer in "01" for way in ("forward", "backward")
    ]
    for i, j in product(range(4), range(4)):
        assert i == j or not np.array_equal(kernels[i], kernels[j])
