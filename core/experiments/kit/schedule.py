"""How the learning rate falls over a run."""

import math


def half_cosine(rate: float, epoch: int, epochs: int) -> float:
    """The rate in an epoch (from 1): half a cosine from ``rate`` down.

    Source: Loshchilov & Hutter (2017), arXiv:1608.03983, without restarts.
    """
    return rate * 0.5 * (1 + math.cos(math.pi * (epoch - 1) / epochs))
