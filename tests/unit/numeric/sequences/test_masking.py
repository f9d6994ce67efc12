"""Padding and masks: against Keras, and more padding changes no masked result."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.sequences.synthetic import counting_series
from core.numeric.recurrent.cells import CELLS
from core.numeric.sequences.padding_study import masked_mean, pad, random_weights, study

LAYERS = {"rnn": keras.layers.SimpleRNN, "lstm": keras.layers.LSTM, "gru": keras.layers.GRU}


def column(*values):
    return np.array(values, np.float32)[:, None]


def test_short_rows_are_filled_and_long_ones_cut():
    rows = [column(1, 2, 3, 4), column(5, 6)]
    padded, mask = pad(rows, 3)
    assert padded[..., 0].tolist() == [[1, 2, 3], [5, 6, 0]]
    assert mask.tolist() == [[True] * 3, [True, True, False]]
    padded, mask = pad(rows, 3, "start", -1)
    assert padded[..., 0].tolist() == [[2, 3, 4], [-1, 5, 6]]
    assert mask.tolist() == [[True] * 3, [False, True, True]]


@given(st.lists(st.integers(1, 7), min_size=1, max_size=4), st.integers(1, 9), st.booleans())
def test_padding_is_that_of_keras(lengths, length, at_end):
    rows = [np.arange(1, n + 1, dtype=np.float32)[:, None] for n in lengths]
    side = "post" if at_end else "pre"
    expected = keras.utils.pad_sequences(
        rows, length, dtype="float32", padding=side, truncating=side
    )
    padded, mask = pad(rows, length, "end" if at_end else "start")
    np.testing.assert_array_equal(padded, expected)
    np.testing.assert_array_equal(mask, expected[..., 0] != 0)


@pytest.mark.parametrize("cell", LAYERS)
def test_masked_states_are_those_of_keras(cell):
    rng = np.random.default_rng(0)
    mask = rng.random((5, 9)) < 0.6
    mask[0] = True
    inputs = rng.standard_normal((5, 9, 3)).astype(np.float32)
    weights = random_weights(cell, 3, seed=1)
    more = {"reset_after": False} if cell == "gru" else {}
    layer = LAYERS[cell](4, return_sequences=True, **more)
    layer.build(inputs.shape)
    layer.set_weights(list(weights))
    expected = np.asarray(layer(inputs, mask=mask))
    ours, _ = CELLS[cell].read(inputs, weights, mask)
    np.testing.assert_allclose(ours, expected, atol=1e-5)


@given(
    st.sampled_from(["rnn", "lstm", "gru"]),
    st.sampled_from(["end", "start"]),
    st.lists(st.integers(1, 6), min_size=1, max_size=4),
    st.integers(0, 12),
    st.integers(0, 1000),
)
def test_more_padding_changes_no_masked_result(cell, side, lengths, more, seed):
    rng = np.random.default_rng(seed)
    rows = [rng.standard_normal((n, 2)).astype(np.float32) for n in lengths]
    weights = random_weights(cell, 2, seed)
    results = []
    for length in (max(lengths), max(lengths) + more):
        inputs, mask = pad(rows, length, side, value=rng.normal())
        hidden, _ = CELLS[cell].read(inputs, weights, mask)
        results.append((hidden[:, -1], masked_mean(hidden.sum(-1) ** 2, mask)))
    np.testing.assert_allclose(results[0][0], results[1][0], atol=1e-5)
    assert results[0][1] == pytest.approx(results[1][1], rel=1e-4, abs=1e-5)


def test_the_mean_of_the_real_steps():
    losses = np.array([[1.0, 2.0], [3.0, 100.0]])
    assert masked_mean(losses, np.array([[True, True], [True, False]])) == 2.0
    assert np.isnan(masked_mean(losses, np.zeros((2, 2), bool)))


@pytest.mark.parametrize("side", ["end", "start"])
def test_the_study_s_masked_results_stand_still_beyond_the_longest_row(side):
    rows = counting_series(1, longest=12)
    found = study(rows, "gru", side, 1, range(3, 41))
    beyond = found.lengths >= 12
    assert np.ptp(found.masked[beyond]) < 1e-3
    assert np.ptp(found.with_mask[beyond], axis=0).max() < 1e-5
    assert np.abs(found.without_mask - found.with_mask)[beyond].max() > 0.05
    # the mask gives the same on either side, and padding makes the unmasked loss smaller
    other = study(rows, "gru", "start" if side == "end" else "end", 1, [20])
    np.testing.assert_allclose(other.with_mask[0], found.with_mask[-1], atol=1e-5)
    assert found.unmasked_all[-1] < found.unmasked_all[beyond][0]
    assert (found.masked[beyond] < found.unmasked_real[beyond]).all()


def test_the_study_s_errors_are_those_of_the_best_output_layer():
    rows = [column(1, 2, 3, 4, 5, 6), column(6, 5, 4, 3)]
    found = study(rows, "rnn", "end", 0, [6])
    # 8 real steps, 5 weights: no better fit than the normal equations give
    weights = random_weights("rnn", 1, 0)
    inputs, mask = pad([row / 6 for row in rows], 6)
    hidden = CELLS["rnn"].read(inputs, weights, mask)[0][:, :-1]
    real = mask[:, 1:] & mask[:, :-1]
    matrix = np.column_stack([hidden[real], np.ones(real.sum())]).astype(float)
    wanted = inputs[:, 1:, 0][real].astype(float)
    fit = matrix @ np.linalg.pinv(matrix, rcond=1e-6) @ wanted
    assert found.masked[0] == pytest.approx(6 * np.sqrt(np.mean((fit - wanted) ** 2)), abs=1e-6)
