"""Networks of different cells with about as many parameters."""

from functools import partial

import pytest

from core.numeric.recurrent.stack.layers import recurrent_stack
from core.numeric.recurrent.stack.shapes import count_params
from core.numeric.recurrent.stack.sizes import matched_units

SHAPES = [(2, 1), (10, 8)]  # features and outputs of the two memory tasks


@pytest.mark.parametrize("features_outputs", SHAPES)
@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("direction", ["one", "both"])
def test_everybody_gets_the_same_number_of_weights_within_five_per_cent(
    features_outputs, layers, direction
):
    features, outputs = features_outputs
    network = partial(recurrent_stack, outputs=outputs, layers=layers, direction=direction)
    for params in range(3000, 10_001, 200):
        for cells in (["rnn", "lstm", "gru", "irnn"], ["lstm", "gru"], ["rnn", "gru"]):
            units = matched_units(cells, params, network, features)
            counts = [count_params(network(cell, n), features) for cell, n in units.items()]
            assert list(units) == cells
            assert max(counts) / min(counts) <= 1.05, (params, units)


def test_the_sizes_of_the_default_race():
    network = partial(recurrent_stack, outputs=1)
    units = matched_units(["rnn", "lstm", "gru"], 4600, network, 2)
    assert units == {"rnn": 65, "lstm": 32, "gru": 37}
    assert count_params(network("lstm", 32), 2) == 4 * 32 * (2 + 32 + 1) + 33 == 4513
