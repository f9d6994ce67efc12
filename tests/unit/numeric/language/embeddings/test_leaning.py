"""Leanings where the vectors and the counts are known."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from core.data.language.words import questions
from core.messages import Problem
from core.numeric.language.embeddings.leaning import (
    counted_lean,
    counted_near,
    direction,
    leanings,
    spread,
)
from core.numeric.language.embeddings.space import WordSpace

WORDS = ("il", "elle", "soldat", "nourrice", "élève")
SPACE = WordSpace(
    WORDS,
    np.array([[-1, 1, 0], [1, 1, 0], [-3, 0, 4], [4, 0, 3], [0, 0, 2]], float),
    np.array([50, 40, 9, 5, 3]),
)


def test_the_direction_goes_from_the_first_to_the_second():
    np.testing.assert_allclose(direction(SPACE), [1, 0, 0], atol=1e-6)
    with pytest.raises(Problem, match=r"^The word voltaire is not among the 5 of this space\.$"):
        direction(SPACE, [("xyz", "voltaire")])


def test_words_lean_as_their_cosine_with_it():
    told = leanings(SPACE, {"jobs": ("nourrice", "soldat", "maçon"), "either": ("élève",)})
    assert [(one.word, one.kind, one.times) for one in told] == [
        ("soldat", "jobs", 9),
        ("élève", "either", 3),
        ("nourrice", "jobs", 5),
    ]
    assert [one.lean for one in told] == pytest.approx([-0.6, 0, 0.8])
    usual = np.std([-np.sqrt(0.5), np.sqrt(0.5), -0.6, 0.8, 0])
    assert spread(SPACE) == pytest.approx(usual)


def test_what_stands_near_each_side_is_counted():
    counts = csr_matrix(np.array([[0, 1, 6, 1, 2], [1, 0, 2, 3, 2]]).T)
    near = counted_near(counts, {"il": 0, "elle": 1})
    np.testing.assert_array_equal(near, [[0, 1], [1, 0], [6, 2], [1, 3], [2, 2]])
    lean = counted_lean(near, near.sum(0))
    assert lean[2] == pytest.approx(np.log2((3 / 8) / (7 / 10)))
    assert lean[3] > 0 > lean[2]


def test_professions_are_asked_once_each():
    words = [word for some in questions.professions().values() for word in some]
    assert len(set(words)) == len(words) >= 40
    assert set(questions.professions()) == {"masculine", "feminine", "either"}
