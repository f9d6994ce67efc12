"""What contracts share: those of pages run them as the tests of pages do."""

from tests.pages.conftest import forgotten, quick_runs

__all__ = ["forgotten", "quick_runs"]
