"""The learning rate's fall."""

import pytest

from core.experiments.kit.schedule import half_cosine


def test_the_rate_falls_along_half_a_cosine():
    assert half_cosine(0.01, 1, 10) == 0.01
    assert half_cosine(0.01, 6, 10) == pytest.approx(0.005)
    assert 0 < half_cosine(0.01, 10, 10) < 0.001
