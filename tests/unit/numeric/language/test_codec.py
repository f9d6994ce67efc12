"""Texts as ids and back."""

import numpy as np
import pytest

from core.numeric.language.codec import END, PAD, START, Codec, decoder_inputs

PLAIN = Codec("ab+")
TURNED = Codec("ab+", reverse_questions=True, reverse_answers=True)


def test_the_first_ids_are_no_symbols():
    assert (PAD, START, END) == (0, 1, 2)
    assert PLAIN.size == 6
    assert [PLAIN.symbol(i) for i in range(PLAIN.size)] == ["", "", "", "a", "b", "+"]


def test_questions_are_filled_up_behind_or_if_turned_round_in_front():
    assert PLAIN.questions(["ab+", "b"]).tolist() == [[3, 4, 5], [4, 0, 0]]
    assert PLAIN.questions(["ab"], 4).tolist() == [[3, 4, 0, 0]]
    assert TURNED.questions(["ab+", "b"]).tolist() == [[5, 4, 3], [0, 0, 4]]
    assert TURNED.questions(["ab"], 4).tolist() == [[0, 0, 4, 3]]
    assert PLAIN.questions(["ab+"], 2).tolist() == [[3, 4, 5]]  # what is longer stays whole
    assert PLAIN.questions([], 3).shape == (0, 3)
    assert PLAIN.questions([""]).shape == (1, 0)
    assert {PLAIN.questions(["a"]).dtype, TURNED.answers(["a"]).dtype} == {np.dtype(np.int32)}


def test_answers_end_and_are_filled_up_behind_even_if_turned_round():
    assert PLAIN.answers(["ab", "b"], 4).tolist() == [[3, 4, 2, 0], [4, 2, 0, 0]]
    assert TURNED.answers(["ab", "b"], 4).tolist() == [[4, 3, 2, 0], [4, 2, 0, 0]]
    assert TURNED.answers([""]).tolist() == [[2]]


def test_an_answer_is_read_up_to_its_end():
    assert PLAIN.text([3, 4, END, 5, 5]) == "ab"
    assert TURNED.text([3, 4, END, 5, 5]) == "ba"
    assert PLAIN.text([3, START, 4, PAD]) == "ab"  # without an end; and what is no symbol is none
    assert PLAIN.text([END]) == PLAIN.text([]) == ""
    assert PLAIN.text(np.array([5, 2], np.int8)) == "+"


@pytest.mark.parametrize("codec", [PLAIN, TURNED])
def test_an_unknown_character_is_named(codec):
    for encode in (codec.questions, codec.answers):
        with pytest.raises(KeyError, match="'c'"):
            encode(["ab", "abc"])


def test_the_decoder_is_given_the_answer_one_step_late():
    answers = PLAIN.answers(["ab+", "b"], 5)
    assert decoder_inputs(answers).tolist() == [[START, 3, 4, 5, END], [START, 4, END, 0, 0]]
    assert decoder_inputs(answers.astype(np.int64)).dtype == np.int32
