"""The real sequences: two series, a week's weather after another, two sets of DNA, heartbeats."""

import csv
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from core.data import fetch
from core.messages import N_, Problem

FILES = {
    "sunspots": "monthly_sunspots.csv",
    "seattle": "seattle_weather.csv",
    "promoters": "uci_promoters.data",
    "splice": "splice.arff",
    "heartbeats": "ecg5000_signals.npy",
}
WEATHER = {"precipitation": "mm", "temp_max": "°C", "temp_min": "°C", "wind": "m/s"}
NUCLEOTIDES = "ACGT"
_CODES = {  # IUPAC's letters for a nucleotide that is not known for certain
    **{letter: letter for letter in NUCLEOTIDES},
    "D": "AGT",
    "R": "AG",
    "S": "CG",
    "N": "ACGT",
}


@dataclass(frozen=True)
class Series:
    """A regular series of numbers.

    values: float64 (n,). unit: of the values. period: steps after which it about repeats.
    times: what each step is called, a year and month or a day.
    """

    name: str
    values: np.ndarray
    unit: str
    period: int
    times: list[str]


@dataclass(frozen=True)
class DNA:
    """Sequences of nucleotides of one length, in capitals, and the class of each.

    labels: int64 (n,), index into ``classes``.
    """

    sequences: list[str]
    labels: np.ndarray
    classes: tuple[str, ...]


def missing(name: str) -> str:
    """File that a sequence needs and this machine does not have, "" if nothing is missing.

    name: one of FILES. Raises Problem if it is none of them.
    """
    file = _file(name)
    return "" if fetch.available(file) else file


@lru_cache(maxsize=4)
def series(name: str) -> Series:
    """The monthly number of sunspots ("sunspots") or the day's highest temperature ("seattle").

    Raises Problem if there is no such series, or its file is not on this machine.
    """
    if name == "sunspots":
        rows = _rows("sunspots")
        months = [row[0] for row in rows]
        return Series(name, locked([float(row[1]) for row in rows]), "sunspots", 132, months)
    if name == "seattle":
        days, values = weather()
        return Series(name, locked(values[:, 1]), "°C", 365, days)
    raise Problem(
        N_("There is no series called {name}; there are: {names}."),
        name=name,
        names="sunspots, seattle",
    )


@lru_cache(maxsize=1)
def weather() -> tuple[list[str], np.ndarray]:
    """Seattle's days and what was measured, float64 (days, 4): the columns of WEATHER.

    Raises Problem if the file is not on this machine.
    """
    rows = _rows("seattle")
    return [row[0] for row in rows], locked([[float(x) for x in row[1:5]] for row in rows])


@lru_cache(maxsize=2)
def dna(name: str) -> DNA:
    """The UCI's "promoters" (106, of 57) or "splice" junctions (3,005, of 60).

    Of the 3,190 splice junctions, 185 repeat an earlier one letter for letter and are left out;
    the order of the file is kept. Raises Problem if there is no such set, or it is not here.
    """
    if name == "promoters":
        lines = _text("promoters").split("\n")
        rows = [[part.strip() for part in line.split(",")] for line in lines if line.strip()]
        sequences = [row[2].upper() for row in rows]
        labels = np.array([row[0] == "-" for row in rows], np.int64)
        return DNA(sequences, labels, (N_("promoter"), N_("other")))
    if name == "splice":
        data = _text("splice").split("@data\n", 1)[1].split("\n")
        rows = [line.split(",") for line in data if "," in line and not line.startswith("%")]
        first = {"".join(row[1:61]): row[61].strip() for row in reversed(rows)}
        kept = dict.fromkeys("".join(row[1:61]) for row in rows)
        classes = ("EI", "IE", "N")
        labels = np.array([classes.index(first[sequence]) for sequence in kept], np.int64)
        return DNA(list(kept), labels, classes)
    raise Problem(
        N_("There is no set of DNA called {name}; there are: {names}."),
        name=name,
        names="promoters, splice",
    )


@lru_cache(maxsize=1)
def heartbeats() -> np.ndarray:
    """ECG5000: 5,000 heartbeats of one patient, float32 (5000, 140), each scaled to variance 1.

    Raises Problem if the file is not on this machine.
    """
    return locked(np.load(fetch.path(_file("heartbeats")), allow_pickle=False), np.float32)


def one_hot(sequences: list[str]) -> np.ndarray:
    """DNA as a network sees it: float32 (batch, time, 4), one column a nucleotide of ACGT.

    A letter that leaves several nucleotides open (N, D, R, S) shares the 1 among them.
    sequences: of one length. Raises KeyError for a letter that is none of these.
    """
    rows = {
        code: [(n in open_) / len(open_) for n in NUCLEOTIDES] for code, open_ in _CODES.items()
    }
    return np.array([[rows[letter] for letter in s] for s in sequences], np.float32)


def _file(name: str) -> str:
    if name not in FILES:
        raise Problem(
            N_("There is no sequence called {name}; there are: {names}."),
            name=name,
            names=", ".join(FILES),
        )
    return FILES[name]


def _text(name: str) -> str:
    return fetch.path(_file(name)).read_text(encoding="utf-8").replace("\r\n", "\n")


def _rows(name: str) -> list[list[str]]:
    return [row for row in csv.reader(_text(name).split("\n")) if row][1:]


def locked(values: ArrayLike, dtype: DTypeLike = np.float64) -> np.ndarray:
    """An array that is shared by all who ask, so that nobody may write into it."""
    array = np.array(values, dtype)
    array.flags.writeable = False
    return array
