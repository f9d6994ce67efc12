"""Encoder-decoders in Keras: what NumPy computes from their weights, and how they train."""

from itertools import product

import keras
import numpy as np
import pytest
import tensorflow as tf

from core import pretrained
from core.data.language.arithmetic import draw
from core.models.language.seq2seq import (
    FreeRunning,
    build_seq2seq,
    load_weights,
    named_weights,
    to_numpy,
    written,
)
from core.models.supervised import Trainer
from core.numeric.language.codec import END, PAD, START, Codec, decoder_inputs
from core.numeric.language.seq2seq import ATTENTIONS, ENCODERS, Seq2Seq, Seq2SeqArchitecture

pytestmark = pytest.mark.own_process  # each compiles networks of its own

CODEC = Codec("0123456789+-*", reverse_questions=True, reverse_answers=True)
QUESTION, ANSWER, UNITS = 7, 6, 8
KINDS = list(product(["rnn", "lstm", "gru"], ATTENTIONS, ENCODERS, [True, False]))
# By day each attention and each encoder once.
PAIRS = [
    pytest.param(attention, encoder, marks=[] if i == j else [pytest.mark.slow])
    for (i, attention), (j, encoder) in product(enumerate(ATTENTIONS), enumerate(ENCODERS))
]


def build(cell="lstm", attention="dot", encoder="both_ways", masked=True, **more):
    architecture = Seq2SeqArchitecture(cell, attention, encoder, masked, QUESTION)
    settings = {"embedding_dim": 5, "answer_length": ANSWER, "seed": 3, **more}
    return build_seq2seq(CODEC.size, architecture, UNITS, **settings), architecture


def perturbed(network, scale=0.5):
    """The network with weights away from what it starts from: biases, too."""
    rng = np.random.default_rng(0)
    network.whole.set_weights(
        [w + rng.normal(0, scale, w.shape).astype(np.float32) for w in network.whole.get_weights()]
    )
    return network


def greedy(network, questions, longest):
    """Keras's own greedy answers, ids (batch, longest), PAD behind END."""
    ids = np.asarray(written(network, tf.constant(questions), longest + 1))[:, 1:]
    behind = np.cumsum(ids == END, 1) - (ids == END) > 0
    return np.where(behind, PAD, ids)


def texts(count=40):
    """Questions and answers of many lengths, as ids."""
    questions = draw(np.random.default_rng(1), count, "+-", 3)
    return CODEC.questions(questions.texts(), QUESTION), CODEC.answers(questions.answers(), ANSWER)


def forced_logits(model, questions, given):
    """What NumPy's decoder gives when it reads ``given``, (batch, steps, symbols)."""
    encoded, logits_by_step = model.encode(questions), []
    state = encoded.state
    for ids in given.T:
        logits, state, _ = model.step(ids, state, encoded)
        logits_by_step.append(logits)
    return np.stack(logits_by_step, 1)


def same_length(ids, length):
    return np.pad(ids, ((0, 0), (0, length - ids.shape[1])))


def by_day():
    """A sixth of the kinds, in which any two of cell, attention and encoder meet; half masked."""
    square = product(enumerate(["rnn", "lstm", "gru"]), enumerate(ATTENTIONS))
    for (i, cell), (j, attention) in square:
        yield cell, attention, list(ENCODERS)[(i + j) % 3], (i + 2 * j) % 2 == 0


@pytest.mark.parametrize(
    ("cell", "attention", "encoder", "masked"),
    [
        pytest.param(*kind, marks=[] if kind in list(by_day()) else [pytest.mark.slow])
        for kind in KINDS
    ],
)
def test_numpy_computes_what_keras_does(cell, attention, encoder, masked):
    network, architecture = build(cell, attention, encoder, masked)
    model = to_numpy(perturbed(network), CODEC, architecture)
    questions, answers = texts()
    logits = np.array(network.whole([questions, decoder_inputs(answers)]))
    np.testing.assert_allclose(
        forced_logits(model, questions, decoder_inputs(answers)), logits, atol=1e-5, rtol=1e-5
    )
    ours = same_length(model.ids(questions, ANSWER), ANSWER)
    np.testing.assert_array_equal(ours, greedy(network, questions, ANSWER))
    assert model.params == network.whole.count_params()


