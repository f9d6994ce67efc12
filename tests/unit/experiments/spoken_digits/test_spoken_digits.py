"""The experiment spoken-digits: what its network answers, with Keras and with NumPy."""

import numpy as np
import pytest

from core.data.sounds.spoken import spoken
from core.events import Epoch
from core.experiments.spoken_digits.config import SpokenDigitsConfig
from core.models.recurrent.stack import build_stack, stack_weights
from core.models.sound.baselines import listening_baselines
from core.models.sound.loss import heard_loss
from core.numeric.activations import softmax
from core.numeric.sound.hearing import FEATURES, STEPS, steps_of
from core.numeric.sound.listener import Listener, mean_of_steps
from tests.contracts.small import small
from tests.events import began, ended, of


@pytest.fixture(scope="module")
def events(small_run):
    return small_run("spoken-digits")


def test_the_scores_are_those_of_the_answers(events):
    data = spoken("synthetic")
    last = of(events, Epoch)[-1]
    heldout, answers = last.arrays["heldout"], last.arrays["answers"]
    assert list(heldout) == list(data.split("word", "recordings")[1])
    right = answers == data.words[heldout]
    assert last.metrics["accuracy"] == pytest.approx(right.mean())
    assert np.trace(last.arrays["confusion"]) == right.sum()
    assert last.arrays["confusion"].sum() == len(heldout) == ended(events).metrics["test_words"]
    assert began(events).references["baseline_majority"] == pytest.approx(0.1)


def test_numpy_hears_what_keras_hears(events):
    config = small("spoken-digits")
    last = of(events, Epoch)[-1]
    data = spoken("synthetic")
    weights = ended(events).arrays
    about = {"cell": "gru", "units": 8, "layers": 1, "direction": "one"}
    listener = Listener.of({"listener": {**about, "classes": list(data.word_names)}}, weights)
    assert listener.about == {"listener": {**about, "classes": list(data.word_names)}}
    assert listener.params == began(events).params
    words = [steps_of(data.sounds[i]) for i in last.arrays["heldout"]]
    logits = listener.logits(words)
    sure = softmax(logits.astype(float)).max(1)
    assert sure == pytest.approx(last.arrays["sure"].astype(float), abs=2e-3)
    assert (logits.argmax(1) == last.arrays["answers"]).mean() > 0.99
    assert config.network(10)[-1].units == 10


@pytest.mark.parametrize("direction", ["one", "both"])
@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_every_network_is_the_same_in_numpy(cell, direction):
    config = SpokenDigitsConfig(cell=cell, direction=direction, units=4, layers=2)
    network = config.network(3)
    model = build_stack(network, (STEPS, FEATURES))
    scale = {"scale.mean": np.full(FEATURES, 0.5), "scale.spread": np.full(FEATURES, 2.0)}
    weights = {**stack_weights(model, network), **scale}
    about = {"cell": cell, "units": 4, "layers": 2, "direction": direction, "classes": list("abc")}
    listener = Listener.of({"listener": about}, weights)
    rng = np.random.default_rng(0)
    words = [rng.normal(size=(length, FEATURES)) for length in (1, 7, STEPS)]
    theirs = np.asarray(model(listener.inputs(words), training=False))
    expected = mean_of_steps(theirs, [len(word) for word in words])
    assert listener.logits(words) == pytest.approx(expected, rel=1e-3, abs=1e-5)


def test_a_belief_is_the_answer_to_what_was_heard_until_then(events):
    data = spoken("synthetic")
    about = {"cell": "gru", "units": 8, "layers": 1, "direction": "one"}
    listener = Listener.of(
        {"listener": {**about, "classes": list(data.word_names)}}, ended(events).arrays
    )
    word = steps_of(data.sounds[7])
    beliefs = listener.beliefs(data.sounds[7])
    assert beliefs.shape == (len(word), 10)
    assert beliefs.sum(1) == pytest.approx(np.ones(len(word)))
    for step in (1, 5, len(word)):
        assert beliefs[step - 1] == pytest.approx(softmax(listener.logits([word[:step]]))[0])


def test_the_loss_by_hand():
    outputs = np.zeros((2, STEPS, 3), np.float32)
    outputs[0, :2] = [[2, 0, 0], [4, 0, 0]]  # the mean of its two steps is 3, 0, 0
    outputs[0, 2:] = 99  # what is after the word does not count
    outputs[1, :, 1] = 1
    targets = np.array([[0, 2], [1, STEPS]], np.float32)
    first, second = np.log(np.exp(3) + 2) - 3, np.log(np.exp(1) + 2) - 1
    loss = float(heard_loss(3, 0.0)(targets, outputs))
    assert loss == pytest.approx((first + second) / 2, rel=1e-5)
    smooth = first + 0.3 * (3 - 3 / 3), second + 0.3 * (1 - 1 / 3)
    assert float(heard_loss(3, 0.3)(targets, outputs)) == pytest.approx(sum(smooth) / 2, rel=1e-5)


def test_the_baselines_learn_what_can_be_learned():
    rng = np.random.default_rng(0)
    labels = np.arange(40) % 2
    pattern = rng.normal(size=(2, 8, FEATURES))
    words = [
        np.repeat(pattern[label], 1 + i % 3, axis=0) + rng.normal(0, 0.1, (8 * (1 + i % 3), 26))
        for i, label in enumerate(labels)
    ]
    waited = []
    told = listening_baselines(
        words, labels, np.arange(20), np.arange(20, 40), lambda: waited.append(1)
    )
    assert told == {
        "majority": 0.5,
        "logistic_mean": 1.0,
        "logistic_steps": 1.0,
        "warping": 1.0,
    }
    assert waited
