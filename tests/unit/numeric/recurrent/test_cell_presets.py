"""The hand-made cells do what they are called; the small models and what is done to them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.numeric.recurrent.cell_models import BLOCKS, OUTPUTS, CellModel
from core.numeric.recurrent.cell_presets import PRESETS, SEQUENCES, keras_initialised
from core.numeric.recurrent.cells import CELLS, Weights

MOST = 12
signals = st.lists(st.sampled_from([-1.0, 0.0, 1.0]), min_size=1, max_size=MOST)
bits = st.lists(st.sampled_from([0.0, 1.0]), min_size=1, max_size=MOST)
cells = st.sampled_from(sorted(CELLS))


def outputs(preset, cell, sequence):
    return PRESETS[preset](cell).read(np.array(sequence, float)).outputs


@settings(max_examples=60)
@given(cells, signals)
def test_a_latch_is_set_by_1_cleared_by_minus_1_and_left_by_0(cell, sequence):
    middle = 0.5 if cell == "lstm" else 0.0
    is_set = False if cell == "lstm" else None  # the others begin in the middle
    for signal, output in zip(sequence, outputs("latch", cell, sequence), strict=True):
        is_set = signal > 0 if signal else is_set
        if is_set is None:
            assert output == pytest.approx(middle)
        else:
            assert output > middle + 0.45 if is_set else output < middle - 0.45


@settings(max_examples=60)
@given(cells, st.lists(st.floats(-1, 1), min_size=1, max_size=MOST))
def test_the_first_number_is_remembered(cell, sequence):
    if cell == "rnn":
        sequence = [5 * abs(x) for x in sequence]
    said = outputs("remember", cell, sequence)
    np.testing.assert_allclose(said, sequence[0], atol=1e-9 if cell == "rnn" else 0.02)


@settings(max_examples=60)
@given(cells, bits)
def test_the_ones_are_counted(cell, sequence):
    said = outputs("count", cell, sequence)
    np.testing.assert_array_equal(np.round(said), np.cumsum(sequence))


@settings(max_examples=60)
@given(cells, st.floats(0.1, 1), st.integers(1, MOST - 1))
def test_half_is_forgotten_at_each_step(cell, first, later):
    said = outputs("forget", cell, [first] + [0.0] * later)
    assert said[0] == pytest.approx(first, rel=0.02)
    np.testing.assert_allclose(said[1:] / said[:-1], 0.5, rtol=0.01)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_is_a_small_cell_with_a_sequence_of_its_own(preset, cell):
    model = PRESETS[preset](cell)
    units, width = model.units, CELLS[cell].gates * model.units
    assert 1 <= units <= 4
    shapes = [array.shape for array in (*model.weights, model.output_kernel, model.output_bias)]
    assert shapes == [(1, width), (units, width), (width,), (units, 1), (1,)]
    assert 1 <= len(SEQUENCES[preset]) <= MOST


@given(cells, st.integers(1, 4), st.integers(0, 999))
@settings(max_examples=30)
def test_random_weights_are_drawn_as_keras_draws(cell, units, seed):
    model = keras_initialised(cell, units, seed)
    kernel, recurrent, bias = model.weights
    assert np.abs(kernel).max() <= np.sqrt(6 / (1 + kernel.shape[1])) + 5e-4
    np.testing.assert_allclose(recurrent @ recurrent.T, np.eye(units), atol=3e-3)
    ones = [1.0] * units
    assert list(bias) == (
        [0.0] * units + ones + [0.0] * 2 * units if cell == "lstm" else [0] * len(bias)
    )
    np.testing.assert_array_equal(model.flat(), np.round(model.flat(), 3))
    np.testing.assert_array_equal(model.flat(), keras_initialised(cell, units, seed).flat())


@given(cells, st.integers(1, 4), st.integers(0, 999))
@settings(max_examples=20)
def test_flat_weights_find_back_to_their_places(cell, units, seed):
    model = keras_initialised(cell, units, seed)
    again = model.with_flat(model.flat() + 0.5)
    for before, after in zip(model.weights, again.weights, strict=True):
        np.testing.assert_allclose(after, before + 0.5)
    np.testing.assert_allclose(again.output_kernel, model.output_kernel + 0.5)
    np.testing.assert_allclose(again.output_bias, [0.5])


@pytest.mark.parametrize(
    ("cell", "gate"),
    [(cell, gate) for cell in ("lstm", "gru") for gate in BLOCKS[cell] if gate != "candidate"],
)
@pytest.mark.parametrize("is_open", [True, False])
def test_a_held_gate_is_exactly_open_or_shut_and_the_others_go_on(cell, gate, is_open):
    model = keras_initialised(cell, 3, 4)
    sequence = np.array([5, -5, 0.3, 2])
    read = model.held({gate: is_open}).read(sequence)
    assert (read.trace.steps[gate] == is_open).all()
    others = [name for name in BLOCKS[cell] if name not in (gate, "candidate")]
    for other in others:
        values = read.trace.steps[other]
        assert ((values > 0) & (values < 1)).all()
    assert not (model.read(sequence).trace.steps[gate] == is_open).any()


def test_an_lstm_with_its_forget_gate_open_and_its_input_gate_shut_keeps_its_cell():
    model = keras_initialised("lstm", 2, 0).held({"forget_gate": True, "input_gate": False})
    assert (model.read(np.array([1.0, 2, 3])).trace.steps["cell"] == 0).all()


@given(cells, st.sampled_from(sorted(OUTPUTS)), st.integers(0, 99), st.integers(1, 8))
@settings(max_examples=40)
def test_the_last_outputs_gradient_is_its_slope(cell, output, seed, steps):
    rng = np.random.default_rng(seed)
    made = keras_initialised(cell, 2, seed)
    model = CellModel(cell, made.weights, made.output_kernel, np.array([0.3]), "tanh", output)
    sequence, way, step = rng.normal(size=steps), rng.normal(size=steps), 1e-6
    there, back = (model.read(sequence + by * way).outputs[-1] for by in (step, -step))
    said = model.read(sequence).gradients().inputs[:, 0] @ way
    assert (there - back) / (2 * step) == pytest.approx(said, rel=1e-5, abs=1e-7)


def test_the_table_has_every_number_of_every_step():
    read = PRESETS["remember"]("gru").read(np.array([0.5, -1.0]))
    names, table = read.table()
    assert names == (
        ["step", "input", "hidden_1", "hidden_2", "update_gate_1", "update_gate_2"]
        + ["reset_gate_1", "reset_gate_2", "candidate_1", "candidate_2", "output"]
    )
    assert table.shape == (2, len(names))
    np.testing.assert_array_equal(table[:, 0], [1, 2])
    np.testing.assert_array_equal(table[:, 1], [0.5, -1])
    np.testing.assert_array_equal(
        table[:, names.index("hidden_2")], read.trace.steps["hidden"][:, 1]
    )
    np.testing.assert_array_equal(table[:, -1], read.outputs)


def test_a_model_worked_by_hand():
    """h_1 = ReLU(2 * 3 + 1) = 7, h_2 = ReLU(2 * -1 + 0.5 * 7 + 1) = 2.5; o = 2 h - 1."""
    one = np.array([[2.0]])
    model = CellModel(
        "rnn", Weights(one, np.array([[0.5]]), np.array([1.0])), one, np.array([-1.0]), "relu"
    )
    np.testing.assert_allclose(model.read(np.array([3.0, -1.0])).outputs, [13, 4])
