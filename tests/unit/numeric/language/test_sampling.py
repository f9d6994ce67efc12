"""The filters against distributions worked by hand."""

from typing import Any

import numpy as np
import pytest

from core.numeric.language.sampling import entropy_bits, filtered, sample

P = np.array([0.1, 0.4, 0.2, 0.3])
LOGITS = np.log(P)


class FixedUniform(np.random.Generator):
    """Stands in for a generator: gives one number, and counts how often it was asked."""

    def __init__(self, number):
        super().__init__(np.random.PCG64(0))
        self.number, self.asked = number, 0

    def random(self, *_args, **_more) -> Any:
        self.asked += 1
        return self.number


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, [0.1, 0.4, 0.2, 0.3]),
        ({"temperature": 0.5}, np.array([1, 16, 4, 9]) / 30),
        ({"temperature": 2}, np.sqrt(P) / np.sqrt(P).sum()),
        ({"temperature": 0}, [0, 1, 0, 0]),
        ({"top_k": 2}, [0, 4 / 7, 0, 3 / 7]),
        ({"top_k": 4}, [0.1, 0.4, 0.2, 0.3]),
        ({"top_k": 99}, [0.1, 0.4, 0.2, 0.3]),
        ({"top_p": 0.69}, [0, 4 / 7, 0, 3 / 7]),
        ({"top_p": 0.71}, [0, 4 / 9, 2 / 9, 3 / 9]),
        ({"top_p": 0}, [0, 1, 0, 0]),
        # p is taken of what k has left: 0.4 / 0.7 = 0.571.
        ({"top_k": 2, "top_p": 0.57}, [0, 1, 0, 0]),
        ({"top_k": 2, "top_p": 0.58}, [0, 4 / 7, 0, 3 / 7]),
        # and of what the temperature has made: 16 / 30 = 0.533.
        ({"temperature": 0.5, "top_p": 0.53}, [0, 1, 0, 0]),
        ({"temperature": 0.5, "top_p": 0.54}, [0, 16 / 25, 0, 9 / 25]),
        ({"temperature": 0.5, "top_k": 3, "top_p": 0.85}, [0, 16 / 25, 0, 9 / 25]),
    ],
)
def test_filters(settings, expected):
    np.testing.assert_allclose(filtered(LOGITS, **settings), expected, atol=1e-12)


def test_of_equals_the_lower_index_stays():
    even = np.zeros(4)
    assert filtered(even, top_k=2).tolist() == [0.5, 0.5, 0, 0]
    assert filtered(even, top_p=0.5).tolist() == [0.5, 0.5, 0, 0]
    assert filtered(even, temperature=0).tolist() == [1, 0, 0, 0]


def test_what_can_never_come_never_comes():
    logits = np.array([-np.inf, 1.0, 0.0], np.float32)
    every: list[dict[str, Any]] = [
        {},
        {"temperature": 5},
        {"top_k": 3},
        {"top_p": 0.999},
        {"temperature": 0},
    ]
    for settings in every:
        assert filtered(logits, **settings)[0] == 0


def test_extreme_temperatures_stay_finite():
    logits = np.array([500.0, -500.0, 499.0])
    assert filtered(logits, temperature=1e-5).tolist() == [1, 0, 0]
    assert filtered(logits, temperature=1e-300).tolist() == [1, 0, 0]
    np.testing.assert_allclose(filtered(logits, temperature=1e9), [1 / 3] * 3, atol=1e-5)


@pytest.mark.parametrize(
    ("uniform", "index"), [(0, 0), (0.0999, 0), (0.1001, 1), (0.4999, 1), (0.5001, 3), (0.999, 3)]
)
def test_one_uniform_number_makes_one_choice(uniform, index):
    rng = FixedUniform(uniform)
    assert sample(np.array([0.1, 0.4, 0, 0.5]), rng) == index
    assert rng.asked == 1


def test_rounding_up_to_the_whole_gives_the_last_possible():
    assert sample(np.array([0.5, 0.5, 0.0]), FixedUniform(1.0)) == 1


def test_sampled_shares_are_the_probabilities():
    rng = np.random.default_rng(0)
    counts = np.bincount([sample(P, rng) for _ in range(20_000)], minlength=4)
    np.testing.assert_allclose(counts / 20_000, P, atol=0.015)


def test_entropy():
    assert entropy_bits(np.full(8, 1 / 8)) == pytest.approx(3)
    assert entropy_bits(np.array([0.5, 0.25, 0.25, 0])) == pytest.approx(1.5)
    assert entropy_bits(np.array([0.0, 1.0])) == 0
