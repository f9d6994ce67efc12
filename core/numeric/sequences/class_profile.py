"""How much a single step of a sequence tells of its class, before any network is trained."""

import numpy as np


def step_information_bits(inputs: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Mutual information of class and letter at each step, float (steps,), in bits.

    inputs: one-hot (n, steps, letters), 0 where there is none, which counts as a letter, too;
    labels: int (n,). What few examples seem to tell by chance is taken off (Miller 1955); what is
    left may be slightly below 0 and is then 0.
    """
    inputs = np.concatenate([inputs, 1 - inputs.sum(-1, keepdims=True)], -1)
    classes = np.eye(labels.max() + 1)[labels]
    joint = np.einsum("nc,nsl->scl", classes, inputs) / len(inputs)
    margins = joint.sum(2, keepdims=True) * joint.sum(1, keepdims=True)
    ratio = np.divide(joint, margins, out=np.ones_like(joint), where=joint > 1e-9)
    bits = (joint * np.log2(ratio)).sum((1, 2))
    seen = np.count_nonzero(joint.sum(1) > 1e-6, axis=1)
    by_chance = (classes.shape[1] - 1) * (seen - 1) / (2 * len(inputs) * np.log(2))
    return np.maximum(0, bits - by_chance)


def step_variance_share(values: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Share of each step's variance that lies between the classes, float (steps,) from 0 to 1.

    values: (n, steps); labels: int (n,). Pearson's correlation ratio, squared.
    """
    between = np.zeros(values.shape[1])
    mean = values.mean(0)
    for label in np.unique(labels):
        members = values[labels == label]
        between += len(members) * (members.mean(0) - mean) ** 2
    total = ((values - mean) ** 2).sum(0)
    return np.divide(between, total, out=np.zeros_like(between), where=total > 0)


def substitutions(one: np.ndarray) -> np.ndarray:
    """A sequence with each step replaced by each letter in turn.

    one: one-hot (steps, letters); returns (steps * letters, steps, letters).
    """
    steps, letters = one.shape
    every = np.broadcast_to(one, (steps, letters, steps, letters)).copy()
    for step in range(steps):
        every[step, :, step] = np.eye(letters, dtype=one.dtype)
    return every.reshape(-1, steps, letters)
