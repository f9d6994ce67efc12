"""Answers cut out of sentences: SQuAD's scores with French articles, the search, the stretches."""

import numpy as np
import pytest

from core.numeric.language.answering import cut, kinds, spans, squad, stretches


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
    found = cut.sentences(text)
    assert [sentence for _, sentence in found] == ["Il pleut.", "Il a 3.5 ans !", "Fin"]
    assert all(text[start:].startswith(sentence) for start, sentence in found)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Combien de buts ?", "number"),
        ("En quelle année ?", "time"),
        ("Qui est-ce ?", "person"),
        ("Où est-il ?", "place"),
        ("Pourquoi ?", "reason"),
        ("Quel animal ?", "which"),
        ("Comment s'appelle-t-elle ?", "name"),
        ("Que fait-il ?", "other"),
    ],
)
def test_the_kind_of_a_question_is_told_by_its_words(question, kind):
    assert kinds.kind_of(question) == kind


TEXTS = ("Le chat dort dans le jardin.", "Le chien, Médor, court.", "Le chien aboie.")


def test_the_sentence_with_the_rarest_common_words_is_found():
    search = spans.SentenceSearch(TEXTS)
    assert search.scores("Où dort le chat ?").argmax() == 0
    weights = np.zeros(search.templates.count)
    found = search.answers("Où dort le chat ?", weights)
    assert found[0].place == 0 and found[0].answer == "Le"
    assert search.answers("xyz", weights) == []


def test_a_stretch_goes_over_one_mark_at_most():
    seen = spans.SentenceSearch(TEXTS).seen(1)
    told = [seen.stretch(first, last) for first, last in seen.ends]
    assert told == [
        *("Le", "Le chien", "Le chien, Médor", "chien", "chien, Médor"),
        *("Médor", "Médor, court", "court"),
    ]


def test_every_stretch_has_one_feature_of_each_template():
    search = spans.SentenceSearch(TEXTS)
    templates, seen = search.templates, search.seen(0)
    table = templates.features("Où dort le chat ?", seen, 2, 1.0)
    other = templates.features("Qui dort ?", seen, 0, 0.3)
    assert table.shape == other.shape == (len(seen.ends), 24)
    ends = np.cumsum(templates._sizes)
    for features in (table, other):
        assert (features < ends).all()
        assert (features >= ends - np.array(templates._sizes)).all()
    assert ends[-1] == templates.count


def test_what_stands_beside_the_words_of_the_question_is_seen():
    asked = np.array([0, 1, 0, 0, 0])
    cuts = np.array([1, 1, 1, 2, 2, 3])  # a mark before the fourth word, and the ends
    before, after, parted = stretches._nearest(
        asked, cuts, np.array([0, 2, 4]), np.array([0, 2, 4])
    )
    assert before.tolist() == [7, 1, 3]  # 7: there is none
    assert after.tolist() == [1, 7, 7]
    assert parted.tolist() == [2 * 3 + 0, 0 * 3 + 2, 1 * 3 + 2]


def test_the_weights_choose_the_stretch_and_the_sentence():
    search = spans.SentenceSearch(TEXTS)
    weights = np.zeros(search.templates.count)
    place = [seen.stretch(*ends) for seen in [search.seen(1)] for ends in seen.ends].index("Médor")
    question = "Comment s'appelle le chien ?"
    scores = search.scores(question)
    order = [2, 1]
    (_, table) = search.stretches(question, order, scores)[1]
    weights[table[place]] = 1
    assert search.answers_in(question, weights, order, scores)[0].answer == "Médor"
