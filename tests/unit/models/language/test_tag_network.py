"""The tagging network in Keras and by NumPy: one network; its loss, against every path."""

from itertools import product
from typing import Any

import numpy as np
import pytest
import tensorflow as tf

from core.models.language.tag_network import build_tag_network, tag_loss, tag_weights
from core.models.language.transitions import path_surprise
from core.numeric.language.classify.vocabulary import WordList
from core.numeric.language.tagging import paths
from core.numeric.language.tagging.network import TagNetwork, weight_names
from core.numeric.language.tagging.tagger import Tagger

pytestmark = pytest.mark.own_process

SENTENCES = [["il", "porte", "la", "Porte"], ["la"], ["Cunégonde", "dort", "."]]
TAGS = ("D", "N", "V")


def network_of(**changes):
    known: dict[str, Any] = {"dim": 5, "units": 4, "character_dim": 3, "filters": 6, "buckets": 64}
    return TagNetwork(3, WordList(["la", "porte", "il"]), "ailoprtP", **known | changes)


def built(network):
    """The Keras model with weights drawn at random."""
    model = build_tag_network(network, hidden_words=0.2, dropout=0.2, seed=4)
    rng = np.random.default_rng(3)
    for layer in weight_names(network):
        weights = [rng.normal(size=w.shape) for w in model.get_layer(layer).get_weights()]
        model.get_layer(layer).set_weights(weights)
    return model


def batch(network, width=9):
    """The sentences as one batch, zeros behind the last word."""
    arrays = [network.inputs(sentence) for sentence in SENTENCES]
    made = []
    for kind in zip(*arrays, strict=True):
        whole = np.zeros((len(kind), width, *kind[0].shape[1:]), np.int32)
        for row, array in zip(whole, kind, strict=True):
            row[: len(array)] = array
        made.append(whole)
    return made


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"cell": "gru", "direction": "left", "transitions": False},
        {"cell": "rnn", "direction": "right", "filters": 0},
        {"buckets": 0},
    ],
)
def test_numpy_says_what_keras_says(changes):
    network = network_of(**changes)
    model = built(network)
    arrays = batch(network, 9 if changes else 12)  # twelve words go through the compiled steps
    outputs = np.asarray(model(arrays if len(arrays) > 1 else arrays[0]))
    tagger = Tagger(network, tag_weights(model, network), TAGS)
    assert tagger.params == model.count_params()
    for row, sentence in zip(outputs, SENTENCES, strict=True):
        emissions = network.emissions(tagger.weights, network.inputs(sentence))
        ours = np.concatenate([emissions[reading] for reading in network.readings], -1)
        np.testing.assert_allclose(row[: len(sentence)], ours, atol=2e-4)


def test_the_loss_of_a_path_is_its_share_of_all_paths_and_so_is_its_gradient():
    rng = np.random.default_rng(5)
    emissions = rng.normal(size=(2, 4, 3)).astype(np.float32)
    transitions = rng.normal(size=(3, 3)).astype(np.float32)
    tags, lengths = np.array([[0, 2, 1, 1], [2, 0, -1, -1]], np.int32), [4, 2]
    values: list[Any] = [emissions, transitions]
    given: list[Any] = [tf.Variable(value) for value in values]
    with tf.GradientTape() as tape:
        losses = path_surprise(tags, given[0], tf.convert_to_tensor(given[1]), tags >= 0)
        whole = tf.reduce_sum(losses * [1.0, 3.0])
    of_emissions, of_transitions = (tf.convert_to_tensor(g) for g in tape.gradient(whole, given))
    expected = np.zeros((3, 3))
    for i, length in enumerate(lengths):
        scores, path = emissions[i, :length], tags[i, :length]
        surprise = paths.log_sum(scores, transitions) - paths.score(path, scores, transitions)
        np.testing.assert_allclose(losses[i], surprise, rtol=1e-5)
        weight = (1.0, 3.0)[i]
        shares = paths.marginals(scores, transitions)
        np.testing.assert_allclose(
            of_emissions[i, :length], weight * (shares - np.eye(3)[path]), atol=1e-5
        )
        assert not np.asarray(of_emissions[i, length:]).any()
        for other in map(np.array, product(range(3), repeat=length)):
            share = np.exp(
                paths.score(other, scores, transitions) - paths.log_sum(scores, transitions)
            )
            np.add.at(expected, (other[:-1], other[1:]), weight * share)
        np.add.at(expected, (path[:-1], path[1:]), -weight)
    np.testing.assert_allclose(of_transitions, expected, atol=1e-5)


def test_what_is_behind_the_last_word_changes_no_loss():
    network = network_of(filters=0, buckets=0, cell="rnn")
    model = built(network)
    loss = tag_loss(model, network)
    targets = np.array([[0, 1, 2, 1], [1, -1, -1, -1], [1, 2, 0, -1]], np.int32)
    losses = []
    for width in (4, 9):
        wide = np.full((3, width), -1, np.int32)
        wide[:, :4] = targets
        losses.append(float(loss(wide, model(batch(network, width)))))
    np.testing.assert_allclose(losses[0], losses[1], rtol=1e-4)


def test_the_best_path_and_the_shares_are_those_of_the_lattice():
    network = network_of()
    model = built(network)
    tagger = Tagger.of({**Tagger(network, {}, TAGS).about}, tag_weights(model, network))
    assert tagger.about == Tagger(network, {}, TAGS).about and not tagger.spans
    reading = tagger.read(SENTENCES[0])
    lattice = reading.emissions, tagger.transitions
    assert reading.best.tolist() == paths.trellis(*lattice).best.tolist()
    np.testing.assert_allclose(reading.probabilities["both"], paths.marginals(*lattice))
    assert [*reading.probabilities] == ["both", "left", "right"]
    for shares in reading.probabilities.values():
        np.testing.assert_allclose(shares.sum(1), 1, atol=1e-6)
    assert tagger.named(reading.best) == [TAGS[tag] for tag in reading.best]


def test_the_left_knows_nothing_of_what_comes():
    tagger = Tagger(network_of(), tag_weights(built(network_of()), network_of()), TAGS)
    one, other = (tagger.read(["il", "porte", *end]).probabilities for end in (["la"], ["Porte"]))
    np.testing.assert_allclose(one["left"][:2], other["left"][:2], atol=1e-6)
    assert np.abs(one["both"][:2] - other["both"][:2]).max() > 1e-3
    one, other = (tagger.read([*start, "la", "."]).probabilities for start in (["il"], ["Porte"]))
    np.testing.assert_allclose(one["right"][1:], other["right"][1:], atol=1e-6)
