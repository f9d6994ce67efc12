"""The network of texts in Keras and by NumPy: one network; its pushes, by automatic gradients."""

import numpy as np
import pytest
import tensorflow as tf

from core.models.language.text_network import build_text_network, set_text_weights, text_weights
from core.numeric.activations import softmax
from core.numeric.language.classify.counted import Counted
from core.numeric.language.classify.naive_bayes import NaiveBayes
from core.numeric.language.classify.network import (
    NETWORKS,
    TEMPERATURE,
    TextNetwork,
    probabilities,
    weight_names,
)
from core.numeric.language.classify.ngrams import Runs, ngrams_of
from core.numeric.language.classify.pushes import (
    by_direction,
    gradient_times_input,
    without_each,
    word_by_word,
)
from core.numeric.language.classify.vocabulary import WordList

pytestmark = pytest.mark.own_process

TEXTS = [["a", "b", "x"], ["c"], ["d", "a", "a", "c", "b"]]
_RUNS = Runs((1, 2), (2, 3))
COUNTED = Counted.of(ngrams_of(TEXTS[1:], _RUNS), _RUNS, least=1)  # of some it knows nothing


def network_of(kind, both=False, counted=None, longest=1):
    names = ["a", "b", "c", "d", "a b"][: 4 + (longest > 1)]
    return TextNetwork(kind, 3, WordList(names, longest), 5, 4, both, 12, counted, 60)


def built(network, **options):
    """The Keras model with weights drawn at random, and these by name."""
    model = build_text_network(
        network.kind,
        len(network.vocabulary),
        network.classes,
        dim=network.dim,
        units=network.units,
        bidirectional=network.bidirectional,
        longest=network.longest,
        counted_rows=len(network.counted) if network.counted else 0,
        most_counted=network.most_counted,
        **options,
    )
    rng = np.random.default_rng(3)
    drawn = {
        f"{layer}.{part}": rng.normal(size=np.shape(array))
        for layer, parts in weight_names(network).items()
        for part, array in zip(parts, model.get_layer(layer).get_weights(), strict=True)
    }
    set_text_weights(model, {n: w for n, w in drawn.items() if not n.endswith("recurrent")})
    return model, text_weights(model, network)


def asked(model, network, texts):
    inputs = network.inputs(texts)
    return np.array(model(inputs if len(inputs) > 1 else inputs[0], training=False))


@pytest.mark.parametrize("counted", [None, COUNTED])
@pytest.mark.parametrize("kind", [*NETWORKS, "both"])
def test_numpy_answers_as_keras_does(kind, counted):
    network = network_of("lstm" if kind == "both" else kind, kind == "both", counted)
    model, weights = built(network, hidden_words=0.3, dropout=0.2)
    np.testing.assert_allclose(
        network.logits(weights, TEXTS), asked(model, network, TEXTS), atol=1e-5
    )
    read = word_by_word(network, weights, TEXTS[2])
    np.testing.assert_allclose(
        read, softmax(asked(model, network, [TEXTS[2][:end] for end in range(6)])), atol=1e-5
    )
    assert model.count_params() == sum(weight.size for weight in weights.values())


def test_before_the_first_update_it_answers_as_naive_bayes():
    rng = np.random.default_rng(0)
    texts = [["b", *rng.choice(["a", "c", "d"], 4)] for _ in range(30)]
    labels = rng.integers(0, 3, 30)
    rows = COUNTED.rows(texts)
    counted = NaiveBayes.counted(rows, labels, 3, len(COUNTED))
    network = network_of("mean", counted=COUNTED)
    model = build_text_network(
        "mean",
        len(network.vocabulary),
        3,
        dim=5,
        longest=12,
        counted_rows=len(COUNTED),
        most_counted=60,
    )
    bias = TEMPERATURE * counted.prior
    set_text_weights(model, {"counts.embeddings": counted.log_ratios, "dense.bias": bias})
    logits = asked(model, network, texts)
    np.testing.assert_allclose(logits, TEMPERATURE * counted.scores(rows), atol=1e-5)


@pytest.mark.parametrize("kind", NETWORKS)
def test_gradient_times_input_is_that_of_automatic_differentiation(kind):
    network = network_of(kind, kind == "gru")
    model, weights = built(network)
    text = TEXTS[2]
    numbers = network.inputs([text])[0]
    embeddings = model.get_layer("words").embeddings
    with tf.GradientTape() as tape:
        logits = model(numbers, training=False)
        wanted = logits[0, 1] - tf.reduce_mean(logits[0])
    rows = tf.convert_to_tensor(tape.gradient(wanted, embeddings.value)).numpy()
    of_word = (rows * weights["words.embeddings"]).sum(1)
    ours = gradient_times_input(network, weights, text, 1)
    for word in set(text):  # the table's gradient is the sum over the places of a word
        places = [i for i, other in enumerate(text) if other == word]
        expected = of_word[network.vocabulary.number(word)]
        assert ours[places].sum() == pytest.approx(expected, rel=1e-3, abs=1e-4)


def test_of_what_only_adds_up_pushes_are_the_whole_logit():
    network = network_of("mean", counted=COUNTED, longest=2)
    _, weights = built(network)
    weights["dense.bias"] = np.zeros(3)
    text = ["a", "b", "a"]
    logits = network.logits(weights, [text])[0]
    pushes = gradient_times_input(network, weights, text, 2)
    assert pushes.sum() == pytest.approx(logits[2] - logits.mean(), rel=1e-4)


def test_a_word_left_out_is_the_answer_without_it():
    network = network_of("gru")
    _, weights = built(network)
    shares = probabilities(network, weights, [TEXTS[0], TEXTS[0][1:]])
    left_out = without_each(network, weights, TEXTS[0], 0)
    assert left_out.shape == (3,) and left_out[0] == pytest.approx(shares[0, 0] - shares[1, 0])


def test_both_directions_together_make_the_answer():
    network = network_of("gru", both=True)
    _, weights = built(network)
    said = by_direction(network, weights, TEXTS[2], 1)
    logits = network.logits(weights, TEXTS)[2] - weights["dense.bias"]
    whole = said["forward"][-1] + said["backward"][0]
    assert whole == pytest.approx(logits[1] - logits.mean(), abs=1e-5)
