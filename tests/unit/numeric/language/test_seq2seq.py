"""An encoder-decoder in NumPy: attention, greedy and beam search, held weights."""

import itertools

import numpy as np
import pytest

from core.numeric.language.codec import END, PAD, START
from core.numeric.language.seq2seq import ATTENTIONS, ENCODERS, Edit, hold_weight
from core.numeric.recurrent.cells import CELLS

TEXTS = ["1+2", "12+345", "9+99", "0", "123+4567+"]
LOOKING = [a for a in ATTENTIONS if a != "none"]


def written(model, texts=TEXTS, longest=6, edit=None):
    return model.write(model.questions(texts), longest, edit)


def padded(ids, more=4):
    return np.pad(ids, ((0, 0), (0, more)))


@pytest.mark.parametrize("encoder", ENCODERS)
@pytest.mark.parametrize("attention", LOOKING)
@pytest.mark.parametrize("masked", [True, False])
def test_attention_is_a_distribution_over_what_may_be_looked_at(
    make_seq2seq, encoder, attention, masked
):
    model = make_seq2seq(attention=attention, encoder=encoder, masked=masked)
    ids = model.questions(TEXTS)
    said = model.write(ids, 6)
    assert said.attention.shape == (*said.ids.shape, ids.shape[1])
    np.testing.assert_allclose(said.attention.sum(-1), 1, atol=1e-6)
    on_padding = said.attention * (ids == PAD)[:, None]
    if masked or encoder == "self_attention":
        assert (on_padding == 0).all()
    else:
        assert on_padding.max() > 0.01  # without a mask it looks at padding, too


@pytest.mark.parametrize("cell", CELLS)
def test_the_encoder_s_own_attention_passes_padding_over(make_seq2seq, cell):
    model = make_seq2seq(cell, encoder="self_attention")
    ids = model.questions(TEXTS)
    looks = model.encode(ids).self_attention
    assert looks.shape == (5, 9, 9)
    np.testing.assert_allclose(looks.sum(-1), 1, atol=1e-6)
    assert (looks * (ids == PAD)[:, None] == 0).all()


def test_without_attention_it_looks_nowhere(make_seq2seq):
    said = written(make_seq2seq(attention="none"))
    assert not said.attention.any()
    assert make_seq2seq(attention="none").encode(np.array([[3, 4]])).self_attention is None


@pytest.mark.parametrize("encoder", ["one_way", "both_ways"])
@pytest.mark.parametrize("attention", ATTENTIONS)
@pytest.mark.parametrize("cell", CELLS)
def test_more_padding_changes_nothing_if_it_is_masked(make_seq2seq, cell, attention, encoder):
    ids = make_seq2seq().codec.questions(TEXTS)
    model = make_seq2seq(cell, attention, encoder)
    before, after = model.write(ids, 6), model.write(padded(ids), 6)
    np.testing.assert_array_equal(after.ids, before.ids)
    np.testing.assert_allclose(after.probabilities, before.probabilities, atol=1e-5)
    in_front = model.write(np.pad(ids, ((0, 0), (3, 0))), 6)
    np.testing.assert_allclose(in_front.probabilities, before.probabilities, atol=1e-5)
    unmasked = make_seq2seq(cell, attention, encoder, masked=False)
    moved = unmasked.write(padded(ids), 6).probabilities[:, 0]
    assert np.abs(moved - unmasked.write(ids, 6).probabilities[:, 0]).max() > 1e-3


def test_more_padding_changes_nothing_of_self_attention(make_seq2seq):
    model = make_seq2seq(encoder="self_attention")
    ids = model.codec.questions(TEXTS[:3])
    before, after = model.write(ids, 6), model.write(padded(ids, 3), 6)
    np.testing.assert_allclose(after.probabilities, before.probabilities, atol=1e-5)


@pytest.mark.parametrize("masked", [True, False])
@pytest.mark.parametrize("encoder", ENCODERS)
def test_a_batch_says_what_each_question_gets_alone(make_seq2seq, encoder, masked):
    model = make_seq2seq(encoder=encoder, masked=masked)
    texts, answers = TEXTS, model.answers(TEXTS, 6)
    assert [model.answers([text], 6)[0] for text in texts] == answers
    together = written(model)
    for row, text in enumerate(texts):
        alone = written(model, [text])
        steps = alone.ids.shape[1]
        np.testing.assert_allclose(
            alone.probabilities[0], together.probabilities[row, :steps], atol=1e-5
        )
    assert model.answers([], 6) == []


