"""The page on what networks are for by AppTest: answers at once, each field, and the guesses."""

import re

import numpy as np
import pytest

from core import pretrained
from core.data.language.passages import passages
from core.numeric.language import textrank
from pages.language.applications import chatbot
from pages.language.applications.answers import FIELDS, names_in, ranked, vowels_of
from pages.language.applications.closer import _DEMOS, _lessons, read_fields
from pages.language.applications.guesses import COLUMNS, ROWS, read_words
from pages.language.applications.instrument import DEFAULT
from tests.pages.lesson import checked, figure, is_drawn, notices, numbers, opened, title, url
from ui.course import LESSONS
from ui.state import browser
from ui.texts import _ASSETS, percent

PAGE = LESSONS["applications"].file
pytestmark = pytest.mark.usefixtures("bare_machine")


def page(**params):
    return opened(PAGE, lang="en", **params)


def said(at):
    """All Markdown of the page, without its escapes."""
    return [m.value.replace("\\", "") for m in at.markdown]


def text(language, part):
    return (_ASSETS / "texts" / language / "applications" / f"{part}.md").read_text("utf-8")


def test_every_field_answers_before_anything_is_pressed():
    at = page()
    answers = said(at)
    for field in FIELDS.values():
        assert field.title in [button.label for button in at.button]
    assert "**M. Martin**, person · **Candide**, person · **Venise**, person" in answers
    assert "1759 → **mille sept cent cinquante-neuf**" in answers
    assert "I did not understand." in answers
    assert "It says the vowels: " + "·".join("aieaieaieeaeiee") in answers
    assert "It needs a voice. Hear one below." in answers
    assert set(names_in(DEFAULT) or ()) == {
        *(("M. Martin", "PER"), ("Candide", "PER"), ("Venise", "PER"))
    }


def test_what_is_typed_is_answered_as_text_and_stands_in_the_address():
    at = page()
    typed = "<b>never boring</b> & [funny](x)"
    checked(at.text_input(key="applications.sentence").set_value(typed).run())
    assert url(at)["sentence"] == typed
    assert any(re.match(r"\*\*(positive|negative)\*\*, \d+% sure", line) for line in said(at))
    assert not any("<b>" in m.value.replace("\\<b\\>", "") for m in at.markdown)
    for strange in ("!!!", "   ", "1234567 0 007", "é" * 300):
        checked(at.text_input(key="applications.sentence").set_value(strange).run())


@pytest.mark.parametrize("sentence", ["!!!", "12", "🦄"])
def test_a_sentence_without_a_word_has_no_sentiment(sentence):
    at = page(sentence=sentence, field="sentiment")
    assert "There is no word in it." in said(at)
    assert "There is no word in it." in notices(at)


def test_a_number_that_the_network_gets_wrong_is_not_passed_off_as_right():
    at = page(sentence="1 chat, 12 souris", field="translation")
    answers = said(at)
    assert "1 → **onze** (wrong: it is un) · 12 → **douze**" in answers
    [table] = [line for line in answers if "| **douze**" in line]
    assert "| **onze** (wrong: it is un)" in table


@pytest.mark.parametrize("name", FIELDS)
def test_each_field_is_looked_at_closer(name):
    at = page()
    checked(at.button(key=f"applications.field.{name}").click().run())
    assert url(at).get("field", "extraction") == name
    assert at.header[0].value == FIELDS[name].title
    assert read_fields(text("en", "fields"))[name] in [m.value for m in at.markdown]
    assert url(page(field=name)) == url(at)


def test_every_field_has_its_texts_a_demonstration_and_a_lesson():
    for language in ("en", "fr"):
        assert list(read_fields(text(language, "fields"))) == list(FIELDS)
    assert list(_DEMOS) == list(FIELDS)
    for name in FIELDS:
        assert set(_lessons(name, DEFAULT)) & set(LESSONS)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_chatbots_examples(language):
    """Those of its own it knows by heart; of most of them the others know the answer."""
    known = chatbot.read_requests(text(language, "intents"))
    assert len(known.answers) == 11 and len(known.strangers) == 15
    assert len(set(known.examples)) == len(known.examples) == 90
    scores, right = known.matcher.left_out()
    assert right.mean() > 0.8
    shares, _at = chatbot.shares(known)
    assert shares["right"][0] == right.mean()
    at_default = np.flatnonzero(np.isclose(chatbot._CURVE, 0.4))[0]
    assert shares["refused"][at_default] > 0.9 > shares["right"][at_default] > 0.7
    assert shares["wrong"][at_default] == np.mean((scores >= 0.4) & ~right)


