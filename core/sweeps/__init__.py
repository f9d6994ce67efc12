"""Many runs of one experiment: every setting with every seed, and what they tell together."""

from core.sweeps.running import sweep

__all__ = ["sweep"]
