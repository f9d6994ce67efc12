"""Made-up numbers: integer series by a rule, a noisy sine, and sequences that share a rule."""

import itertools
from dataclasses import dataclass

import numpy as np

FAMILIES = ("arithmetic", "alternating", "modular", "mixed")
MODULUS = 20  # of the modular sequences
SINE_PERIOD = 40
_STARTS = 31  # a sequence begins with a number from 0 to 30
_CHAOS = 3.99  # of the logistic map: no cycle, and it stays between 0 and 1


def integer_series(rule: str, length: int) -> np.ndarray:
    """The first numbers of a series, float64 (length,), all of them whole.

    rule: "arithmetic", 1, 3, 5, ...; "alternating", 1, 6, 3, 8, 5, ..., up by 5 and down by 3 in
    turn; "modular", up by 7, from 30 on 30 less; "chaotic", a thousandfold logistic map (May 1976,
    doi:10.1038/261459a0), rounded. Raises KeyError for another.
    """
    return {
        "arithmetic": lambda t: 1.0 + 2 * t,
        "alternating": lambda t: 1.0 + t + 4 * (t % 2),
        "modular": lambda t: (7.0 * t) % 30,
        "chaotic": _chaotic,
    }[rule](np.arange(length))


def _chaotic(t: np.ndarray) -> np.ndarray:
    x, values = 0.3141, []
    for _ in t:
        values.append(round(1000 * x))
        x = _CHAOS * x * (1 - x)
    return np.array(values, dtype=float)


def noisy_sine(length: int, noise: float, seed: int) -> np.ndarray:
    """A sine of amplitude 1 and period 40 with Gaussian noise, float64 (length,).

    noise: its standard deviation, which is what the best forecast errs by.
    """
    t = np.arange(length)
    return np.sin(2 * np.pi * t / SINE_PERIOD) + noise * np.random.default_rng(
        [3, seed]
    ).standard_normal(length)


@dataclass(frozen=True)
class Rule:
    """Steps that are taken in turn, from any start; modulus 0: none."""

    steps: tuple[int, ...]
    modulus: int = 0

    def sequence(self, start: int, length: int) -> np.ndarray:
        """The numbers from ``start`` on, int (length,)."""
        steps = [self.steps[i % len(self.steps)] for i in range(length - 1)]
        numbers = np.cumsum([start, *steps])
        return numbers % self.modulus if self.modulus else numbers


def rules(family: str) -> tuple[list[Rule], list[Rule]]:
    """The rules of a family: those to learn from, and those held out, every third.

    family: "arithmetic", one step from -10 to 10; "alternating", up and down by 1 to 9 in turn;
    "modular", one step of 1 to 19, modulo 20; "mixed", any of these. Raises KeyError for another.
    """
    steps = [step for step in range(-10, 11) if step]
    pairs = [(a, -b) for a, b in itertools.product(range(1, 10), repeat=2) if a != b]
    marked = {
        "arithmetic": [(Rule((step,)), step % 3 == 0) for step in steps],
        "alternating": [(Rule(pair), sum(pair) % 3 == 0) for pair in pairs],
        "modular": [(Rule((step,), MODULUS), step % 3 == 0) for step in range(1, MODULUS)],
    }
    marked["mixed"] = [rule for kind in list(marked.values()) for rule in kind]
    known = [rule for rule, held_out in marked[family] if not held_out]
    return known, [rule for rule, held_out in marked[family] if held_out]


def sequences_by_rule(
    family: str, held_out: bool, count: int, examples: int, numbers: int, seed: int
) -> np.ndarray:
    """Groups of sequences that share a rule, int (count, examples + 1, numbers).

    held_out: by rules of the family that are never learned from. Each kind of a mixed family comes
    equally often.
    """
    rng = np.random.default_rng([4, seed, held_out])
    kinds = FAMILIES[:3] if family == "mixed" else (family,)
    choices = [rules(kind)[held_out] for kind in kinds]
    groups = []
    for i in range(count):
        some = choices[i % len(choices)]
        rule = some[rng.integers(len(some))]
        starts = rng.integers(0, rule.modulus or _STARTS, examples + 1)
        groups.append([rule.sequence(int(start), numbers) for start in starts])
    return np.array(groups)