@pytest.mark.parametrize("attention", ["none", "dot"])
def test_numpy_computes_what_keras_does_where_the_logits_are_tied(attention):
    network, architecture = build(
        "gru", attention, answer_length=None, tied=True, read_symbols=CODEC.size + 4
    )
    model = to_numpy(perturbed(network), CODEC, architecture)
    assert model.weights["encoder.embedding"].shape[0] == CODEC.size + 4
    assert "logits.kernel" not in model.weights
    questions, answers = texts()
    logits = np.array(network.whole([questions, decoder_inputs(answers)]))
    np.testing.assert_allclose(
        forced_logits(model, questions, decoder_inputs(answers)), logits, atol=1e-5, rtol=1e-5
    )
    ours = same_length(model.ids(questions, ANSWER), ANSWER)
    np.testing.assert_array_equal(ours, greedy(network, questions, ANSWER))
    assert model.params == network.whole.count_params()


@pytest.mark.parametrize("attention", ATTENTIONS)
def test_greedy_answers_to_a_thousand_questions_are_keras_s(attention):
    network, architecture = build(attention=attention)
    model = to_numpy(perturbed(network, scale=1.5), CODEC, architecture)
    questions, _ = texts(1000)
    answers = same_length(model.ids(questions, ANSWER), ANSWER)
    np.testing.assert_array_equal(answers, greedy(network, questions, ANSWER))
    lengths = (answers == END).argmax(1)  # 0 where there is no end
    assert len(set(lengths.tolist())) >= 3 and len(np.unique(answers, axis=0)) >= 20


def test_the_shipped_calculator_is_the_same_in_keras():
    model, _card = pretrained.load("calculator", Seq2Seq)
    weights = model.weights
    network = build_seq2seq(
        model.codec.size,
        model.architecture,
        model.units,
        embedding_dim=weights["encoder.embedding"].shape[1],
        answer_length=8,
        dropout=0.2,
    )
    load_weights(network, model)
    questions = model.questions(draw(np.random.default_rng(2), 1000, "+-*", 3).texts())
    theirs = greedy(network, questions, 8)
    np.testing.assert_array_equal(same_length(model.ids(questions, 8), 8), theirs)
    assert (theirs == END).any(1).mean() > 0.99


@pytest.mark.parametrize(("attention", "encoder"), PAIRS)
def test_weights_go_to_numpy_and_come_back(attention, encoder):
    network, architecture = build(attention=attention, encoder=encoder)
    model = to_numpy(perturbed(network), CODEC, architecture)
    other, _ = build(attention=attention, encoder=encoder, seed=8)
    load_weights(other, model)
    for one, two in zip(network.whole.get_weights(), other.whole.get_weights(), strict=True):
        np.testing.assert_array_equal(one, two)


