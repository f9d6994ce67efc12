import math

import numpy as np
import pytest

from core.messages import Problem
from core.numeric.language.language_model import UNKNOWN, LanguageModel
from core.numeric.recurrent.cells import CELLS

TEXT = "«abc de.»\nœ é abba. bad cab\n" * 3


def softmax(logits):
    weights = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("units", [(6,), (8, 5)])
def test_equals_a_keras_stack(make_model, cell, units):
    keras = pytest.importorskip("keras")
    model = make_model(cell, units)
    size = len(model.vocabulary)
    kind = {"rnn": keras.layers.SimpleRNN, "lstm": keras.layers.LSTM, "gru": keras.layers.GRU}
    more = {"reset_after": False} if cell == "gru" else {}
    oracle = keras.Sequential(
        [
            keras.layers.Embedding(size, 4),
            *(kind[cell](n, return_sequences=True, **more) for n in units),
            keras.layers.Dense(size),
        ]
    )
    oracle.build((1, None))
    names = ["embedding"]
    for i in range(len(units)):
        names += [f"kernel_{i}", f"recurrent_{i}", f"bias_{i}"]
    names += ["logits_kernel", "logits_bias"]
    oracle.set_weights([model.weights[name] for name in names])
    logits = np.asarray(oracle(model.encode("\n" + TEXT)[None]))[0]

    state, ours = model.initial_state(), []
    for i in model.encode("\n" + TEXT):
        step, state = model.step(i, state)
        ours.append(step)
    np.testing.assert_allclose(np.array(ours)[:, 1:], logits[:, 1:], atol=1e-5)

    expected = softmax(logits[:-1, 1:])
    reading = model.read(TEXT)
    np.testing.assert_allclose(np.exp(reading.log_probs)[:, 1:], expected, atol=1e-5)
    picked = expected[np.arange(len(TEXT)), model.encode(TEXT) - 1]
    assert model.bits_per_char(TEXT) == pytest.approx(-np.log2(picked).mean(), abs=1e-4)


def test_a_batch_is_its_texts_one_by_one(make_model):
    model = make_model("gru", (6, 5))
    texts = ["abc", "«é»", "d e"]
    logits, state = np.empty((3, 0)), model.initial_state(batch=3)
    for column in np.array([model.encode(text) for text in texts]).T:
        logits, state = model.step(column, state)
    for row, text in enumerate(texts):
        expected, one = np.empty(0), model.initial_state()
        for i in model.encode(text):
            expected, one = model.step(i, one)
        np.testing.assert_allclose(logits[row], expected, atol=1e-5)


def test_long_texts_are_read_in_pieces_as_in_one(make_model, monkeypatch):
    model = make_model("lstm", (6, 5))
    whole = model.read(TEXT, layer=0)
    bits = model.surprise_bits(TEXT)
    monkeypatch.setattr("core.numeric.language.language_model._CHUNK", 7)
    np.testing.assert_allclose(model.read(TEXT, layer=0).activations, whole.activations, atol=1e-6)
    np.testing.assert_allclose(model.surprise_bits(TEXT), bits, atol=1e-5)


def test_activations_are_those_after_each_character(make_model):
    model = make_model("lstm", (6, 5))
    state = model.initial_state()
    _, state = model.step(model.encode("\n")[0], state)
    _, state = model.step(model.encode("a")[0], state)
    for layer in (0, 1):
        activations = model.read("abc", layer=layer).activations
        np.testing.assert_allclose(activations[0], state[layer][0], atol=1e-6)
    assert model.read("abc").activations.shape == (3, 5)


def test_unknown_characters_are_named_and_cost_20_bits(make_model):
    model = make_model()
    assert model.unknown("aZbß Z") == ["Z", "ß"]
    assert model.unknown(UNKNOWN) == [UNKNOWN]
    assert model.encode("aZ").tolist() == [3, 0]
    assert model.encode("\N{GRINNING FACE}a\ud800").tolist() == [0, 3, 0]
    bits = model.surprise_bits("aZb")
    assert bits[1] == 20
    assert (bits[[0, 2]] < 20).all()


def test_the_unknown_character_is_never_expected(make_model):
    model = make_model()
    logits, _ = model.start("ab")
    assert logits[0] == -np.inf
    log_probs = model.read("abZ").log_probs
    assert (log_probs[:, 0] == -np.inf).all()
    np.testing.assert_allclose(np.exp(log_probs).sum(axis=1), 1, atol=1e-6)


def test_a_uniform_model_needs_log2_of_the_characters(make_model):
    model = make_model()
    weights = model.weights | {
        "logits_kernel": np.zeros((6, len(model.vocabulary))),
        "logits_bias": np.zeros(len(model.vocabulary)),
    }
    uniform = LanguageModel("lstm", model.vocabulary, weights)
    known = len(model.vocabulary) - 1
    assert uniform.bits_per_char("abc\n") == pytest.approx(math.log2(known), abs=1e-6)
    assert uniform.bits_per_char("abZ\n") == pytest.approx((3 * math.log2(known) + 20) / 4)


def test_sizes(make_model):
    model = make_model("lstm", (8, 5), embedding=4)
    assert (model.layers, model.units(), model.units(0)) == (2, 5, 8)
    size = len(model.vocabulary)
    assert model.params == size * 4 + 4 * 8 * (4 + 8 + 1) + 4 * 5 * (8 + 5 + 1) + 6 * size


def test_an_empty_text_is_refused(make_model):
    for ask in (make_model().read, make_model().bits_per_char):
        with pytest.raises(Problem, match=r"^The text is empty\.$"):
            ask("")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"bias_0": None}, "The weights lack bias_0."),
        ({"embedding": None}, "The weights lack embedding."),
        ({"recurrent_0": None}, "The weights recurrent_0 must have"),
        ({"kernel_0": None}, "The weights lack kernel_0."),
        ({"kernel_7": np.zeros((2, 2))}, "The model has no place for the weights kernel_7."),
        (
            {"bias_0": np.zeros(23)},
            "The weights bias_0 must have the shape (24,), not (23,).",
        ),
        ({"bias_0": np.zeros(24, int)}, "The weights bias_0 must be floating-point numbers."),
        (
            {"bias_0": np.full(24, np.nan)},
            "The weights bias_0 hold values that are not numbers or are too large.",
        ),
        (
            {"bias_0": np.full(24, 1e30)},
            "The weights bias_0 hold values that are not numbers or are too large.",
        ),
    ],
)
def test_wrong_weights_are_refused(make_model, change, sentence):
    model = make_model()
    weights = {k: v for k, v in (model.weights | change).items() if v is not None}
    with pytest.raises(Problem) as caught:
        LanguageModel("lstm", model.vocabulary, weights)
    if "recurrent_0" in change:
        sentence = "The weights kernel_0 must have the shape (4, 0), not (4, 24)."
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("cell", "vocabulary", "sentence"),
    [
        ("mlp", UNKNOWN + "ab", "The cell must be one of rnn, lstm, gru, not 'mlp'."),
        ("lstm", "abc", "The vocabulary must begin with U+FFFD, for unknown characters."),
        ("lstm", UNKNOWN + "aba", "The vocabulary holds a character twice."),
        ("lstm", UNKNOWN, "The vocabulary must be a text of 2 to 4096 characters."),
        ("lstm", ["a", "b"], "The vocabulary must be a text of 2 to 4096 characters."),
    ],
)
def test_wrong_cells_and_vocabularies_are_refused(make_model, cell, vocabulary, sentence):
    with pytest.raises(Problem) as caught:
        LanguageModel(cell, vocabulary, make_model().weights)
    assert str(caught.value) == sentence
