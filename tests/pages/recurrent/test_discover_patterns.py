"""Discover patterns by AppTest: runs without Keras."""

from pathlib import Path

import pytest
import streamlit as st

from core.data import fetch
from core.data.sequences.patterns import rules
from tests import recorded
from tests.events import began
from tests.pages.lesson import checked, downloads, engine_fixture, figure, opened, until

PAGE = Path(__file__).resolve().parents[3] / "pages" / "recurrent" / "discover_patterns" / "page.py"
GROUPS = recorded.epochs("discover-patterns", "groups")[-1]


engine = engine_fixture(recorded.find)


@pytest.fixture(autouse=True)
def on_its_own(tmp_path, monkeypatch):
    """No data sets, an engine without Keras."""
    monkeypatch.setattr(fetch, "folders", lambda: [tmp_path])
    st.cache_resource.clear()


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
        ("en", "Nobody says what is to be found: this is", "Synthetic: 1,200 sequences"),
        (
            "fr",
            "Personne ne dit ce qu’il faut trouver\u00a0: c’est",
            "Synthétique\u00a0: 1\u202f200 suites",
        ),
    ],
)
def test_the_page_in_both_languages(lang, first, made):
    at = page(lang=lang)
    assert any(m.value.startswith(first) for m in at.markdown)
    assert any(c.value.startswith(made) for c in at.caption)


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
