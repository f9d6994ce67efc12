"""The shipped word vectors are what their card says; how they were chosen."""

import numpy as np
import pytest

from core import pretrained
from core.data.language.words import questions
from core.data.language.words.questions import Questions
from core.experiments.kit import recipe as kit_recipe
from core.experiments.word_embeddings import choice, recipe
from core.numeric.language.embeddings import leaning
from core.numeric.language.embeddings.space import WordSpace

ASKED = Questions(
    {
        "gender": [
            ("homme", "femme"),
            ("roi", "reine"),
            ("prince", "princesse"),
            ("duc", "duchesse"),
        ]
    },
    {kind: [f"{kind}{i}" for i in range(6)] for kind in "abcd"},
)
NAMES = tuple(word for pair in ASKED.analogies["gender"] for word in pair) + tuple(
    word for words in ASKED.categories.values() for word in words
)


@pytest.fixture(scope="module")
def space():
    return pretrained.load(recipe.NAME, WordSpace)[0]


def near_what_was_told(told, measured, questions_asked):
    """The same but for two questions: another machine adds in another order."""
    return told == pytest.approx(measured, abs=2 / questions_asked)


def test_the_card_tells_what_the_vectors_answer(space):
    told, measured = pretrained.card(recipe.NAME)["metrics"], recipe.measured(space)
    for name, value in measured.items():
        if name == "analogy_accuracy_by_kind":
            assert told[name].keys() == value.keys()
        else:
            assert near_what_was_told(told[name], value, 300), name
    for name, aim in choice.AIMS.items():
        assert told[name] >= aim
        assert told["held_out"][name] == pytest.approx(told[name], abs=0.02)
        assert told["held_out"][name] > told[f"baseline_skip_gram_{name}"]
        assert told["held_out"][name] > told[f"baseline_ppmi_5_{name}"]
    assert told["baseline_spelling_analogy_accuracy"] > told["analogy_accuracy"]  # as README says
    assert told["analogy_accuracy_own_words_allowed"] < told["analogy_accuracy"] / 2


def test_they_are_small_and_laid_out(space):
    assert (pretrained.WEIGHTS / f"{recipe.NAME}.npz").stat().st_size <= 4_000_000
    assert space.vectors.shape == (len(space.words), recipe.DIM) and len(space.words) > 16_000
    assert (np.diff(space.counts) <= 0).all() and space.counts.min() == recipe.CONFIG.min_count
    places = kit_recipe.layout(recipe.NAME)
    assert places is not None and places.shape == (recipe.SHOWN, 2)


@pytest.mark.parametrize(
    ("word", "near"),
    [("lundi", "samedi"), ("mère", "père"), ("trois", "quatre"), ("rouge", "blanc")],
)
def test_neighbours_read_well(space, word, near):
    assert near in [one.word for one in space.neighbours(word, 5)]


def test_the_card_tells_who_stands_near_professions(space):
    card = pretrained.card(recipe.NAME)
    near = np.array(list(card["near"].values()))
    told = leaning.leanings(space, questions.professions())
    assert {one.word for one in told} == set(card["near"])
    counted = dict(
        zip(card["near"], leaning.counted_lean(near, np.array(card["near_all"])), strict=True)
    )
    leans, counts = zip(*((one.lean, counted[one.word]) for one in told), strict=True)
    assert np.corrcoef(leans, counts)[0, 1] > 0.5  # the space says what the books say


def space_of(noise, seed=0):
    """A space that knows ASKED the better the less noise it has."""
    rng = np.random.default_rng(seed)
    rows = np.zeros((len(NAMES), 12))
    for i in range(4):
        rows[2 * i : 2 * i + 2, i] = 1
        rows[2 * i + 1, 4] = 1
        rows[8 + 6 * i : 14 + 6 * i, 5 + i] = 1
    return WordSpace(NAMES, rows + noise * rng.normal(size=rows.shape))


def test_what_answers_all_is_chosen_and_scored_on_the_other_half():
    tried = {(noise,): choice.answers_of(space_of(noise), ASKED) for noise in (0.01, 0.5, 3.0)}
    assert choice.chosen(tried) == (0.01,)
    assert choice.metrics_of(tried[0.01,]) == dict.fromkeys(choice.AIMS, 1.0)
    assert choice.metrics_of(tried[3.0,])["odd_one_out"] < 0.6
    assert choice.held_out({(0.01,): tried[0.01,]}, len(NAMES), 2)["odd_one_out"] == 1


def test_halves_have_no_question_in_both():
    answers = choice.answers_of(space_of(0.1), ASKED)
    one, other = choice.halves(4, len(NAMES), 3)
    assert not (one.kinds & other.kinds).any() and (one.kinds | other.kinds).all()
    assert one.kinds.sum() == 2
    assert not (one.words & other.words).any() and (one.words | other.words).all()
    half = choice.metrics_of(answers, one)
    kept = one.kinds[answers.odd_kinds]
    assert half["odd_one_out"] == answers.odd[kept].mean()
