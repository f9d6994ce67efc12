"""The lesson on attention by AppTest: the shipped networks answer, a run without Keras trains."""

import json
from pathlib import Path

import numpy as np
import pytest

from core import pretrained
from core.data.language.french_numerals import in_words
from core.experiments.kit.seq2seq_run import model_of
from core.experiments.number_words.config import NumberWordsConfig, lengths
from core.messages import Problem
from core.numeric.language.seq2seq import Edit, Seq2Seq
from pages.language.number_words import instrument as number_words_instrument
from pages.language.number_words import networks as number_words_writers
from pages.language.number_words import quiz as number_words_quiz
from pages.language.number_words.alignment import first_difference, since, wrong_parts
from pages.language.number_words.query import Query, read_query
from tests import recorded
from tests.pages.lesson import (
    check_quiz,
    checked,
    engine_fixture,
    numbers,
    opened,
    run_of,
    until,
    url,
)
from ui.texts import percent

PAGE = Path(__file__).resolve().parents[3] / "pages" / "language" / "number_words" / "page.py"
WORDS_CONFIG = NumberWordsConfig(units=16, embedding_dim=4, epochs=4)
WORDS = "quatre mille deux cent soixante et onze"


engine = engine_fixture(recorded.find)
EPOCHS = recorded.epochs("number-words", "dot")


def page(**params):
    return opened(PAGE, **params)


def components(at, key):
    found = [e.proto for e in at.get("bidi_component") if e.proto.id.endswith(f"-{key}")]
    return [json.loads(proto.json) for proto in found]


def component(at, key):
    found = components(at, key)
    assert len(found) == 1, [e.proto.id for e in at.get("bidi_component")]
    return found[0]


def lines(at, key):
    """Each answer shown: its name -> (its text, what is said of it)."""
    return {
        line["name"]: (
            "".join(p for p, mark in line["parts"] if mark != "missing"),
            line["verdict"],
        )
        for line in component(at, key)["lines"]
    }


def title(at, key):
    return json.loads(component(at, key)["figure"])["layout"]["title"]["text"]


def typed(at, text):
    return checked(at.text_input(key="number_words.number").set_value(text).run())


def shipped(name):
    return pretrained.load(name, Seq2Seq)[0]


def trained(**params):
    at = page(**{"units": "16", "embedding_dim": "4", "epochs": "4", **params})
    checked(at.button(key="number-words.train").click().run())
    return until(
        at,
        lambda at: [
            b for b in at.get("download_button") if b.label in ("Keras code", "Code Keras")
        ],
    )


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
            ["Sans attention", "Après 2015\u00a0: l'attention lit seule", "Entraînez le vôtre"],
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
    assert lines(at, "number_words.answer") == {
        "The network writes": ("4271", "✓ right"),
        "The right answer": ("4271", ""),
    }
    assert url(at)["number"] == WORDS.upper()
    assert component(at, "number_words.alignment")["asked"] == list(WORDS)
    again = page(number=WORDS.upper())
    assert component(again, "number_words.alignment")["of"].endswith(WORDS)


def test_words_that_are_no_number_are_read_all_the_same_and_marked():
    at = page(number="septante-deux")
    assert [i.value for i in at.info if "neither" in i.value or "not a number" in i.value] == [
        "“septante\\-deux” is not a number in either spelling\\. "
        "The network has never seen the like and answers all the same\\."
    ]
    model = shipped("number-words-to-digits")
    (said,) = model.answers(["septante-deux"], 7)
    assert lines(at, "number_words.answer") == {"The network writes": (said, "")}
    assert any("ask for a number" in i.value for i in at.info)  # self-attention has none to show


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("4 271", Query("4271", "to_words", 4271)),
        ("4\u202f271", Query("4271", "to_words", 4271)),
        ("\uff14\uff12", Query("42", "to_words", 42)),
        ("007", Query("7", "to_words", 7)),
        ("0", Query("0", "to_words", 0)),
        ("999999", Query("999999", "to_words", 999_999)),
        ("  Vingt  et un ", Query("vingt et un", "to_digits", 21)),
        ("deux\u2011cent\u2011mille", Query("deux-cent-mille", "to_digits", 200_000)),
        ("ze\u0301ro", Query("zéro", "to_digits", 0)),
        ("quatre vingt", Query("quatre vingt", "to_digits", None)),
    ],
)
def test_what_is_typed_is_read(text, asked):
    assert read_query(text) == asked


NOTHING = "No number was typed; write one in digits or in French words: 4271 or douze."
NEGATIVE = "The networks know no negative numbers, only those from 0 to 999,999."
WHOLE = "Only whole numbers are read: write 4271, with no point and no comma in it."
LARGEST = "The largest number that the networks know is 999,999."
UNKNOWN = "“{}” is in no number here: digits, or the letters of French number words."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", NOTHING),
        (" -- ", NOTHING),
        ("-5", NEGATIVE),
        ("\u221212", NEGATIVE),
        ("moins cinq", NEGATIVE),
        ("1000000", LARGEST),
        ("9" * 100, LARGEST),
        ("un million", LARGEST),
        ("3.5", WHOLE),
        ("4,271", WHOLE),
        ("douze virgule cinq", WHOLE),
        ("4\u00b2", UNKNOWN.format("\u00b2")),
        ("+5", UNKNOWN.format("+")),
        ("abc", UNKNOWN.format("b")),
        ("<b>", UNKNOWN.format("<")),
        ("deux\u2764", UNKNOWN.format("\u2764")),
        ("4 mille", "Digits and letters are mixed; write digits alone or words alone."),
        ("un " * 40, "That has 119 characters; the longest number has 73 letters."),
        ("x" * 10_000, "That has 10000 characters; the longest number has 73 letters."),
        ("7" * 10_000, "That has 10000 characters; the longest number has 73 letters."),
    ],
)
def test_what_cannot_be_read_is_told_word_for_word(text, said):
    with pytest.raises(Problem) as problem:
        read_query(text)
    assert str(problem.value) == said


