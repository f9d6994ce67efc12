"""What holds for every question, every number and every answer."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.language.arithmetic import HELD_OUT, Questions, places, training_batch
from core.data.language.french_numerals import LARGEST, SPELLINGS, in_words, number_of
from core.numeric.activations import softmax
from core.numeric.language.codec import END, PAD, START, Codec, decoder_inputs
from core.numeric.language.seq2seq import Edit, Seq2Seq, Seq2SeqArchitecture, hold_weight
from core.numeric.principal import project

SYMBOLS = "0123456789+-*"
codecs = st.builds(Codec, st.just(SYMBOLS), st.booleans(), st.booleans())
words = st.text(SYMBOLS, max_size=12)
some_words = st.lists(words, min_size=1, max_size=6)
questions = st.lists(st.text(SYMBOLS, min_size=1, max_size=9), min_size=1, max_size=5)
operands = st.integers(0, 999_999)


def tiny_network(attention):
    """A GRU that reads and a GRU that writes, with random weights."""
    rng = np.random.default_rng(4)
    codec, units, width = Codec(SYMBOLS, True, True), 4, 3
    shapes = {
        "encoder.embedding": (codec.size, width),
        "decoder.embedding": (codec.size, width),
        "combined.kernel": (2 * units, units),
        "combined.bias": (units,),
        "attention.query": (units, units),
        "attention.key": (units, units),
        "attention.scale": (units,),
        "logits.kernel": (units, codec.size),
        "logits.bias": (codec.size,),
    }
    for way in ("forward", "decoder"):
        shapes |= {
            f"{way}.kernel": (width, 3 * units),
            f"{way}.recurrent": (units, 3 * units),
            f"{way}.bias": (3 * units,),
        }
    weights = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    weights["logits.bias"][END] += 2
    return Seq2Seq(codec, Seq2SeqArchitecture("gru", attention, "one_way"), weights)


NETWORKS = {attention: tiny_network(attention) for attention in ("none", "additive", "dot")}
networks = st.sampled_from(sorted(NETWORKS)).map(NETWORKS.get)
looking = st.sampled_from(["additive", "dot"]).map(NETWORKS.get)


@given(codecs, some_words, st.integers(0, 20))
def test_answers_survive_encoding(codec, texts, length):
    ids = codec.answers(texts, length)
    assert ids.shape == (len(texts), max(length, *(len(text) + 1 for text in texts)))
    assert [codec.text(row) for row in ids] == texts
    assert ((ids == END).sum(1) == 1).all() and not (ids == START).any()


@given(codecs, some_words, st.integers(0, 20))
def test_questions_lose_nothing(codec, texts, length):
    ids = codec.questions(texts, length)
    way = -1 if codec.reverse_questions else 1
    read = ["".join(codec.symbol(int(i)) for i in row[::way]) for row in ids]
    assert read == texts
    behind = np.diff((ids[:, ::way] == PAD).astype(int), axis=1)
    assert (behind >= 0).all()  # the padding is all in one place


@given(codecs, words, st.characters().filter(lambda c: c not in SYMBOLS))
def test_what_is_not_known_is_refused(codec, text, odd):
    for encode in (codec.questions, codec.answers):
        with pytest.raises(KeyError):
            encode([text + odd])


@given(codecs, some_words)
def test_what_the_decoder_is_given_is_the_answer_a_step_later(codec, texts):
    answers = codec.answers(texts)
    given_ids = decoder_inputs(answers)
    assert (given_ids[:, 0] == START).all()
    np.testing.assert_array_equal(given_ids[:, 1:], answers[:, :-1])


def asked(a, operation, b):
    return Questions(np.array([a]), np.array([operation]), np.array([b]))


@given(operands, st.sampled_from("+-*"), operands)
def test_a_question_and_its_swapped_one_are_on_the_same_side(a, operation, b):
    one, other = asked(a, operation, b), asked(b, operation, a)
    assert one.held_out() == other.held_out()
    assert one.carries() == other.carries()
    assert one.answers() == [str({"+": a + b, "-": a - b, "*": a * b}[operation])]
    assert one.texts() == [f"{a}{operation}{b}"]


@settings(max_examples=40)
@given(st.integers(0, 999_999), st.integers(0, 10**6), st.integers(1, 200), st.integers(1, 5))
def test_no_batch_has_a_question_that_is_held_out(seed, update, count, longest):
    batch = training_batch(seed, update, count, "".join(HELD_OUT), longest)
    assert len(batch) == count and not batch.held_out().any()


@given(st.integers(0, 99), st.integers(1, 12), st.integers(1, 30), st.integers(1, 4))
def test_a_fixed_set_is_read_evenly(seed, count, of, readings):
    updates = -(-readings * of // count)
    order = np.concatenate([places(seed, update, count, of) for update in range(updates)])
    counts = np.bincount(order[: readings * of], minlength=of)
    assert counts.tolist() == [readings] * of


@given(st.integers(0, LARGEST), st.sampled_from(SPELLINGS))
def test_numbers_are_read_back_from_their_words(number, spelling):
    assert number_of(in_words(number, spelling)) == number


PIECES = ["un", "et", "deux", "vingt", "vingts", "cent", "cents", "mille", "quatre", "dix", "zéro"]
spoken = st.lists(st.sampled_from(PIECES), max_size=7)


@given(st.one_of(st.text(max_size=30), spoken.map(" ".join), spoken.map("-".join)))
def test_any_words_are_a_number_s_own_or_none(text):
    number = number_of(text)
    assert number is None or text in [in_words(number, spelling) for spelling in SPELLINGS]


@settings(max_examples=50)
@given(networks, questions, st.integers(1, 8))
def test_a_batch_says_what_each_gets_alone_whatever_the_padding(model, texts, more):
    ids = model.questions(texts)
    said = model.write(ids, 6)
    wider = model.write(np.pad(ids, ((0, 0), (more, 0))), 6)
    np.testing.assert_allclose(wider.probabilities, said.probabilities, atol=1e-4)
    for row, text in enumerate(texts):
        alone = model.write(model.questions([text]), 6)
        steps = alone.ids.shape[1]
        np.testing.assert_allclose(
            alone.probabilities[0], said.probabilities[row, :steps], atol=1e-4
        )


@settings(max_examples=50)
@given(looking, questions)
def test_attention_is_a_distribution_over_the_question(model, texts):
    ids = model.questions(texts)
    attention = model.write(ids, 6).attention
    np.testing.assert_allclose(attention.sum(-1), 1, atol=1e-5)
    assert (attention >= 0).all()
    assert (attention * (ids == PAD)[:, None] == 0).all()


@settings(max_examples=50)
@given(networks, st.text(SYMBOLS, min_size=1, max_size=9), st.integers(1, 6), st.integers(1, 6))
def test_a_beam_is_sorted_and_within_its_width(model, text, width, longest):
    found = model.beam(text, width, longest)
    chances = [chance for _, chance in found]
    assert 1 <= len(found) <= width
    assert chances == sorted(chances, reverse=True)
    assert 0 < sum(chances) <= 1 + 1e-5


@settings(max_examples=50)
@given(networks, st.text(SYMBOLS, min_size=1, max_size=9), st.integers(1, 6))
def test_a_beam_of_one_is_greedy(model, text, longest):
    said = model.write(model.questions([text]), longest)
    ((answer, chance),) = model.beam(text, 1, longest)
    assert answer == model.codec.text(said.ids[0])
    assert chance == pytest.approx(float(said.chosen()[0].prod()), rel=1e-3)


@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=8).filter(lambda w: sum(w) > 1e-3),
    st.integers(0, 7),
    st.floats(0, 1),
)
def test_a_held_weight_leaves_a_distribution(weights, place, weight):
    attention = np.array([weights]) / sum(weights)
    place %= len(weights)
    found = hold_weight(attention, Edit(0, place, weight))
    assert found.sum() == pytest.approx(1)
    assert (found >= 0).all()
    if len(weights) > 1:
        assert found[0, place] == weight
        others = np.delete(attention[0], place)
        if others.sum() > 1e-6:
            expected = (1 - weight) * others / others.sum()
            np.testing.assert_allclose(np.delete(found[0], place), expected, atol=1e-9)


@given(st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=10))
def test_softmax_is_a_distribution_that_keeps_the_order(scores):
    shares = softmax(np.array(scores))
    assert shares.sum() == pytest.approx(1) and (shares >= 0).all()
    assert shares[int(np.argmax(scores))] == shares.max()


@given(st.integers(2, 12), st.integers(2, 6), st.integers(0, 999))
def test_principal_components_keep_distances_when_all_are_kept(n, features, seed):
    data = np.random.default_rng(seed).normal(size=(n, features))
    points, explained = project(data, features)
    assert explained.sum() == pytest.approx(1) and (np.diff(explained) <= 1e-12).all()

    def distances(rows):
        return np.linalg.norm(rows[:, None] - rows[None], axis=-1)

    np.testing.assert_allclose(distances(points), distances(data), atol=1e-9)
