"""The real series and sets of DNA, where their files are."""

import numpy as np
import pytest

from core.data import fetch
from core.data.sequences import known as sequences
from core.messages import Problem


def needs(name):
    return pytest.mark.skipif(
        not fetch.available(sequences.FILES[name]), reason=f"{name} is not on this machine"
    )


@needs("sunspots")
def test_sunspots_are_what_the_file_says():
    sunspots = sequences.series("sunspots")
    assert sunspots.values.shape == (2820,)
    assert sunspots.values[:3].tolist() == [58.0, 62.6, 70.0]
    assert (sunspots.times[0], sunspots.times[-1]) == ("1749-01", "1983-12")
    assert (sunspots.unit, sunspots.period) == ("sunspots", 132)


@needs("seattle")
def test_seattle_is_the_daily_maximum_of_the_weather():
    seattle, (days, weather) = sequences.series("seattle"), sequences.weather()
    assert seattle.times == days and weather.shape == (1461, 4)
    np.testing.assert_array_equal(seattle.values, weather[:, 1])
    assert weather[0].tolist() == [0.0, 12.8, 5.0, 4.7]
    assert (days[-1], seattle.unit, seattle.period) == ("2015-12-31", "°C", 365)
    with pytest.raises(ValueError, match="read-only"):
        seattle.values[0] = 0.0


@needs("promoters")
def test_promoters():
    promoters = sequences.dna("promoters")
    assert np.bincount(promoters.labels).tolist() == [53, 53]
    assert promoters.sequences[0] == "TACTAGCAATACGCTTGCGTTCGGTGGTTAAGTATGTATAATGCGCGGGCTTGTCGT"
    assert promoters.classes == ("promoter", "other") and promoters.labels[0] == 0


@needs("splice")
def test_splice_junctions_come_once_in_the_order_of_the_file():
    splice = sequences.dna("splice")
    assert len(splice.sequences) == len(set(splice.sequences)) == 3190 - 185
    assert {len(sequence) for sequence in splice.sequences} == {60}
    assert np.bincount(splice.labels).tolist() == [679, 673, 1653]
    assert splice.sequences[0].startswith("CCAGCTGCATCACAGGAGG") and splice.labels[0] == 0
    # a donor site is GT after the exon, an acceptor AG before it
    donors = [s for s, label in zip(splice.sequences, splice.labels, strict=True) if label == 0]
    assert sum(s[30:32] == "GT" for s in donors) / len(donors) > 0.97


@needs("heartbeats")
def test_heartbeats():
    assert sequences.heartbeats().shape == (5000, 140)


def test_one_hot_of_dna():
    encoded = sequences.one_hot(["ACGT", "NDRS"])
    np.testing.assert_array_equal(encoded[0], np.eye(4))
    np.testing.assert_allclose(encoded.sum(-1), 1)
    np.testing.assert_array_equal(encoded[1, 0], [0.25] * 4)
    np.testing.assert_array_equal(encoded[1, 2], [0.5, 0, 0.5, 0])
    with pytest.raises(KeyError):
        sequences.one_hot(["AXGT"])


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (sequences.series, "There is no series called moon; there are: sunspots, seattle."),
        (sequences.dna, "There is no set of DNA called moon; there are: promoters, splice."),
        (
            sequences.missing,
            "There is no sequence called moon; there are: sunspots, seattle, promoters, splice, "
            "heartbeats.",
        ),
    ],
)
def test_an_unknown_name_is_a_problem(call, said):
    with pytest.raises(Problem) as problem:
        call("moon")
    assert str(problem.value) == said


def test_a_missing_file_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setattr(fetch, "folders", lambda: [tmp_path])
    for cached in (sequences.series, sequences.dna):
        cached.cache_clear()
    assert sequences.missing("sunspots") == "monthly_sunspots.csv"
    with pytest.raises(Problem, match=r"python -m core data fetch monthly_sunspots\.csv"):
        sequences.series("sunspots")
    with pytest.raises(Problem, match=r"python -m core data fetch splice\.arff"):
        sequences.dna("splice")
