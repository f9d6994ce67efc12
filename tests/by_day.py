"""Which of a test's many parameters are of the day; the others are slow, and of the night."""

from collections.abc import Collection, Iterable
from typing import Any

import pytest


def by_day(some: Collection[Any], of: Iterable[Any]) -> list[Any]:
    """Parameters for ``pytest.mark.parametrize``: all ``of``, slow what is not among ``some``."""
    return [one if one in some else pytest.param(one, marks=pytest.mark.slow) for one in of]
