"""What a long training consists of, told without TensorFlow."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stage:
    """``epochs`` passes over some corpora; the rate warms up, then falls as a half cosine.

    interpolation: how far the weights finally go from where the stage began to where it ended.
    Between the two lies a model better than both. Source: Wortsman et al. (2022), arXiv:2109.01903.
    """

    corpus: tuple[str, ...]
    epochs: int
    peak_rate: float
    last_rate: float
    dropout: float
    weight_drop: float
    warmup_steps: int = 100
    interpolation: float = 1.0


@dataclass(frozen=True)
class Shape:
    """Sizes of the model and of a batch."""

    units: int
    embedding_dim: int
    batch: int
    length: int
