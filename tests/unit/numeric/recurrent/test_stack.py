"""Stacks of layers: spelled, checked and counted as Keras does."""

import contextlib
import io
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.messages import Problem
from core.numeric.recurrent.stack.code import summary_script
from core.numeric.recurrent.stack.faults import checked, fault
from core.numeric.recurrent.stack.layers import Layer, fitted
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


@pytest.mark.parametrize(
    ("text", "sentence", "repaired"),
    [
        (
            "",
            "There is no layer. An Embedding comes first, then at least one recurrent layer, and "
            "a Dense layer at the end.",
            PRESETS["lstm"],
        ),
        (
            "lstm:8,dense:10",
            "Layer 1 is LSTM, but what comes in are integers, which are names and no quantities: "
            "put an Embedding first, which learns a vector for each.",
            "embedding:1000:64,lstm:8,dense:10",
        ),
        (
            "lstm:8,embedding:9:4,dense:10",
            "Layer 1 is LSTM, but what comes in are integers, which are names and no quantities: "
            "put an Embedding first, which learns a vector for each.",
            "embedding:9:4,lstm:8,dense:10",
        ),
        (
            "embedding:9:4,embedding:9:4,lstm:8,dense:10",
            "Layer 2 is a second Embedding. An Embedding takes integers, and layer 1 hands on "
            "vectors: remove it.",
            "embedding:9:4,lstm:8,dense:10",
        ),
        (
            "embedding:9:4,lstm:8:bidirectional,dropout:0.2,gru:8,dense:10",
            "Layer 4, GRU, wants a sequence, (batch, time, features), but gets (None, 16): layer "
            "2, LSTM, hands on only its last state. Give layer 2 return_sequences=True.",
            "embedding:9:4,lstm:8:bidirectional:sequences,dropout:0.2,gru:8,dense:10",
        ),
        (
            "embedding:9:4,lstm:8",
            "The last layer is LSTM. The tasks here ask for a class: put a Dense layer at the "
            "end, with one output for each class.",
            "embedding:9:4,lstm:8,dense:10",
        ),
        (
            "embedding:9:4,dense:10",
            "There is no recurrent layer, so Dense answers at every step by itself and nothing "
            "is carried through time. Put a SimpleRNN, an LSTM or a GRU before it.",
            "embedding:9:4,lstm:128,dense:10",
        ),
        (
            "embedding:9:4,gru:8:sequences,dense:10",
            "Layer 3, Dense, would answer at every step, since layer 2, GRU, hands on the whole "
            "sequence; the tasks here ask for one answer. Take return_sequences away from layer "
            "2.",
            "embedding:9:4,gru:8,dense:10",
        ),
        (
            "embedding:9:4,gru:8,dense:10:relu",
            "The last layer's activation is relu, but the loss needs probabilities that sum to "
            "1: use softmax.",
            "embedding:9:4,gru:8,dense:10",
        ),
        (
            "embedding:9:4,gru:8,dense:1",
            "The last layer has one output, and a softmax over one number is always 1. Give it "
            "as many outputs as there are classes.",
            "embedding:9:4,gru:8,dense:10",
        ),
    ],
)
def test_a_wrong_stack_gets_the_reason_and_the_remedy(text, sentence, repaired):
    wrong = fault(parse(text))
    assert wrong is not None and str(wrong.problem) == sentence
    assert wrong.repaired is not None and spell(wrong.repaired) == repaired
    assert fault(wrong.repaired) is None
    with pytest.raises(Problem) as caught:
        checked(text)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "embedding:20000:512,lstm:8,dense:10",
            "The stack has 10,256,762 parameters; at most 2,000,000 can be trained here. Make "
            "layer 1, Embedding, smaller: it has 10,240,000 of them.",
        ),
        (
            "embedding:9:4" + 7 * ",lstm:2:sequences" + ",lstm:2,dense:2",
            "The stack has 10 layers; at most 8 can be trained here. Remove some.",
        ),
    ],
)
def test_too_large_a_stack_is_refused(text, sentence):
    with pytest.raises(Problem) as caught:
        checked(text)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "embedding:9:4,lstn:8",
            "Layer 2: “lstn” is no layer here; the layers are embedding, rnn, lstm, gru, dense, "
            "dropout.",
        ),
        (
            "embedding:9",
            "Layer 1, Embedding: output_dim must be a whole number from 1 to 512, not “”.",
        ),
        (
            "embedding:1:4",
            "Layer 1, Embedding: input_dim must be a whole number from 2 to 20000, not “1”.",
        ),
        ("rnn:-3", "Layer 1, SimpleRNN: units must be a whole number from 1 to 512, not “-3”."),
        (
            "lstm:9999999999999",
            "Layer 1, LSTM: units must be a whole number from 1 to 512, not “9999999999999”.",
        ),
        ("lstm:٣", "Layer 1, LSTM: units must be a whole number from 1 to 512, not “٣”."),
        (
            "lstm:8:seq",
            "Layer 1: LSTM has no option “seq”; its options are bidirectional, sequences.",
        ),
        (
            "lstm:8:reset_after",
            "Layer 1: LSTM has no option “reset_after”; its options are bidirectional, sequences.",
        ),
        ("embedding:9:4:2", "Layer 1: Embedding has no option “2”."),
        (
            "dropout:nan",
            "Layer 1, Dropout: the rate must be a number from 0 to 0.9, not “nan”.",
        ),
        ("dropout", "Layer 1, Dropout: the rate must be a number from 0 to 0.9, not “”."),
        (
            "dense:4:elu",
            "Layer 1: Dense has no option “elu”; its options are relu, tanh, sigmoid, linear, "
            "softmax.",
        ),
        (
            "embedding:9:4,,dense:2",
            "Layer 2: “” is no layer here; the layers are embedding, rnn, lstm, gru, dense, "
            "dropout.",
        ),
    ],
)
def test_a_word_that_is_no_layer_gets_a_sentence(text, sentence):
    with pytest.raises(Problem) as caught:
        parse(text)
    assert str(caught.value) == sentence


@given(st.text(alphabet="abdegilmnoprstu:,0123456789. -", max_size=60))
def test_any_text_is_a_stack_or_a_problem(text):
    try:
        layers = parse(text)
    except Problem:
        return
    assert parse(spell(layers)) == layers
    found = fault(layers)
    assert found is None or str(found.problem)
    rows(layers)


def test_spaces_are_forgiven():
    assert spell(parse(" embedding:9:4 , gru : 8 ")) == "embedding:9:4,gru:8"


def test_a_stack_is_fitted_to_a_task():
    layers = fitted(parse("embedding:9:4,gru:8,dense:10"), codes=256, classes=3)
    assert spell(layers) == "embedding:256:4,gru:8,dense:3"
    assert spell(fitted(layers, 8, 3)) == spell(layers)


def test_what_grows_with_the_steps_is_what_sees_a_sequence():
    assert recurrent_params(parse("embedding:9:4,gru:8,dense:10")) == 3 * 8 * (4 + 8 + 1)
