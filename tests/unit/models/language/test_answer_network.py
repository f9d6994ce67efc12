"""The networks of stories: Keras's numbers and NumPy's are the same, and attention is a share."""

import keras
import numpy as np
import pytest

from core.data.language.stories import world
from core.data.language.stories.story import PLACES, VOCABULARY
from core.models.language.answer_network import answer_weights, build_answer_network
from core.numeric.language.answering.answerer import StoryAnswerer
from core.numeric.language.answering.network import AnswerNetwork, facts_found

pytestmark = pytest.mark.own_process


@pytest.mark.parametrize(
    "kind",
    [
        {"kind": "memory", "hops": 3},
        {"kind": "attention", "hops": 2, "cell": "lstm"},
        {"kind": "attention", "hops": 1, "question_first": False},
        {"kind": "recurrent", "cell": "gru"},
        {"kind": "recurrent", "cell": "rnn", "question_first": False},
    ],
    ids=str,
)
def test_numpy_reads_as_keras_does(kind):
    network = AnswerNetwork(vocabulary=VOCABULARY, answers=PLACES, units=8, longest=12, **kind)
    model = build_answer_network(network, seed=3)
    answerer = StoryAnswerer(network, answer_weights(model, network))
    asked = world.stories("two", 12, 5)  # of which some are longer than what is read
    inputs = network.inputs([one.sentences for one in asked], [one.question for one in asked])
    read = network.read(answerer.weights, *inputs)
    theirs = keras.ops.convert_to_numpy(keras.ops.softmax(model(list(inputs))))
    np.testing.assert_allclose(read.probabilities, theirs, atol=1e-5)
    assert read.attention.shape == (12, network.looks, 12)
    if network.looks:
        np.testing.assert_allclose(read.attention.sum(-1), 1, atol=1e-5)
        assert not read.attention[~inputs[0].any(-1)[:, None].repeat(network.looks, 1)].any()
    assert answerer.params == model.count_params()
    again = StoryAnswerer.of(answerer.about, answerer.weights)
    assert again.network == network


def test_a_hop_is_the_formula_of_the_lesson():
    network = AnswerNetwork("memory", VOCABULARY, PLACES, hops=1, units=4, longest=3)
    weights = answer_weights(build_answer_network(network, seed=1), network)
    story = (("mary", "went", "to", "the", "garden"), ("john", "left"))
    bags, question = network.inputs([story], [("where", "is", "mary")])
    keys = bags[0] @ weights["words_0.kernel"] + weights["ages_0.kernel"]
    values = bags[0] @ weights["words_1.kernel"] + weights["ages_1.kernel"]
    u = question[0] @ weights["words_0.kernel"]
    p = np.exp(keys[:2] @ u)  # the third place is empty
    p /= p.sum()
    logits = (u + p @ values[:2]) @ weights["dense.kernel"] + weights["dense.bias"]
    read = network.read(weights, bags, question)
    np.testing.assert_allclose(read.attention[0, 0], [*p, 0], atol=1e-6)
    expected = np.exp(logits) / np.exp(logits).sum()
    np.testing.assert_allclose(read.probabilities[0], expected, atol=1e-6)


def test_a_fact_counts_where_some_hop_looks_at_it_most():
    attention = np.array([[[0.8, 0.1, 0.1], [0.2, 0.2, 0.6]], [[0.8, 0.1, 0.1], [0.7, 0.2, 0.1]]])
    assert facts_found(attention, [[2, 0], [2, 0]]).tolist() == [True, False]
