"""``similar``: passages that are like a sentence."""

import json

import pytest

from core.data import fetch
from core.experiments.thought_vectors.search_index import METHODS, TALE, search_index


def test_the_best_passages_of_the_tale_with_each_method_s_score(say):
    result = say("similar", "une tempête en mer", "--tale", "-n", "2", "--method", "bm25")
    assert result.status == 0 and not result.err
    tale, asked = search_index(TALE), ["une", "tempête", "en", "mer"]
    expected = []
    for hit in tale.search("bm25", asked, 2):
        passage = tale.passages[hit.place]
        names = [name for name in METHODS if name in tale.encoders]
        told = "  ".join(f"{name} {tale.scores(name, asked)[hit.place]:.2f}" for name in names)
        expected += [passage.text, f"    chapter {passage.chapter}  {told}"]
    assert result.out == "\n".join(expected) + "\n"


def test_as_json(say):
    result = say("similar", "une tempête en mer", "--tale", "--json", "--method", "svd")
    rows = [json.loads(line) for line in result.out.splitlines()]
    assert len(rows) == 5
    assert rows[0].keys() == {"passage", "chapter", "scores"}
    scores = [row["scores"]["svd"] for row in rows]
    assert scores == sorted(scores, reverse=True)


def test_a_sentence_of_unknown_words_has_no_answer(say):
    result = say("similar", "qqq zzz", "--tale")
    assert result == (0, "", "No passage has anything in common with this sentence.\n")


def test_without_candide_it_is_said_how_to_get_it(say, tmp_path, monkeypatch):
    monkeypatch.setattr(fetch, "folders", lambda: [tmp_path])
    search_index.cache_clear()
    from core.data.language import corpora, passages

    corpora.book.cache_clear()
    passages.passages.cache_clear()
    result = say("similar", "la guerre")
    assert (result.status, result.out) == (2, "")
    assert result.err == (
        "Error: voltaire_candide.txt is not on this machine: run 'python -m core data fetch "
        "voltaire_candide.txt', or set PANGLOSS_DATA to a folder that has it.\n"
    )


@pytest.mark.skipif(not fetch.available("voltaire_candide.txt"), reason="Candide is not here")
def test_candide_answers(say):
    result = say("similar", "il faut cultiver notre jardin", "-n", "1", "--method", "bm25")
    assert "il faut cultiver notre jardin" in result.out and "chapter 30" in result.out


def test_a_method_that_this_text_lacks_is_refused(say):
    result = say("similar", "la mer", "--tale", "--method", "language_model")
    assert result.status == 2
    assert result.err.startswith("Error: language_model is not there for this text; there are: ")