def test_questions_are_filled_up_only_where_padding_is_read(make_seq2seq):
    assert make_seq2seq(masked=True).questions(["1+2"]).shape == (1, 3)
    assert make_seq2seq(masked=False).questions(["1+2"]).shape == (1, 9)
    with pytest.raises(KeyError, match="'x'"):
        make_seq2seq().questions(["1x2"])


def ending(make_seq2seq, bias=2.5, **kind):
    """A network that ends its answers sooner than random weights do."""
    model = make_seq2seq(**kind)
    model.weights["logits.bias"][END] += bias
    return model


def test_what_was_written_is_the_likeliest_at_each_step_up_to_the_end(make_seq2seq):
    model = ending(make_seq2seq, units=8, seed=3)
    said = written(model, [f"{i}+{i * i}" for i in range(90)], longest=5)
    np.testing.assert_allclose(said.probabilities.sum(-1), 1, atol=1e-5)
    over = np.cumsum(said.ids == END, 1) - (said.ids == END) > 0
    assert over.any() and not over.all(1).any()
    assert (said.ids[over] == PAD).all()
    likeliest = said.probabilities.argmax(-1)
    np.testing.assert_array_equal(said.ids[~over], likeliest[~over])
    np.testing.assert_allclose(said.chosen()[~over], said.probabilities.max(-1)[~over], atol=1e-7)
    np.testing.assert_array_equal(
        model.ids(model.questions([f"{i}+{i * i}" for i in range(90)]), 5), said.ids
    )


def test_writing_stops_when_all_answers_have_ended(make_seq2seq):
    model = ending(make_seq2seq, bias=99)
    assert written(model, longest=50).ids.tolist() == [[END]] * 5
    assert model.answers(TEXTS, 50) == [""] * 5


def test_params_and_units(make_seq2seq):
    model = make_seq2seq("gru", "none", "one_way", units=6)
    recurrent = 3 * 6 * (4 + 6 + 1)
    assert model.params == 2 * 14 * 4 + 2 * recurrent + 14 * (6 + 1)
    assert model.units == 6


def log_probability(model, text, ids):
    """log p of an answer, by one step after the other."""
    encoded = model.encode(model.questions([text]))
    state, last, total = encoded.state, START, 0.0
    for i in ids:
        logits, state, _ = model.step(np.array([last]), state, encoded)
        shares = np.exp(logits[0].astype(float) - logits.max())
        total += np.log(shares[i] / shares.sum())
        last = i
    return total


@pytest.mark.parametrize("attention", ATTENTIONS)
@pytest.mark.parametrize("cell", CELLS)
def test_a_beam_of_one_is_greedy(make_seq2seq, cell, attention):
    for seed in range(4):
        model = ending(make_seq2seq, cell=cell, attention=attention, seed=seed)
        for text in TEXTS:
            said = written(model, [text])
            ((answer, probability),) = model.beam(text, 1, 6)
            assert answer == model.codec.text(said.ids[0])
            assert probability == pytest.approx(said.chosen()[0].prod(), rel=1e-4)


def all_answers(symbols, longest):
    """Every answer of at most so many steps, its end among them, or cut off behind them."""
    others = [i for i in range(symbols) if i != END]
    for steps in range(longest):
        yield from ((*said, END) for said in itertools.product(others, repeat=steps))
    yield from itertools.product(others, repeat=longest)


@pytest.mark.parametrize("attention", ["none", "dot"])
def test_a_beam_as_wide_as_all_answers_finds_the_likeliest(make_seq2seq, attention):
    model = ending(make_seq2seq, attention=attention, bias=2.0)
    longest, text = 2, "12+3"
    every = list(all_answers(model.codec.size, longest))
    chances = np.exp([log_probability(model, text, ids) for ids in every])
    assert chances.sum() == pytest.approx(1, abs=1e-5)
    found = model.beam(text, len(every), longest)
    assert len(found) == len(every)
    order = np.argsort(-chances)
    np.testing.assert_allclose([p for _, p in found], chances[order], rtol=1e-4)
    assert found[0][0] == model.codec.text(every[order[0]])
    for width in (1, 2, 3, 10):
        assert model.beam(text, width, longest)[0][1] <= chances.max() * (1 + 1e-5)


