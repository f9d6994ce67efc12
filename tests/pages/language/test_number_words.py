"""The lesson on attention by AppTest: the shipped networks answer, a run without Keras trains."""

import json

import numpy as np
import pytest

from core import pretrained
from core.data.language.french_numerals import in_words
from core.experiments.number_words.config import lengths
from core.numeric.language.seq2seq import Edit
from pages.language.number_words import instrument as number_words_instrument
from pages.language.number_words import networks as number_words_writers
from pages.language.number_words.alignment import first_difference, since, wrong_parts
from tests import recorded
from tests.pages.language.number_words_page import (
    WORDS,
    component,
    lines,
    page,
    shipped,
    title,
    typed,
)
from tests.pages.lesson import (
    checked,
    engine_fixture,
    numbers,
    url,
)

engine = engine_fixture(recorded.find)


@pytest.mark.parametrize(
    ("lang", "button", "heads", "claim", "right"),
    [
        (
            "en",
            "Train",
            ["Without attention", "After 2015: attention alone reads", "Train one of your own"],
            "Write 4271 in French",
            ("The network writes", "✓ right"),
        ),
        (
            "fr",
            "Entraîner",
            ["Sans attention", "Après 2015\u00a0: l’attention lit seule", "Entraînez le vôtre"],
            "Écrivez 4271 en toutes lettres",
            ("Le réseau écrit", "✓ juste"),
        ),
    ],
)
def test_the_page_in_both_languages(lang, button, heads, claim, right):
    at = page(lang=lang)
    assert at.button(key="number-words.train").label == button
    assert sorted(h.value for h in at.header) == sorted(heads)
    assert any(m.value.startswith(claim) for m in at.markdown)
    assert lines(at, "number_words.answer")[right[0]] == (WORDS, right[1])
    assert "number" not in url(at)


def test_the_alignment_is_that_of_the_shipped_network():
    shown = component(page(), "number_words.alignment")
    model = shipped("number-words-to-words")
    written = model.write(model.questions(["4271"]), lengths("to_words")[1])
    assert shown["asked"] == list("4271")
    assert shown["told"] == [*WORDS, "end"]
    assert np.array(shown["weights"]) == pytest.approx(written.attention[0], abs=0.001)
    assert np.sum(shown["weights"], 1) == pytest.approx(np.ones(len(WORDS) + 1), abs=0.005)


def test_words_become_digits_and_stand_in_the_url():
    at = typed(page(), WORDS.upper())
    assert lines(at, "number_words.answer") == {"The network writes": ("4271", "✓ right")}
    assert url(at)["number"] == WORDS.upper()
    assert component(at, "number_words.alignment")["asked"] == list(WORDS)
    again = page(number=WORDS.upper())
    assert component(again, "number_words.alignment")["of"].endswith(WORDS)


def test_a_held_weight_changes_what_is_written(monkeypatch):
    monkeypatch.setattr(number_words_instrument, "alignment", lambda *_args, **_key: (13, 1))
    at = page()
    assert lines(at, "number_words.changed")["By itself, 97%"][0] == WORDS
    assert any(c.value.startswith("Nothing changes") for c in at.caption)
    slider = at.slider(key="number_words.held")
    assert slider.value == pytest.approx(0.97)
    assert slider.label == "Weight on “2” \\(place 2\\) while “d” \\(character 14\\) is written"
    checked(slider.set_value(0.0).run())
    model = shipped("number-words-to-words")
    written = model.write(model.questions(["4271"]), 74, Edit(13, 1, 0.0))
    changed = model.codec.text(written.ids[0])
    assert changed != WORDS
    assert lines(at, "number_words.changed")["Held at 0%"][0] == changed
    assert component(at, "number_words.changed")["lines"][1]["parts"][1] == ["s", "first"]
    said = "From character 14 on it differs\\: “s” instead of “d”\\."
    assert said in [c.value for c in at.caption]


def test_a_held_weight_of_another_number_is_forgotten(monkeypatch):
    monkeypatch.setattr(number_words_instrument, "alignment", lambda *_args, **_key: (0, 0))
    at = page()
    checked(at.slider(key="number_words.held").set_value(0.0).run())
    at = typed(at, "4272")
    assert at.slider(key="number_words.held").value == pytest.approx(0.99)


def test_a_single_digit_has_nothing_to_hold(monkeypatch):
    monkeypatch.setattr(number_words_instrument, "alignment", lambda *_args, **_key: (0, 0))
    at = page(number="7")
    assert any(c.value.startswith("There is only one place") for c in at.caption)


def test_without_attention_beside_it_by_the_cards():
    at = page()
    (without,) = shipped("number-words-to-words-without").answers(["4271"], 74)
    shown = lines(at, "number_words.two_answers")
    assert shown["with attention"] == (WORDS, "✓ right")
    assert shown["without attention"] == (without, "✗ wrong")
    own, bare = (
        next(iter(pretrained.card(name)["metrics"]["exact_match"].values()))
        for name in ("number-words-to-words", "number-words-to-words-without")
    )
    assert title(at, "number_words.by_length") == (
        f"Right answers for numbers never seen: {round(100 * own, 2):g}% with attention, "
        f"{round(100 * bare, 2):g}% without"
    )
    drawn = json.loads(component(at, "number_words.by_length")["figure"])["data"]
    by_length = pretrained.card("number-words-to-words-without")["metrics"]["by_length"]
    assert drawn[1]["y"] == pytest.approx([100 * share for share in by_length.values()])


def test_the_self_attention_is_that_of_its_network():
    at = page(number=in_words(904218))
    model = shipped("number-words-self-attention")
    weights = model.encode(model.questions(["904218"])).self_attention[0]
    drawn = json.loads(component(at, "number_words.self")["figure"])["data"][0]
    assert "904218" in title(at, "number_words.self")
    assert numbers(drawn["z"]) == pytest.approx(100 * weights, abs=0.01)


def test_without_shipped_networks_the_page_still_works(monkeypatch):
    monkeypatch.setattr(pretrained, "names", list)
    at = page()
    said = [i.value for i in at.info]
    assert sum(s.startswith("The shipped networks of this part are missing") for s in said) == 2
    assert any(s.startswith("The shipped network is missing") for s in said)


def test_wrong_words_are_marked_and_missing_ones_too():
    assert wrong_parts("quatre mille cinquante-huit", WORDS) == [
        ("quatre mille ", ""),
        ("cinquante-huit", "wrong"),
    ]
    assert wrong_parts("4071", "4271") == [("4", ""), ("0", "wrong"), ("71", "")]
    assert wrong_parts("471", "4271") == [("4", ""), ("2", "missing"), ("71", "")]
    assert wrong_parts("", "7") == [("7", "missing")]


def test_the_first_difference_is_marked():
    assert first_difference("douze", "douze") is None
    assert first_difference("onze", "onquze") == 2
    assert first_difference("onze", "onze mille") == 4
    assert since("onze mille", 4) == [("onze", ""), (" ", "first"), ("mille", "")]
    assert since("onze", 4) == [("onze", ""), ("∎", "first")]


def test_every_shipped_network_of_the_page_is_here():
    own = [*number_words_writers.NAMES.values(), *number_words_writers.WITHOUT.values()]
    assert set(own) | {number_words_writers.SELF_ATTENTION} <= set(pretrained.names())
