"""Discover patterns by AppTest: runs without Keras."""

from pathlib import Path

import numpy as np
import pytest

from core.data.sequences.patterns import rules
from core.experiments.discover_patterns.config import DiscoverPatternsConfig
from pages.recurrent.discover_patterns.compression import counted_bits
from pages.recurrent.discover_patterns.quiz import QUESTIONS, cheaper, kinds_in_groups
from tests import recorded
from tests.events import began
from tests.pages.lesson import (
    check_quiz,
    checked,
    downloads,
    engine_fixture,
    figure,
    numbers,
    opened,
    run_of,
    title,
    until,
)

PAGE = Path(__file__).resolve().parents[3] / "pages" / "recurrent" / "discover_patterns" / "page.py"
EPOCHS = recorded.epochs("discover-patterns", "groups")
GROUPS = EPOCHS[-1]


engine = engine_fixture(recorded.find)
pytestmark = pytest.mark.usefixtures("bare_machine")


def page(**params):
    return opened(PAGE, **params)


def trained(at):
    checked(at.button(key="discover-patterns.train").click().run())
    return until(at, lambda at: "Trained model" in downloads(at))


def said(at):
    kinds = (at.info, at.warning, at.error, at.success, at.caption, at.markdown, at.text)
    return [element.value for kind in kinds for element in kind]


@pytest.mark.parametrize(
    ("lang", "first", "made"),
    [
        ("en", "Nobody says what is to be found.", "Synthetic: 1,200 sequences"),
        (
            "fr",
            "Personne ne dit ce qu’il faut trouver.",
            "Synthétique\u00a0: 1\u202f200 suites",
        ),
    ],
)
def test_the_page_in_both_languages(lang, first, made):
    at = page(lang=lang)
    assert any(m.value.startswith(first) for m in at.markdown)
    assert any(c.value.startswith(made) for c in at.caption)


def bars(at):
    """What the bars of bits say, by their names, the shortest first."""
    drawn = figure(at, "discover_patterns.bits")["data"][0]
    return dict(zip(drawn["y"], numbers(drawn["x"]), strict=True))


def test_before_a_run_the_sequences_are_drawn_and_counting_has_its_price():
    at = page()
    counts = counted_bits(DiscoverPatternsConfig())
    expected = {
        "what follows what": counts["pairs"].mean(),
        "how frequent a sign is": counts["frequency"].mean(),
        "each sign alike": np.log2(10),
    }
    assert bars(at) == pytest.approx(dict(sorted(expected.items(), key=lambda item: item[1])))
    assert title(at, "discover_patterns.raw_map") == "The raw sequences in the plane"


def test_a_run_s_bits_stand_beside_those_of_counting():
    at = trained(page(**recorded.params("discover-patterns", "groups")))
    references = began(recorded.recorded("discover-patterns", "groups")).references
    for epoch in (GROUPS, EPOCHS[0]):
        if epoch is EPOCHS[0]:
            (scrubber,) = [s for s in at.select_slider if "epoch" in s.key]
            checked(scrubber.set_value(1).run())
        drawn = bars(at)
        assert drawn["this network"] == pytest.approx(epoch.metrics["bits_per_sign"])
        assert drawn["what follows what"] == pytest.approx(references["baseline_pairs_bits"])
        frequency = drawn["how frequent a sign is"]
        assert frequency == pytest.approx(references["baseline_frequency_bits"])
        assert list(drawn.values()) == sorted(drawn.values())


def test_both_predictions_are_graded_by_the_run():
    at = trained(page(**recorded.params("discover-patterns", "small")))
    check_quiz(at, QUESTIONS, run_of("discover-patterns", "small"))


def test_how_far_the_groups_are_the_kinds():
    indices = (0.95, 0.9, 0.3, 0.29, -0.1)
    assert [kinds_in_groups(ari) for ari in indices] == [
        "same",
        "partly",
        "partly",
        "other",
        "other",
    ]


def test_bits_are_fewer_where_two_standard_errors_lie_between():
    counts = np.array([2.0, 3.0, 2.5, 2.5])
    scatter = np.array([0.5, -0.5, 0.5, -0.5])  # standard error 0.25
    assert cheaper(counts + scatter - 0.6, counts) == "fewer"
    assert cheaper(counts + scatter - 0.4, counts) == "even"
    assert cheaper(counts + scatter + 0.6, counts) == "more"
    assert cheaper(counts, counts) == "even"


def test_groups_are_shown_and_the_kinds_only_when_asked_for():
    at = trained(page(**recorded.params("discover-patterns", "groups")))
    names = [trace["name"] for trace in figure(at, "discover_patterns.map")["data"]]
    assert names == ["group A", "group B", "group C", "group D"]
    traits = ("From one digit to the next ", "A sign comes back after ")
    assert any(s.startswith(traits) and "% of the time, elsewhere" in s for s in said(at))
    members = ["".join(map(str, row)) for row in rules(0.0, 0).ids[GROUPS.arrays["typical"][0]]]
    assert "\n".join(members) in said(at)
    assert not any("discover_patterns.scores" in e.proto.id for e in at.get("bidi_component"))
    checked(at.toggle(key="discover_patterns.reveal").set_value(True).run())
    drawn = figure(at, "discover_patterns.map")
    assert [trace["name"] for trace in drawn["data"]][:2] == ["one up", "three down"]
    ari = GROUPS.metrics["ari"]
    how = "" if ari > 0.9 else "partly " if ari > 0.3 else "something else than "
    assert drawn["layout"]["title"]["text"] == f"The groups are {how}the hidden kinds"
    scores = figure(at, "discover_patterns.scores")["data"][0]
    known = began(recorded.recorded("discover-patterns", "groups")).references
    reached = {
        "the network's states": ari,
        "counts of pairs": known["baseline_pairs_ari"],
        "the raw sequences": known["baseline_raw_ari"],
    }
    assert scores["y"] == sorted(reached, key=lambda name: -reached[name])
    texts = [float(text.replace("−", "-")) for text in scores["text"]]
    assert texts == pytest.approx([reached[name] for name in scores["y"]], abs=0.005)
