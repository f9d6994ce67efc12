"""One question and all that is known of its answer."""

from typing import Any

import numpy as np
import pytest

from core import pretrained
from core.experiments.calculator.analysis import LONGEST, ask
from core.experiments.calculator.recipe import CODEC, LEARNED
from core.numeric.language.codec import END, PAD, START, Codec
from core.numeric.language.seq2seq import Edit, Seq2Seq, Written


class _Scripted:
    """A network that writes given ids, each with a probability of its own."""

    def __init__(self, ids, codec=CODEC):
        self.codec, self.said, self.asked = codec, ids, None

    def questions(self, texts):
        return self.codec.questions(texts)

    def write(self, ids, longest, edit=None):
        self.asked = (ids.tolist(), longest, edit)
        said = np.array([self.said])
        shares = np.zeros((1, len(self.said), self.codec.size))
        for step, i in enumerate(self.said):
            shares[0, step, i] = 0.9 - step / 100
        return Written(said, shares, np.zeros((1, len(self.said), ids.shape[1])))


def scripted(*given) -> Any:
    """In the place of a network."""
    return _Scripted(*given)


def ids_of(text, codec=CODEC):
    return codec.answers([text])[0].tolist()


def test_digit_probabilities_are_in_the_order_of_reading():
    asked = ask(scripted(ids_of("357")), LEARNED, 12, "+", 345)  # it writes 7, 5, 3, END
    assert (asked.question, asked.answer, asked.truth) == ("12+345", "357", 357)
    assert asked.correct and asked.in_range
    assert asked.digit_probabilities == pytest.approx((0.88, 0.89, 0.9))
    assert all(type(p) is float for p in asked.digit_probabilities)
    forwards = Codec(CODEC.symbols)
    asked = ask(scripted(ids_of("357", forwards), forwards), LEARNED, 12, "+", 345)
    assert asked.answer == "357"
    assert asked.digit_probabilities == pytest.approx((0.9, 0.89, 0.88))


def test_the_network_is_asked_as_it_is_asked_in_training():
    network = scripted(ids_of("357"))
    edit = Edit(0, 1, 0.5)
    ask(network, LEARNED, 12, "+", 345, edit)
    assert network.asked == (CODEC.questions(["12+345"]).tolist(), LONGEST, edit)
    assert len(str(999_999 * 999_999)) + 1 == LONGEST


@pytest.mark.parametrize(
    ("question", "said", "correct"),
    [
        ((3, "-", 12), "-9", True),
        ((3, "-", 12), "9", False),
        ((12, "-", 3), "9", True),
        ((12, "-", 3), "09", False),  # to the letter
        ((0, "*", 99), "0", True),
        ((0, "*", 99), "-0", False),
        ((34, "*", 7), "238", True),
        ((34, "*", 7), "", False),
    ],
)
def test_an_answer_is_right_to_the_letter(question, said, correct):
    asked = ask(scripted(ids_of(said)), LEARNED, *question)
    assert asked.answer == said and asked.correct is correct
    assert len(asked.digit_probabilities) == len(said)


def test_a_minus_sign_is_written_last_and_read_first():
    asked = ask(scripted(ids_of("-9")), LEARNED, 3, "-", 12)
    assert asked.written.ids[0, :2].tolist() == ids_of("-9")[:2]
    assert CODEC.symbol(int(asked.written.ids[0, 1])) == "-"
    assert asked.digit_probabilities == pytest.approx((0.89, 0.9))


def test_ids_that_are_no_characters_have_no_probability_among_them():
    seven, five, three, end = ids_of("357")
    asked = ask(scripted([seven, PAD, five, START, three, end, PAD]), LEARNED, 12, "+", 345)
    assert asked.answer == "357"
    assert asked.digit_probabilities == pytest.approx((0.86, 0.88, 0.9))


def test_an_answer_without_an_end_is_known_whole():
    asked = ask(scripted(ids_of("12345")[:-1]), LEARNED, 1, "+", 1)
    assert asked.answer == "12345" and len(asked.digit_probabilities) == 5
    assert END not in asked.written.ids


@pytest.mark.parametrize(
    ("question", "in_range"),
    [
        ((999, "+", 999), True),
        ((1000, "+", 1), False),
        ((1, "-", 1000), False),
        ((99, "*", 99), True),
        ((100, "*", 1), False),
        ((1, "*", 100), False),
        ((0, "*", 0), True),
    ],
)
def test_the_range_is_that_of_what_was_learned(question, in_range):
    assert LEARNED == {"+": 3, "-": 3, "*": 2}
    assert ask(scripted([END]), LEARNED, *question).in_range is in_range
    assert not ask(scripted([END]), {}, *question).in_range


def test_a_real_network_s_probabilities_are_those_of_its_steps():
    model, _card = pretrained.load("calculator", Seq2Seq)
    asked = ask(model, LEARNED, 12, "+", 345)
    assert asked.answer == "357" and asked.correct and asked.in_range
    chosen = asked.written.probabilities[0].max(-1)
    assert asked.digit_probabilities == pytest.approx(tuple(chosen[:3][::-1].tolist()))
    held = ask(model, LEARNED, 12, "+", 345, Edit(0, 3, 1.0))
    assert held.written.attention[0, 0].tolist() == [0, 0, 0, 1, 0, 0]