def test_the_chatbot_answers_what_is_near_and_its_threshold_silences_it():
    at = page(field="chatbot", sentence="How may I train a network?")
    answer = "Choose the settings and press “Train”; the curves grow while the network learns."
    assert said(at).count(answer) == 1 and f"**{answer}**" in said(at)
    known = chatbot.read_requests(text("en", "intents"))
    curve = figure(at, "applications.threshold_curve")["data"]
    scores, right = known.matcher.left_out()
    np.testing.assert_allclose(numbers(curve[0]["y"])[20], np.mean((scores >= 0.4) & right))
    checked(at.select_slider(key="applications.threshold").set_value("0.8").run())
    assert url(at)["threshold"] == "0.8"
    assert answer not in said(at) and "**I did not understand.**" in said(at)
    again = page(field="chatbot", sentence="How may I train a network?", threshold="0.8")
    assert answer not in said(again)  # the card, too, from the first run on


def test_a_chapter_is_summed_up_by_textrank_beside_its_first_sentences():
    at = page(field="summary", text="2")
    chapter = " ".join(p.text for p in passages("conte") if p.chapter == 2)
    cut, rank = ranked(chapter)
    best = textrank.highest(rank, 3)
    np.testing.assert_allclose(numbers(figure(at, "applications.ranks")["data"][0]["y"]), rank)
    places = ", ".join(str(i + 1) for i in best)
    assert title(at, "applications.ranks") == f"TextRank takes sentences {places} of {len(cut)}"
    listed = [line for line in said(at) if line.startswith("**TextRank**")]
    assert cut[best[0]] in listed[0]


def test_a_text_of_ones_own_is_summed_up_or_more_of_it_is_asked_for():
    at = page(field="summary", text="own")
    assert any("more than 3 sentences" in notice for notice in notices(at))
    own = "La mer monte. La mer baisse. Le vent tourne. Le vent pousse la mer vers la terre."
    checked(at.text_area(key="applications.own").set_value(own).run())
    assert title(at, "applications.ranks").endswith("of 4")


def test_sentences_keep_their_abbreviations():
    cut, rank = ranked("M. Martin chante. Oui. Voici M. Dupont ! Non")
    assert cut == ["M. Martin chante.", "Oui. Voici M. Dupont !", "Non"]
    assert rank.shape == (3,)


def test_the_vowels_of_a_sentence():
    assert vowels_of("Où est né L’Ingénu ?") == "ou e e ieu"
    assert vowels_of("Brrr, tsst!") == ""
    at = page(field="synthesis", sentence="Brrr", vowel="i", voice="high")
    assert not at.get("audio") and is_drawn(at, "applications.spectrum")
    assert "316 Hz" in title(at, "applications.spectrum")  # 270 Hz by 1.17


def test_a_synthetic_word_is_heard():
    at = page(field="transcription", word="oi", by="F")
    assert title(at, "applications.heard").startswith("It hears “oi”")
    share = percent(pretrained.card("spoken-digits-synthetic")["metrics"]["accuracy"], 1)
    assert any(f"hears {share} of 300" in caption.value for caption in at.caption)


def test_a_row_opens_when_it_is_guessed_and_the_browser_keeps_the_guess():
    at = page()
    words = read_words(text("en", "tasks"))
    assert not any(words["dialog"].today in line for line in said(at))
    key = "applications.guesses.{}".format
    checked(at.segmented_control(key=key("dialog")).set_value("h").run())
    checked(at.segmented_control(key=key("spam")).set_value("p").run())
    opened_rows = [line for line in said(at) if "Since then" in line]
    assert len(opened_rows) == 2
    assert opened_rows[0].startswith("✗ The course’s table: **mostly solved**, in both versions.")
    assert opened_rows[1].startswith("✓ ") and "arXiv:2503.23674" in opened_rows[1]
    assert any(c.value.startswith("1 of 2 guesses agree") for c in at.caption)
    assert at.session_state[browser._KNOWN]["applications.guesses"] == "p" + "-" * 11 + "h"


def test_all_rows_can_be_opened_and_six_move_up():
    at = page(rows="all")
    lines = [line for line in said(at) if "Since then" in line]
    assert len(lines) == len(ROWS) == 13
    assert sum("second version" in line for line in lines) == 6
    for row in ROWS.values():
        assert COLUMNS.index(row.first) - COLUMNS.index(row.second) in (0, 1)
        assert row.sources and all(re.fullmatch(r"\d{4}\.\d{5}", s.arxiv) for s in row.sources)
    for language in ("en", "fr"):
        assert list(read_words(text(language, "tasks"))) == list(ROWS)
