"""Many parts of a text read at once cost what the text costs read from its beginning."""

import numpy as np
import pytest

from core import pretrained
from core.data.language import corpora
from core.numeric.language.language_model import START, LanguageModel
from core.numeric.language.streams import WARM_UP, parts_of, total_bits

LETTERS = "abc de.»é"


def text_of(length, seed=0):
    return "".join(np.random.default_rng(seed).choice(list(LETTERS), length))


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_a_forgetful_model_reads_the_same_in_parts(make_model, cell):
    model, text, heard = make_model(cell, (6, 5)), text_of(3 * WARM_UP + 517), []
    one_by_one = model.surprise_bits(text).sum()
    in_parts = total_bits(model, model.encode(START + text), 3, heard.append)
    assert in_parts == pytest.approx(one_by_one, rel=1e-6)
    assert heard == sorted(heard) and heard[-1] == 1.0


def test_unknown_characters_and_a_last_part_cut_short_are_counted(make_model):
    model = make_model("lstm", (6,))
    text = text_of(6 * WARM_UP)[:-1] + "☃☃"
    assert parts_of(len(text)) == 3
    assert model.bits_per_char(text) == pytest.approx(model.surprise_bits(text).mean(), rel=1e-6)


def test_threads_share_the_parts(make_model):
    model, text, heard = make_model("gru", (6, 5)), text_of(7 * WARM_UP + 11), []
    ids = model.encode(START + text)
    assert total_bits(model, ids, 5, heard.append, 2) == pytest.approx(
        total_bits(model, ids, 5, heard.append), rel=1e-9
    )


def test_a_short_text_is_read_from_its_beginning(make_model):
    model = make_model("gru", (6,))
    text, heard = text_of(5 * WARM_UP), []
    assert parts_of(len(text)) == 1
    assert model.bits_per_char(text, heard.append) == model.surprise_bits(text).mean()
    assert heard[-1] == 1.0


@pytest.mark.slow
def test_the_shipped_model_scores_a_text_in_parts_as_from_its_beginning():
    model, _ = pretrained.load("voltaire", LanguageModel)
    text = corpora.corpus("conte")[:6_500]
    bits = model.surprise_bits(text).mean()
    assert parts_of(len(text)) > 2
    assert model.bits_per_char(text) == pytest.approx(bits, abs=1e-5)
