"""Heartbeats among which to find the abnormal ones, ECG5000 or synthetic, and their split."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core.data import fetch
from core.data.sequences.heartbeats import heartbeats
from core.messages import N_

FILES = ("ecg5000_signals.npy", "ecg5000_labels.npy")
TEST_SHARE = 0.25  # of each kind
VALIDATION_SHARE = 0.15  # of the normal beats
DEVELOPMENT_SHARE = 0.25  # of the abnormal beats
_SYNTHETIC = (2000, 400, 400)  # normal, ventricular, atrial
_SYNTHETIC_SEED = 0
_SPLIT_STREAM, _SHIFT_STREAM = 12, 13


@dataclass(frozen=True, eq=False)
class Split:
    """Places of beats, int (n,) each: who learns from which, and what the result is told of.

    training, validation: normal beats alone. development: the same validation beats and some
    abnormal ones, for whoever chooses a network; no run looks at it. test: of every kind.
    """

    training: np.ndarray
    validation: np.ndarray
    development: np.ndarray
    test: np.ndarray


@dataclass(frozen=True, eq=False)
class Beats:
    """One beat a row.

    signals: float32 (n, 140), mean 0 and standard deviation 1 each. kinds: int (n,), a place in
    ``class_names``, of which the first is normal. synthetic: whether a program made them.
    """

    signals: np.ndarray
    kinds: np.ndarray
    class_names: tuple[str, ...]
    synthetic: bool

    @property
    def abnormal(self) -> np.ndarray:
        """Which beats are not normal, bool (n,)."""
        return self.kinds != 0

    def split(self, seed: int) -> Split:
        """Who learns from which beats, drawn by ``seed``: a quarter of each kind is the test."""
        rng = np.random.default_rng([_SPLIT_STREAM, seed])
        test, learned, validation, development = [], [], [], []
        for kind in np.unique(self.kinds):
            members = rng.permutation(np.flatnonzero(self.kinds == kind))
            tested = round(TEST_SHARE * len(members))
            share = VALIDATION_SHARE if kind == 0 else DEVELOPMENT_SHARE
            end = tested + round(share * len(members))
            test.append(members[:tested])
            development.append(members[tested:end])
            if kind == 0:
                validation, learned = members[tested:end], members[end:]
        return Split(
            np.sort(learned),
            np.sort(validation),
            np.sort(np.concatenate(development)),
            np.sort(np.concatenate(test)),
        )

    def shifted(self, most: int, seed: int) -> Beats:
        """The beats as a careless cutter would have cut them: each turned by -most to most samples.

        What leaves at one end comes in at the other.
        """
        if most == 0:
            return self
        rng = np.random.default_rng([_SHIFT_STREAM, seed])
        by = rng.integers(-most, most + 1, len(self.signals))
        samples = self.signals.shape[1]
        places = (np.arange(samples) - by[:, None]) % samples
        signals = np.take_along_axis(self.signals, places, axis=1)
        return Beats(signals, self.kinds, self.class_names, self.synthetic)


@lru_cache(maxsize=4)
def beats(name: str) -> Beats:
    """The set of that name: "ecg5000", or "synthetic", which every machine can make.

    Raises Problem if it is not on this machine.
    """
    return _ecg5000() if name == "ecg5000" else _made()


def missing(name: str) -> list[str]:
    """The files of a set that are not on this machine."""
    return fetch.absent(FILES) if name == "ecg5000" else []


def _ecg5000() -> Beats:
    """5,000 beats of one patient with heart failure (Goldberger et al. 2000; UCR archive)."""
    signals, labels = (np.load(fetch.path(file), allow_pickle=False) for file in FILES)
    return Beats(signals.astype(np.float32), labels.astype(int), _TWO, False)


def _made() -> Beats:
    signals, kinds = heartbeats(*_SYNTHETIC, seed=_SYNTHETIC_SEED)
    return Beats(signals, kinds, _KIND_NAMES, True)


_TWO = (N_("normal"), N_("abnormal"))
_KIND_NAMES = (N_("normal"), N_("ventricular"), N_("atrial"))
