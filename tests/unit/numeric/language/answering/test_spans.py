"""Answers cut out of sentences: SQuAD's scores with French articles, the search, the stretches."""

import numpy as np
import pytest

from core.numeric.language.answering import spans, squad


@pytest.mark.parametrize(
    ("answer", "truth", "exact", "f1"),
    [
        ("Laplace", "laplace.", 1, 1),
        ("L'îlot du Peñon", "îlot Peñon", 1, 1),
        ("le premier album", "premier album de Médine", 0, 2 * 1 * 0.5 / 1.5),
        ("1185", "1186", 0, 0),
        ("la", "le", 1, 1),
        ("la", "Paris", 0, 0),
    ],
)
def test_articles_marks_and_capitals_do_not_count(answer, truth, exact, f1):
    assert squad.exact_match(answer, truth) == exact
    assert squad.f1(answer, truth) == pytest.approx(f1)


def test_sentences_keep_their_places():
    text = "Il pleut. Il a 3.5 ans ! Fin"
    cut = spans.sentences(text)
    assert [sentence for _, sentence in cut] == ["Il pleut.", "Il a 3.5 ans !", "Fin"]
    assert all(text[start:].startswith(sentence) for start, sentence in cut)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Combien de buts ?", "number"),
        ("En quelle année ?", "time"),
        ("Qui est-ce ?", "person"),
        ("Où est-il ?", "place"),
        ("Pourquoi ?", "reason"),
        ("Que fait-il ?", "other"),
    ],
)
def test_the_kind_of_a_question_is_told_by_its_words(question, kind):
    assert spans.kind_of(question) == kind


def test_the_sentence_with_the_rarest_common_words_is_found():
    texts = ("Le chat dort dans le jardin.", "Le chien, Médor, court.", "Le chien aboie.")
    search = spans.SentenceSearch(texts)
    assert search.scores("Où dort le chat ?").argmax() == 0
    ends, table = spans.features("Où dort ?", texts[1], spans.tokens(texts[1]), search)
    assert ends.tolist() == [[0, 0], [0, 1], [1, 1], [2, 2], [3, 3]]  # no stretch goes over a comma
    weights = np.zeros(table.shape[1])
    (found, *_) = search.answers("Où dort le chat ?", weights)
    assert found.place == 0 and found.answer == "Le"
    assert search.answers("xyz", weights) == []