def test_a_wider_beam_finds_what_greedy_search_overlooks(make_seq2seq):
    better = 0
    for seed in range(12):
        model = ending(make_seq2seq, attention="none", seed=seed)
        best = [model.beam("12+3", width, 4)[0][1] for width in (1, 3, 14**3)]
        assert best[0] <= best[1] * (1 + 1e-5) and best[1] <= best[2] * (1 + 1e-5)
        better += best[2] > best[0] * 1.01
    assert better >= 3


@pytest.mark.parametrize("width", [1, 2, 5])
def test_the_beam_s_answers_are_sorted_and_their_probabilities_are_the_steps_products(
    make_seq2seq, width
):
    model = ending(make_seq2seq, bias=3.0, seed=2)
    model.weights["logits.bias"][[PAD, START]] = -99  # so that a text tells its ids
    symbols = model.codec.symbols
    for text in TEXTS:
        found = model.beam(text, width, 3)
        chances = [p for _, p in found]
        assert len(found) == width and chances == sorted(chances, reverse=True)
        assert sum(chances) <= 1 + 1e-5
        for answer, chance in found:
            ids = [3 + symbols.index(character) for character in answer[::-1]]
            ids += [END] * (len(ids) < 3)
            assert chance == pytest.approx(np.exp(log_probability(model, text, ids)), rel=1e-4)


@pytest.mark.parametrize("width", [0, -3])
def test_a_beam_has_a_width(make_seq2seq, width):
    with pytest.raises(ValueError, match=rf"^width must be at least 1, not {width}$"):
        make_seq2seq().beam("1+2", width, 3)


@pytest.mark.parametrize("weight", [0.0, 0.3, 1.0])
def test_a_held_weight_is_held_and_the_others_keep_their_proportions(weight):
    attention = np.array([[0.1, 0.2, 0.3, 0.4], [0.0, 0.5, 0.5, 0.0]], np.float32)
    found = hold_weight(attention, Edit(0, 1, weight))
    np.testing.assert_array_equal(found[:, 1], np.float32(weight))
    np.testing.assert_allclose(found.sum(-1), 1, atol=1e-6)
    others = attention[:, [0, 2, 3]]
    expected = (1 - weight) * others / others.sum(-1, keepdims=True)
    np.testing.assert_allclose(found[:, [0, 2, 3]], expected, atol=1e-6)
    assert attention[0].tolist() == pytest.approx([0.1, 0.2, 0.3, 0.4])  # unchanged itself


def test_where_nothing_is_left_the_others_share_alike():
    found = hold_weight(np.array([[0.0, 1.0, 0.0]], np.float32), Edit(0, 1, 0.4))
    np.testing.assert_allclose(found, [[0.3, 0.4, 0.3]], atol=1e-7)
    np.testing.assert_array_equal(hold_weight(np.array([[1.0]]), Edit(0, 0, 0.2)), [[1.0]])
    sharp = hold_weight(np.array([[1.0, 1e-36, 3e-36]], np.float32), Edit(0, 0, 0.0))
    np.testing.assert_allclose(sharp, [[0, 0.25, 0.75]], atol=1e-6)


@pytest.mark.parametrize("attention", LOOKING)
def test_an_edit_holds_its_step_alone_and_moves_what_is_written_from_there(make_seq2seq, attention):
    model = ending(make_seq2seq, bias=-99, attention=attention)
    before, after = written(model, ["12+345"]), written(model, ["12+345"], edit=Edit(2, 0, 0.9))
    assert after.attention[0, 2, 0] == np.float32(0.9)
    np.testing.assert_allclose(after.attention.sum(-1), 1, atol=1e-6)
    np.testing.assert_array_equal(after.probabilities[:, :2], before.probabilities[:, :2])
    np.testing.assert_array_equal(after.attention[:, :2], before.attention[:, :2])
    assert np.abs(after.probabilities[:, 2] - before.probabilities[:, 2]).max() > 1e-4
    same = float(before.attention[0, 2, 0])
    unmoved = written(model, ["12+345"], edit=Edit(2, 0, same))
    np.testing.assert_allclose(unmoved.probabilities, before.probabilities, atol=1e-5)
