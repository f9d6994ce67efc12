"""What is inside a written text: what was expected, units, how much of it is copied."""

import numpy as np
import pytest

from core import pretrained
from core.data.language import corpora
from core.numeric.language.language_model import LanguageModel
from core.numeric.language.originality import facts_of
from core.numeric.language.sampling import filtered
from core.numeric.language.unit_finder import activations_by_line
from pages.language.voltaire import inspection as voltaire_inside
from pages.language.voltaire import originality as voltaire_originality
from pages.language.voltaire.networks import Writer
from pages.language.voltaire.writing import VoltaireWriting, WrittenText
from tests import recorded
from tests.pages.language.voltaire_page import (
    on_its_own_fixture,
    page,
    small_model,
    text_of,
    weights_fixture,
)
from tests.pages.lesson import checked, component, engine_fixture, figure, numbers, url
from ui.texts import percent

engine = engine_fixture(recorded.find)


weights = weights_fixture()


on_its_own = on_its_own_fixture()


def test_a_click_shows_what_was_expected_there_before_and_after_the_filters(monkeypatch):
    real = voltaire_inside.reading

    def clicked(text, **more):
        real(text, **more)
        return 95

    monkeypatch.setattr(voltaire_inside, "reading", clicked)
    at = page(prompt="Candide", length="100", top_k="3")
    model, _ = pretrained.load("voltaire", LanguageModel)
    text = text_of(at)
    log_probs = model.read(text).log_probs[95]
    probabilities = np.exp(log_probs.astype(float))
    drawn_from = filtered(log_probs, 0.6, 3, 1.0)
    left, right = figure(at, "voltaire.text.distribution")["data"]
    assert sum(values(left)) == pytest.approx(100, abs=1e-3)
    assert values(left)[0] == pytest.approx(100 * probabilities.max(), rel=1e-4)
    assert values(right)[:3] == pytest.approx(100 * np.sort(drawn_from)[::-1][:3], rel=1e-3)
    assert values(right)[3:] == [0] * (len(values(right)) - 3)
    assert right["text"][3] == "–"
    name = {" ": "a space", "\n": "a line end"}.get(text[95], f"“{text[95]}”")
    assert figure(at, "voltaire.text.distribution")["layout"]["title"]["text"] == f"It drew {name}"
    row = left["customdata"].index(voltaire_inside.name_of(text[95]))
    colours = left["marker"]["color"]
    assert colours.count(colours[row]) == 1  # the drawn one stands out


def values(trace):
    """The numbers along x of a trace."""
    return numbers(trace["x"]).tolist()


def test_the_text_is_coloured_by_a_unit_that_was_found_or_asked_for():
    at = page(length="100", unit="5")
    model, _ = pretrained.load("voltaire", LanguageModel)
    seen = component(at, "voltaire.text.reading")
    expected = model.read(seen["text"]).activations[:, 5]
    assert seen["colours"] == pytest.approx(expected, abs=0.011)
    assert seen["legend"] == ["unit 5 at −1", "+1"]
    assert url(at)["unit"] == "5"
    choice = at.selectbox[0]
    assert any(option.startswith("the word is about to end: unit ") for option in choice.options)
    checked(choice.set_value("word_end").run())
    said = next(option for option in choice.options if option.startswith("the word is"))
    assert f"unit {url(at)['unit']}," in said
    checked(at.toggle(key="voltaire.text.by_unit").set_value(False).run())
    assert component(at, "voltaire.text.reading")["colours"] is None
    assert "unit" not in url(at)


def test_units_are_judged_on_a_passage_with_quotation_marks_in_both_halves():
    half = len(voltaire_inside.passage()) // 2
    assert voltaire_inside.passage()[:half].count("«") >= 3
    assert voltaire_inside.passage()[half:].count("«") >= 3


def test_how_original_the_text_is():
    at = page()
    known, copied = at.metric
    facts = facts_of(corpora.corpus("conte"))
    body = text_of(at).removeprefix("Le philosophe")
    assert known.value == percent(facts.share_of_known_words(body, 3), 1)
    assert copied.value == percent(facts.share_of_known_passages(body), 1)
    assert known.label == "of the words were used by Voltaire"
    assert any(c.value.startswith("Where the texts are on this machine") for c in at.caption)


def test_a_copied_passage_is_shown_where_it_stands():
    tale = corpora.corpus("conte")
    at = tale.index("maître Hilarion")
    stolen = tale[at : at + 60].rpartition(" ")[0].rstrip(",")
    copied, context, source, place = voltaire_originality._find("conte", f"Zut {stolen} zut")
    assert copied is not None and copied.passage == stolen
    assert context[place : place + len(stolen)] == stolen
    assert source == "conte"


def test_a_character_outside_the_likeliest_has_a_row_and_all_rows_sum_to_one():
    model = small_model("\ufffd" + "abcdefghijklmnopqrstuvwxyz .", seed=1)
    text = "abc def " * 12
    writer = Writer("file", "key", "name", "", model, {})
    written = WrittenText(VoltaireWriting(top_p=0.5), "", text)
    for index in (0, 3, 90):
        seen = voltaire_inside.expected_at(writer, written, index)
        assert seen.before.sum() == pytest.approx(1, abs=1e-6)
        assert seen.after.sum() == pytest.approx(1, abs=1e-9)
        assert seen.chosen is not None
        assert seen.labels[seen.chosen] == voltaire_inside.name_of(text[index])
        assert seen.bits[1] < seen.bits[0]
        log_probs = model.read(text).log_probs[index].astype(float)
        bits = -(np.exp(log_probs[1:]) * log_probs[1:]).sum() / np.log(2)
        assert seen.bits[0] == pytest.approx(bits, abs=1e-4)
    assert (
        voltaire_inside.expected_at(writer, WrittenText(VoltaireWriting(), "é", "é"), 0).chosen
        is None
    )


def test_lines_read_side_by_side_are_read_as_each_alone():
    model = small_model("\ufffd\nabcdefg ", seed=2)
    text = "abc\nde fg\n\nabcdefg abc\nd"
    together = activations_by_line(model, text, rows=3)
    assert together.shape == (len(text), 8)
    at = 0
    for piece in ("abc\nde fg\n", "\nabcdefg abc\n", "d"):
        alone = model.read(piece).activations
        assert together[at : at + len(piece)] == pytest.approx(alone, abs=1e-6)
        at += len(piece)
