"""Stacks of layers: spelled, checked and counted as Keras does."""

import contextlib
import io
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.numeric.recurrent.stack.code import summary_script
from core.numeric.recurrent.stack.faults import checked, fault
from core.numeric.recurrent.stack.layers import Layer
from core.numeric.recurrent.stack.notation import PRESETS, parse, spell
from core.numeric.recurrent.stack.shapes import count_params, recurrent_params, rows, shape_text
from core.numeric.recurrent.stack.summary import summary

UNITS = st.integers(1, 24)
RECURRENT = st.builds(
    Layer,
    st.sampled_from(["rnn", "lstm", "gru"]),
    UNITS,
    bidirectional=st.booleans(),
    sequences=st.just(True),
)
GRUS = st.builds(Layer, st.just("gru"), UNITS, sequences=st.just(True), reset_after=st.booleans())
BETWEEN = st.one_of(
    RECURRENT,
    GRUS,
    st.builds(Layer, st.just("dense"), UNITS),
    st.builds(Layer, st.just("dropout"), rate=st.sampled_from([0.0, 0.25, 0.5])),
)


@st.composite
def stacks(draw):
    """Stacks without fault: sequences until the last recurrent layer, then vectors."""
    first = Layer("embedding", draw(UNITS), draw(st.integers(2, 50)))
    sequence = draw(st.lists(BETWEEN, max_size=3))
    last = draw(st.sampled_from(["rnn", "lstm", "gru"]))
    after = draw(st.lists(BETWEEN.filter(lambda layer: not layer.is_recurrent), max_size=2))
    end = Layer("dense", draw(st.integers(2, 12)))
    return (first, *sequence, Layer(last, draw(UNITS)), *after, end)


def made_by_keras(layers):
    """The model that the code on the page makes, and what its summary prints."""
    import keras

    keras.backend.clear_session()  # names begin anew, as in a fresh session
    said, scope = io.StringIO(), {}
    with contextlib.redirect_stdout(said):
        exec(compile(summary_script(layers), "code", "exec"), scope)
    return scope["model"], said.getvalue()


@pytest.mark.parametrize(
    ("name", "by_layer", "total"),
    [
        ("rnn", [64_000, 24_704, 1_290], 89_994),
        ("lstm", [64_000, 98_816, 1_290], 164_106),
        ("gru", [64_000, 74_112, 1_290], 139_402),
        ("deep", [64_000, 246_528, 49_280, 1_290], 361_098),
    ],
)
def test_the_course_s_models_have_the_course_s_parameters(name, by_layer, total):
    layers = checked(PRESETS[name])
    assert [row.params for row in rows(layers)] == by_layer
    assert count_params(layers) == total


def test_keras_s_default_gru_has_more():
    assert rows(parse("embedding:1000:64,gru:128:reset_after,dense:10"))[1].params == 74_496


def test_the_formulas_are_worked_in_numbers():
    told = rows(
        parse(
            "embedding:1000:64,lstm:128:bidirectional:sequences,gru:8:sequences:reset_after,"
            "dropout:0.5,rnn:4,dense:10"
        )
    )
    assert [row.worked for row in told] == [
        "1000 × 64",
        "2 × 4 × (64 × 128 + 128 × 128 + 128)",
        "3 × (256 × 8 + 8 × 8 + 2 × 8)",
        "0",
        "8 × 4 + 4 × 4 + 4",
        "4 × 10 + 10",
    ]
    assert told[1].formula == "2 × 4 × (D × U + U × U + U)"
    assert [shape_text(row.output_shape) for row in told] == [
        "(None, None, 64)",
        "(None, None, 256)",
        "(None, None, 8)",
        "(None, None, 8)",
        "(None, 4)",
        "(None, 10)",
    ]


@given(stacks())
@settings(max_examples=200)
def test_a_formula_in_numbers_is_the_sum_of_the_weights(layers):
    for row in rows(layers):
        assert eval(row.worked.replace("×", "*")) == row.params


@given(stacks())
@settings(max_examples=200)
def test_a_stack_is_read_as_it_is_spelled(layers):
    assert parse(spell(layers)) == layers
    assert fault(layers) is None


@given(stacks())
@settings(max_examples=8)
def test_parameters_shapes_and_summary_are_keras_s(layers):
    model, printed = made_by_keras(layers)
    told = rows(layers)
    assert [layer.count_params() for layer in model.layers] == [row.params for row in told]
    assert [layer.output.shape for layer in model.layers] == [row.output_shape for row in told]
    assert [layer.name for layer in model.layers] == [row.name for row in told]
    for layer, row in zip(model.layers, told, strict=True):
        assert [tuple(w.shape) for w in layer.weights] == [w.shape for w in row.weights]
    assert summary(layers) == printed


@pytest.mark.parametrize("name", PRESETS)
def test_the_summary_of_the_course_s_models_is_keras_s(name):
    layers = parse(PRESETS[name])
    assert made_by_keras(layers)[1] == summary(layers)


@pytest.mark.slow
def test_the_code_runs_by_itself_and_prints_the_summary():
    layers = parse("embedding:50:8,gru:300:bidirectional:sequences,rnn:200,dropout:0.1,dense:10")
    done = subprocess.run(
        [sys.executable, "-c", summary_script(layers)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == summary(layers)


def test_what_grows_with_the_steps_is_what_sees_a_sequence():
    assert recurrent_params(parse("embedding:9:4,gru:8,dense:10")) == 3 * 8 * (4 + 8 + 1)
