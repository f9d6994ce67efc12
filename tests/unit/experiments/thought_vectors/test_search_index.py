"""A text that is searched: every method's rows, and what they find."""

import numpy as np
import pytest

from core import pretrained
from core.data import fetch
from core.experiments.thought_vectors.recipe import read_states
from core.experiments.thought_vectors.search_index import BOOK, METHODS, TALE, search_index


def test_all_methods_score_every_passage_of_the_tale():
    tale = search_index(TALE)
    assert [name for name in METHODS if name in tale.encoders] == list(tale.encoders)
    for name in tale.encoders:
        scores = tale.scores(name, tale.passages[5].words)
        assert scores.shape == (len(tale.passages),) and scores.argmax() == 5, name
        assert tale.kept(name) is tale.kept(name)


def test_means_are_of_the_shipped_word_vectors_or_of_the_text_s_own(monkeypatch):
    assert not search_index(TALE).own_words
    monkeypatch.setattr(pretrained, "names", list)
    own = search_index.__wrapped__(TALE)
    assert own.own_words and list(own.encoders) == ["bm25", "tfidf", "svd", "mean", "sif"]


def test_kept_states_are_of_one_text_alone():
    assert read_states(TALE, "00" * 32, 387) is None
    assert read_states(BOOK, "00" * 32, 949) is None


@pytest.mark.skipif(not fetch.available(f"{BOOK}.txt"), reason="Candide is not here")
def test_candide_has_an_answer_where_a_word_is_unknown():
    found = search_index(BOOK)
    assert "navire" not in " ".join(" ".join(p.words) for p in found.passages).split()
    best = [found.passages[h.place].text for h in found.search("sif", ["navire", "mer"], 5)]
    assert any("vaisseau" in passage for passage in best)


@pytest.mark.skipif(not fetch.available(f"{BOOK}.txt"), reason="Candide is not here")
def test_what_the_writer_holds_of_candide_is_what_it_holds_now():
    found = search_index(BOOK)
    some = [found.passages[i].words for i in (3, 400)]
    now = found.encoders["language_model"].kept(some)
    np.testing.assert_allclose(found.kept("language_model")[[3, 400]], now, atol=2e-3)