def test_a_wrong_input_loses_nothing():
    at = typed(page(), "80")
    at = typed(at, "x" * 10_000)
    (warning,) = at.warning
    assert warning.value.replace("\\", "") == (
        "That has 10000 characters; the longest number has 73 letters. "
        "Below is still the answer to “80”."
    )
    assert at.text_input(key="number_words.number").value == "x" * 10_000
    assert lines(at, "number_words.answer")["The network writes"][0] == "quatre-vingts"
    assert "number" not in url(at)


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
        f"Right answers to numbers never seen: {round(100 * own, 2):g}% with attention, "
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


def test_a_run_from_train_to_what_is_taken_away():
    at = trained(seed="1")
    last = EPOCHS[-1].metrics
    exact, characters = (percent(last[name], 1) for name in ("exact_match", "char_accuracy"))
    assert title(at, "number_words.curve") == (
        f"Epoch 4: {exact} of the answers are right, letter for letter"
    )
    assert component(at, "number_words.curve")["alt"].endswith(
        f"characters: {characters}, whole answers: {exact}"
    )
    row = at.dataframe[-1].value.iloc[0]
    assert row["Right answers"] == pytest.approx(last["exact_match"])
    assert row["Right characters"] == pytest.approx(last["char_accuracy"])
    labels = [b.label for b in at.get("download_button")]
    assert labels == ["Table (CSV)", "Keras code", "Notebook", "Trained model", "Numbers"]


def test_the_scrubber_shows_every_figure_as_it_was_then():
    at = trained(seed="2")
    checked(at.select_slider(key=f"number-words.epoch.{url(at)['job']}").set_value(2).run())
    assert title(at, "number_words.curve").startswith(
        f"Epoch 2: {percent(EPOCHS[1].metrics['exact_match'], 1)} of"
    )
    assert title(at, "number_words.run_by_length") == "Epoch 2: right answers by length"
    (answer,) = model_of(WORDS_CONFIG, recorded.weights(EPOCHS[1])).answers(["4271"], 74)
    assert title(at, "number_words.run_alignment") == f"Epoch 2: “4271” becomes “{answer}”\u00a0✗"
    arrays, table = EPOCHS[1].arrays, at.dataframe[0].value
    right = arrays["right"][: len(arrays["answers"])]
    wrong = min(6, int((~right).sum()))
    marks = ["✗"] * wrong + ["✓"] * min(int(right.sum()), 12 - wrong)
    assert list(table[""]) == marks
    written, truth = table["written"], table["right answer"]
    assert [w == t for w, t in zip(written, truth, strict=True)] == [m == "✓" for m in marks]
    codec = model_of(WORDS_CONFIG, recorded.weights(EPOCHS[1])).codec
    assert written[0] == codec.text(arrays["answers"][np.flatnonzero(~right)[0]])


def test_the_network_of_the_run_answers_above():
    at = trained(seed="3")
    checked(at.button_group(key="number_words.answers").set_value("run").run())
    (answer,) = model_of(WORDS_CONFIG, recorded.weights(EPOCHS[-1])).answers(["4271"], 74)
    assert lines(at, "number_words.answer")["The network writes"][0] == answer
    assert url(at)["answers"] == "run"
    at = typed(at, "douze")  # which the run has not learned to read
    assert lines(at, "number_words.answer")["The network writes"] == ("12", "✓ right")
    assert any(c.value == "The run below learns the other direction." for c in at.caption)
    assert "“12” becomes" in title(at, "number_words.run_alignment")


def test_a_run_without_attention_has_no_map():
    at = trained(seed="4", attention="none")
    checked(at.button_group(key="number_words.answers").set_value("run").run())
    assert not components(at, "number_words.alignment")
    assert not components(at, "number_words.run_alignment")
    assert any(i.value.startswith("This network has no attention") for i in at.info)


def test_both_predictions_are_graded_by_the_run():
    at = trained(seed="5")
    run = run_of("number-words", "dot")
    check_quiz(at, number_words_quiz.QUESTIONS, run)


@pytest.mark.parametrize(
    ("short", "long", "said"),
    [((20, 1000), (10, 1000), "short"), ((10, 1000), (20, 1000), "long")]
    + [((12, 1000), (10, 1000), "even"), ((5, 100), (1, 900), "even"), ((0, 100), (0, 0), "even")],
)
def test_what_is_more_often_wrong(short, long, said):
    assert number_words_quiz.more_often_wrong(short, long) == said


@pytest.mark.parametrize(
    ("back", "kind"), [(None, "none"), (0.0, "straight"), (0.11, "onward"), (0.5, "about")]
)
def test_how_the_strongest_weight_goes(back, kind):
    assert number_words_quiz.kind_of_path(back) == kind


def test_both_spellings_cannot_be_written():
    at = page()
    checked(at.button_group(key="number_words.spelling").set_value("both").run())
    assert [e.value.replace("\\", "") for e in at.error] == [
        "spelling can be both only where words are read; choose traditional or 1990."
    ]
    assert at.button(key="number-words.train").disabled


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
