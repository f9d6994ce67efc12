"""Discovery on a few hidden kinds: nobody tells the labels, and they are found all the same."""

import re

import numpy as np
import pytest

from core.data.sequences import patterns
from core.events import Epoch, Finished, Started, Step
from core.experiments.discover_patterns.run import TYPICAL, pair_counts, run, split
from tests.contracts.small import small
from tests.events import ended
from tests.unit.experiments.scripts import losses, printed

SMALL = small("discover-patterns")


@pytest.fixture(scope="module")
def events(small_run):
    return small_run("discover-patterns")


def test_it_says_the_groups_and_what_they_are_held_against(events):
    started, done = events[0], events[-1]
    assert isinstance(started, Started) and isinstance(done, Finished)
    assert started.steps == 2 * (900 // 32)
    assert abs(started.references["baseline_raw_ari"]) < 0.1
    assert started.references["baseline_majority"] == pytest.approx(0.1, abs=0.02)
    last = [event for event in events if isinstance(event, Epoch)][-1]
    assert last.arrays["points"].shape == (1200, 2)
    clusters = last.arrays["clusters"]
    assert set(clusters) == set(range(4))
    typical = last.arrays["typical"]
    assert typical.shape == (4, TYPICAL)
    assert all((clusters[members] == group).all() for group, members in enumerate(typical))
    assert last.metrics["accuracy"] > started.references["baseline_pairs"]
    assert last.metrics["ari"] > started.references["baseline_raw_ari"] + 0.2
    assert done.metrics["ari"] == last.metrics["ari"]


def test_it_says_what_the_held_out_sequences_cost(events):
    references = events[0].references
    last = [event for event in events if isinstance(event, Epoch)][-1]
    assert last.arrays["bits"].shape == (300,)
    assert last.metrics["bits_per_sign"] == pytest.approx(last.arrays["bits"].mean(), rel=1e-6)
    alike = np.log2(10)  # every digit is equally frequent: only what came before helps
    assert references["baseline_frequency_bits"] == pytest.approx(alike, abs=0.01)
    assert references["baseline_pairs_bits"] < alike - 0.1
    assert last.metrics["bits_per_sign"] < references["baseline_frequency_bits"]


@pytest.mark.slow
@pytest.mark.parametrize("changes", [{}, {"cell": "lstm", "seed": 3, "state": "last"}])
def test_the_exported_script_makes_the_same_first_steps(changes, tmp_path):
    events = list(run(SMALL.replace(epochs=1, **changes)))
    done = ended(events)
    text = printed(done.files, tmp_path, "data.txt")
    ours = [event.metrics["train_loss"] for event in events if isinstance(event, Step)]
    np.testing.assert_allclose(ours[:10], losses(text)[:10], atol=1e-5)
    (bits,) = re.findall(r"^epoch 1: ([\d.]+) bits per held-out sign", text, re.M)
    assert float(bits) == pytest.approx(done.metrics["bits_per_sign"], abs=1e-3)
    sizes = [int(size) for size in re.findall(r"^group \d: (\d+) sequences", text, re.M)]
    assert len(sizes) == SMALL.clusters and sum(sizes) == 1200


def test_a_quarter_is_held_out():
    training, test = split(8, 0)
    assert len(test) == 2 and sorted([*training, *test]) == list(range(8))


def test_labels_are_used_for_nothing_but_the_index(events, monkeypatch):
    honest = patterns.rules(SMALL.noise, SMALL.seed)
    shuffled = np.random.default_rng(0).permutation(honest.kinds)
    false = patterns.Unlabelled(honest.ids, honest.letters, shuffled, honest.kind_names, True)
    monkeypatch.setattr("core.experiments.discover_patterns.run.unlabelled", lambda *_: false)
    (first, *_) = [e for e in run(SMALL.replace(epochs=1)) if isinstance(e, Epoch)]
    (theirs, *_) = [e for e in events if isinstance(e, Epoch)]
    np.testing.assert_array_equal(first.arrays["clusters"], theirs.arrays["clusters"])
    assert abs(first.metrics["ari"]) < 0.05 < theirs.metrics["ari"]


def test_pairs_are_counted():
    counts = pair_counts(np.array([[0, 1, 0, 1], [1, 1, 1, 0]]), 2)
    assert counts.tolist() == [[0, 2, 1, 0], [0, 0, 1, 2]]
