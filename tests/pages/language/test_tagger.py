"""The lesson on tags by AppTest: what is tagged at once, and a recorded run followed."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core import pretrained
from core.data import uploads
from core.experiments.tagger.recorded import FILE, load
from core.numeric.language.tagging import paths
from core.numeric.language.tagging.tagger import Tagger
from core.numeric.language.tagging.typed import typed_words
from pages.language.tagger import measured
from pages.language.tagger.networks import NAMES, of_epoch
from pages.language.tagger.quiz import QUESTIONS
from pages.language.tagger.sentence import DEFAULT
from pages.language.tagger.tags import colour_places
from tests import recorded
from tests.pages.lesson import (
    check_quiz,
    checked,
    component,
    downloads,
    engine_fixture,
    figure,
    numbers,
    opened,
    run_of,
    title,
    until,
    url,
)
from ui.texts import percent

PAGE = Path(__file__).resolve().parents[3] / "pages" / "language" / "tagger" / "page.py"
GRAMMAR = recorded.params("tagger", "grammar")

engine = engine_fixture(recorded.find)
pytestmark = pytest.mark.usefixtures("bare_machine")


@pytest.fixture(scope="module")
def shipped():
    return {kind: pretrained.load(name, Tagger)[0] for kind, name in NAMES.items()}


def page(**params):
    return opened(PAGE, **params)


def tagged(at):
    """What the figure of the tags was given."""
    return component(at, "tagger.tags")


def test_a_sentence_is_tagged_before_anything_is_pressed(shipped):
    data = tagged(page())
    words = typed_words(DEFAULT["words"], "sequoia")
    reading = shipped["words"].read(words)
    assert data["words"] == words
    assert [reading["name"] for reading in data["readings"]] == [
        *("from both sides", "from the left alone", "from the right alone"),
    ]
    first = [tops[0]["tag"] for tops in data["readings"][0]["tags"]]
    assert first == shipped["words"].named(reading.best)
    assert first == ["PRON", "PRON", "VERB", "ADP", "DET", "NOUN", "PUNCT"]
    left = [tops[0]["tag"] for tops in data["readings"][1]["tags"]]
    assert left == shipped["words"].named(reading.probabilities["left"].argmax(1))
    assert data["first"] == 1  # "la", an article to each side alone


def test_what_is_typed_is_read_as_text_and_stands_in_the_address():
    at = page()
    checked(at.text_input(key="tagger.sentence").set_value("Du <b>pain</b> !").run())
    assert url(at)["sentence"] == "Du <b>pain</b> !"
    words = ["De", "le", "<", "b", ">", "pain", "<", "/", "b", ">", "!"]
    assert tagged(at)["words"] == words
    assert figure(at, "tagger.lattice")["layout"]["xaxis"]["ticktext"][2] == "&lt;"
    again = page(sentence="le chat")
    assert tagged(again)["words"] == ["le", "chat"]
    assert tagged(page(sentence="   "))["words"] == typed_words(DEFAULT["words"], "sequoia")
    one = page(sentence="chat")
    assert figure(one, "tagger.lattice")["layout"]["xaxis"]["ticktext"] == ["chat"]


def test_names_are_read_by_the_other_tagger(shipped):
    at = page(reader="names", sentence="M. Mantes arriva à Mantes.")
    tags = [tops[0]["tag"] for tops in tagged(at)["readings"][0]["tags"]]
    assert tags == ["B-PER", "I-PER", "O", "O", "B-LOC", "O"]
    right = [tops[0]["tag"] for tops in tagged(at)["readings"][2]["tags"]]
    assert right[1] != "I-PER"  # the title stands on the left


def test_the_lattice_is_walked_word_by_word(shipped):
    at = page()
    words = typed_words(DEFAULT["words"], "sequoia")
    whole = figure(at, "tagger.lattice")
    names = whole["layout"]["yaxis"]["ticktext"]
    assert len(whole["data"][2]["x"]) == len(words) * len(names)
    checked(at.slider(key="tagger.until").set_value(2).run())
    part = figure(at, "tagger.lattice")
    reading = shipped["words"].read(words)
    shown = [shipped["words"].tags.index(name) for name in names]
    best = paths.trellis(
        reading.emissions[:2, shown], shipped["words"].transitions[np.ix_(shown, shown)]
    ).best
    assert title(at, "tagger.lattice") == f"Up to “la” the best path ends at {names[best[-1]]}"
    assert len(part["data"][2]["x"]) == 2 * len(names)
    assert [y for y in part["data"][1]["y"] if y is not None] == best.tolist()


def test_what_the_cards_tell_is_drawn():
    at = page()
    card = pretrained.card("tagger")["metrics"]
    drawn = figure(at, "tagger.sides_words")["data"][0]
    expected = sorted(
        [card[name] for name in ("score", "left", "right")]
        + [card["baseline_linear"], card["baseline_frequent"]],
        reverse=True,
    )
    np.testing.assert_allclose(numbers(drawn["x"]), 100 * np.array(expected))
    names = pretrained.card("tagger-names")["metrics"]
    assert percent(names["f1"], 1) in title(at, "tagger.sides_names")
    assert any(percent(names["alone_f1_PER"], 1) in m.value for m in at.markdown)


def test_a_run_is_followed_opened_and_read():
    at = page(**GRAMMAR)
    checked(at.button(key="tagger.train").click().run())
    until(at, lambda at: "Trained model" in downloads(at))
    run = run_of("tagger", "grammar")
    score = run.epochs[-1].metrics["score"]
    assert title(at, "tagger.score") == f"After epoch 3: {percent(score, 1)}"
    assert any(percent(score, 1) in box.value for box in (*at.success, *at.warning))
    assert figure(at, "tagger.confusion") and figure(at, "tagger.bars")
    check_quiz(at, [question for question in QUESTIONS if question.applies(run)], run)
    keys = [b.key for b in at.button if b.key and b.key.startswith("tagger.open.")]
    if keys:
        place = int(keys[0].rpartition(".")[2])
        checked(at.button(key=keys[0]).click().run())
        line = run.epochs[-1].texts["shown"].split("\n")[place]
        assert at.text_input(key="tagger.sentence").value == line.replace("\t", " ")


def test_the_runs_network_is_the_one_that_its_epoch_kept():
    run = run_of("tagger", "grammar")
    reader = of_epoch(run)
    assert reader is not None and not reader.model.network.buckets
    shown = [line.split("\t") for line in run.at.texts["shown"].split("\n")]
    given = np.concatenate([reader.model.read(words).best for words in shown])
    assert np.mean(given == run.at.arrays["shown_answers"]) > 0.99


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_without_data_it_begins_with_what_it_can_make(lang):
    at = page(lang=lang)
    assert url(at)["data"] == "invented"
    captions = [caption.value for caption in at.caption]
    assert any(("Synthetic" if lang == "en" else "Synthétiques") in text for text in captions)


def test_each_kind_of_tag_has_a_colour_of_its_own_as_far_as_there_are_any():
    assert colour_places(["O", "B-PER", "I-PER", "B-LOC"]) == {"B-PER": 0, "I-PER": 0, "B-LOC": 1}
    places = colour_places([f"T{i}" for i in range(20)])
    assert len(places) == 9 and len(set(places.values())) == 9
    assert colour_places(["VERB", "X", "NOUN"]) == {"NOUN": 0, "VERB": 1, "X": 2}


def test_a_tagged_text_that_is_pasted_is_understood_or_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "folder", lambda: tmp_path)
    at = page(data="upload")
    assert any("Bring a tagged text, or paste one" in box.value for box in at.info)
    pasted = "\n\n".join(f"le D\nchat{i} N\ndort V\nici A\nbien A" for i in range(30))
    checked(at.text_area(key="tagger.pasted").set_value(pasted).run())
    captions = [caption.value.replace("\\", "") for caption in at.caption]
    assert any("120 words to learn from, 30 held out, 4 tags: A, D, N, V." in c for c in captions)
    prose = "Il faut cultiver notre jardin.\nTout est bien.\nTout va.\n"
    checked(at.text_area(key="tagger.pasted").set_value(prose).run())
    assert any(re.match(r"Line \d+ cannot be read", box.value) for box in at.error)


@pytest.mark.skipif(not FILE.is_file(), reason="nothing was recorded")
@pytest.mark.parametrize("of", ["all", "unknown"])
def test_what_was_recorded_is_drawn(of):
    at = page(words=of)
    known = {"all": load().accuracy, "unknown": load().unknown}[of]
    data = figure(at, "tagger.parts")["data"]
    drawn = [numbers(trace["y"]) for trace in data if trace["mode"] == "markers"]
    for shares, some in zip(drawn, known.values(), strict=True):
        np.testing.assert_allclose(shares, some)


def test_names_by_seed_are_told_where_they_were_recorded(monkeypatch):
    names = {"score": (0.75, 0.7), "left": (0.6, 0.5), "right": (0.4, 0.5)}
    monkeypatch.setattr(measured, "load", lambda: replace(load(), names=names))
    assert measured._by_seed() == (
        "Names, trained anew with each of 2 seeds: F1 0.75 / 0.7; from the left alone 0.55, from "
        "the right alone 0.45 on average."
    )
    monkeypatch.setattr(measured, "load", lambda: replace(load(), names={}))
    assert measured._by_seed() == ""