def expected_params(cell, attention, encoder):
    """Counted by hand, layer by layer."""
    gates, states = {"rnn": (1, 1), "lstm": (4, 2), "gru": (3, 1)}[cell]
    symbols, width = CODEC.size, 5

    def recurrent(units, inputs=width):
        return gates * units * (inputs + units + 1)

    reads = {
        "one_way": symbols * width + recurrent(UNITS),
        "both_ways": symbols * width + 2 * recurrent(UNITS // 2),
        "self_attention": (symbols + QUESTION) * UNITS
        + 4 * (UNITS * UNITS + UNITS)
        + (UNITS + 1) * states * UNITS,
    }[encoder]
    combined = (2 * UNITS + 1) * UNITS
    looks = {"none": 0, "dot": combined, "additive": combined + 2 * UNITS**2 + UNITS}[attention]
    return reads + symbols * width + recurrent(UNITS) + looks + (UNITS + 1) * symbols


@pytest.mark.parametrize(
    ("cell", "attention", "encoder"), sorted({(c, a, e) for c, a, e, _ in KINDS})
)
def test_params_are_those_counted_by_hand(cell, attention, encoder):
    network, _ = build(cell, attention, encoder)
    expected = expected_params(cell, attention, encoder)
    assert network.whole.count_params() == expected
    assert sum(w.size for w in named_weights(network).values()) == expected
    trained = sum(int(np.prod(w.shape)) for w in network.whole.trainable_variables)
    assert trained == expected


@pytest.mark.parametrize(("attention", "encoder"), PAIRS)
def test_seeds_draw_the_weights_and_nothing_else_does(attention, encoder):
    drawn = []
    for i, seed in enumerate([3, 3, 4]):
        keras.utils.set_random_seed(i)  # which must not matter
        network, _ = build(attention=attention, encoder=encoder, seed=seed)
        drawn.append(named_weights(network))
    first, second, other = drawn
    assert first.keys() == second.keys() == other.keys()
    for name, array in first.items():
        np.testing.assert_array_equal(array, second[name])
        if not name.endswith("bias"):
            assert np.abs(array - other[name]).max() > 1e-3, name
    kernels = [a for name, a in first.items() if not name.endswith("bias")]
    for one in range(len(kernels)):  # no two layers begin alike
        for two in range(one):
            same_shape = kernels[one].shape == kernels[two].shape
            assert not (same_shape and np.array_equal(kernels[one], kernels[two]))


@pytest.mark.parametrize("encoder", ["one_way", "both_ways"])
def test_without_the_mask_the_padding_is_read(encoder):
    questions, answers = texts()
    given = [questions, decoder_inputs(answers)]
    (masked, _), (unmasked, _) = (build(encoder=encoder, masked=m) for m in (True, False))
    unmasked.whole.set_weights(perturbed(masked).whole.get_weights())
    apart = np.abs(np.array(masked.whole(given)) - np.array(unmasked.whole(given))).max((1, 2))
    full = (questions != PAD).all(1)
    assert full.any() and apart[full].max() < 1e-5  # without padding there is nothing to pass over
    assert apart[~full].min() > 1e-4


def test_padding_may_hold_anything_where_it_is_masked():
    network, _ = build(attention="additive")
    perturbed(network)
    table = network.whole.get_layer("encoder_embedding")
    given = [texts()[0], decoder_inputs(texts()[1])]
    before = np.array(network.whole(given))
    weights = table.get_weights()[0]
    weights[PAD] += 9
    table.set_weights([weights])
    np.testing.assert_allclose(np.array(network.whole(given)), before, atol=1e-6)


@pytest.mark.parametrize("encoder", ENCODERS)
def test_the_halves_are_the_whole(encoder):
    network, _ = build(encoder=encoder)
    perturbed(network)
    questions, answers = texts(9)
    memory, *state = map(tf.identity, network.encoder(questions))
    assert memory.shape == (9, QUESTION, UNITS) and {s.shape for s in state} == {(9, UNITS)}
    questions, given, stepwise = tf.constant(questions), tf.constant(decoder_inputs(answers)), []
    for i in range(ANSWER):
        logits, *state = network.decoder([given[:, i : i + 1], questions, memory, *state])
        stepwise.append(np.array(logits)[:, 0])
    np.testing.assert_allclose(
        np.stack(stepwise, 1), np.array(network.whole([questions, given])), atol=1e-5
    )


@pytest.mark.slow
@pytest.mark.parametrize("attention", ["none", "dot"])
def test_free_running_learns_as_if_its_own_symbols_had_been_given(attention):
    questions, answers = texts(16)
    mask = (answers != PAD).astype(np.float32)
    (free, _), (forced, _) = build(attention=attention), build(attention=attention)
    for network in (free, forced):
        perturbed(network)
    model = FreeRunning(free)
    model([questions, decoder_inputs(answers)])
    ours = Trainer(model, "crossentropy", clip_norm=1.0)
    theirs = Trainer(forced.whole, "crossentropy", clip_norm=1.0)
    for _ in range(3):
        own = np.array(written(forced, tf.constant(questions), ANSWER))
        assert own.shape == answers.shape and (own[:, 0] == START).all()
        assert (own != decoder_inputs(answers)).any()
        given, asked = decoder_inputs(answers)[None], questions[None]
        a = ours.steps([asked, given], answers[None], 0.01, mask[None])
        b = theirs.steps([asked, own[None]], answers[None], 0.01, mask[None])
        assert a == pytest.approx(b, abs=1e-6)
    for one, other in zip(free.whole.get_weights(), forced.whole.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)
    # When it is tested, the right answers are given.
    np.testing.assert_allclose(
        ours.predict([questions, decoder_inputs(answers)], 16),
        np.array(free.whole([questions, decoder_inputs(answers)])),
        atol=1e-5,
    )


def test_keras_s_answers_end():
    network, _ = build()
    bias = network.whole.get_layer("logits").bias
    bias.assign(tf.one_hot(END, CODEC.size) * 99)
    assert greedy(network, texts(3)[0], 4).tolist() == [[END, PAD, PAD, PAD]] * 3


def test_dropout_hides_in_training_alone():
    (plain, _), (dropped, architecture) = build(), build(dropout=0.5)
    given = [texts()[0], decoder_inputs(texts()[1])]
    assert plain.whole.count_params() == dropped.whole.count_params()
    for one, other in zip(plain.whole.get_weights(), dropped.whole.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    expected = np.array(plain.whole(given))
    np.testing.assert_allclose(np.array(dropped.whole(given)), expected, atol=1e-6)
    assert np.abs(np.array(dropped.whole(given, training=True)) - expected).max() > 1e-3
    model = to_numpy(dropped, CODEC, architecture)
    np.testing.assert_allclose(forced_logits(model, *given), expected, atol=1e-5)
