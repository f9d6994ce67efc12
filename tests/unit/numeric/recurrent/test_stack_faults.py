"""A stack that cannot be: the reason in a sentence, and the remedy."""

import pytest

from core.messages import Problem
from core.numeric.recurrent.stack.faults import checked, fault
from core.numeric.recurrent.stack.notation import PRESETS, parse, spell


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
            "Layer 1 is LSTM, but what comes in are integers, which are names, not quantities: "
            "put an Embedding first, which learns a vector for each.",
            "embedding:1000:64,lstm:8,dense:10",
        ),
        (
            "lstm:8,embedding:9:4,dense:10",
            "Layer 1 is LSTM, but what comes in are integers, which are names, not quantities: "
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
            "Layer 4, GRU, needs a sequence, (batch, time, features), but gets (None, 16): layer "
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
            "There is no recurrent layer, so Dense answers at each step separately, and nothing "
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
