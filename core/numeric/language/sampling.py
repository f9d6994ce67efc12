"""From a model's logits to the next character: temperature, top-k, top-p, one uniform number."""

import numpy as np

GREEDY = 1e-6  # at this temperature or below, the most probable alone is left


def filtered(
    logits: np.ndarray, temperature: float = 1.0, top_k: int = 0, top_p: float = 1.0
) -> np.ndarray:
    """Probabilities that are left of ``logits``, in this order, by temperature, top-k and top-p.

    logits: float (vocabulary,), -inf for what can never come; log-probabilities do as well.
    temperature: divides the logits; 0 leaves the most probable character alone.
    top_k: how many of the most probable stay; 0 is off. top_p: the fewest most probable whose
    share reaches it stay, at least one; 1 is off. Of equals, the lower index comes first.
    Returns float64 (vocabulary,), summing to 1.
    Source: Holtzman et al. (2020), arXiv:1904.09751, for top-p.
    """
    logits = np.asarray(logits, np.float64)
    if temperature <= GREEDY:
        probabilities = np.zeros_like(logits)
        probabilities[logits.argmax()] = 1.0
        return probabilities
    weights = np.exp((logits - logits.max()) / temperature)
    if 0 < top_k < len(weights) or top_p < 1:
        order = np.argsort(-weights, kind="stable")
        kept = top_k or len(weights)
        if top_p < 1:
            share = np.cumsum(weights[order[:kept]])
            kept = min(kept, int(np.searchsorted(share, top_p * share[-1])) + 1)
        weights[order[kept:]] = 0.0
    return weights / weights.sum()


def sample(probabilities: np.ndarray, rng: np.random.Generator) -> int:
    """An index drawn with ``probabilities`` (n,), by one uniform number of ``rng``."""
    share = probabilities.cumsum()
    index = int(share.searchsorted(rng.random() * share[-1], side="right"))
    if index == len(share):  # the product was rounded up to the whole
        index = int(np.flatnonzero(probabilities)[-1])
    return index


def entropy_bits(probabilities: np.ndarray) -> float:
    """Shannon entropy of ``probabilities`` (n,), in bits; 0 log 0 is 0."""
    some = probabilities[probabilities > 0]
    return float(-(some * np.log2(some)).sum()) + 0.0
