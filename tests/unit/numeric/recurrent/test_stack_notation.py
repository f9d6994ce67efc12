"""A stack in a line of text: read, refused, fitted to a task."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.messages import Problem
from core.numeric.recurrent.stack.faults import fault
from core.numeric.recurrent.stack.layers import fitted
from core.numeric.recurrent.stack.notation import parse, spell
from core.numeric.recurrent.stack.shapes import rows


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "embedding:9:4,lstn:8",
            "Layer 2: “lstn” is not a layer here; the layers are embedding, rnn, lstm, gru, dense, "
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
            "Layer 2: “” is not a layer here; the layers are embedding, rnn, lstm, gru, dense, "
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
