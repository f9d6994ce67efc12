"""The lesson on translation by AppTest: what is shown at once, and a recorded run followed."""

from pathlib import Path

import numpy as np
import pytest

from core.experiments.translation.config import TranslationConfig
from core.experiments.translation.recorded import FILE, Recorded, load
from core.numeric.language.seq2seq import Edit
from pages.language.translation import measured
from pages.language.translation.networks import of_epoch, shipped
from pages.language.translation.quiz import QUESTIONS
from pages.language.translation.sentence import DEFAULT
from tests import recorded
from tests.pages.lesson import (
    check_quiz,
    checked,
    component,
    downloads,
    engine_fixture,
    figure,
    notices,
    numbers,
    opened,
    run_of,
    title,
    until,
    url,
)
from ui.components.attention import chosen_weight
from ui.notices import plain
from ui.texts import number

PAGE = Path(__file__).resolve().parents[3] / "pages" / "language" / "translation" / "page.py"
GRAMMAR = recorded.params("translation", "grammar")
GAZE = "translation.gaze"

engine = engine_fixture(recorded.find)
pytestmark = pytest.mark.usefixtures("bare_machine")


def page(**params):
    return opened(PAGE, **params)


def test_a_translation_and_where_it_looked_are_drawn_before_anything_is_pressed():
    data = component(page(), GAZE)
    translator = shipped("en_fr")
    assert translator is not None
    written = translator.write(DEFAULT["en_fr"])
    assert "".join(piece["text"] for piece in data["asked"]) == "shedoesn'tliketheblackcat."
    assert [piece["text"] for piece in data["told"]][-1] == "∎"
    np.testing.assert_allclose(data["weights"], written.attention[0], atol=6e-4)
    assert not any(piece["spelled"] for piece in data["asked"])
    assert translator.text(written) in data["alt"]


def test_a_rare_word_is_spelled_and_french_is_translated_back():
    at = page(**{"from": "fr_en", "sentence": "Le barographe chante."})
    asked = component(at, GAZE)["asked"]
    assert asked[0]["spelled"] is False
    assert any(piece["spelled"] and piece["glued"] for piece in asked)
    assert url(at)["from"] == "fr_en"


def test_a_gaze_is_held_where_the_browser_says_if_it_is_of_this_figure():
    said = {"of": "a", "step": 1, "place": 2}
    assert chosen_weight(said, "a", (3, 4)) == (1, 2)
    assert chosen_weight(said, "b", (3, 4)) is chosen_weight(said, "a", (1, 4)) is None
    assert chosen_weight(None, "a", (3, 4)) is None
    assert chosen_weight({**said, "step": "1"}, "a", (3, 4)) is None
    translator = shipped("en_fr")
    assert translator is not None
    held = translator.write(DEFAULT["en_fr"], Edit(0, 5, 1.0))
    assert held.attention[0, 0, 5] == 1 and held.attention[0, 0].sum() == 1


def test_three_pairs_make_a_dictionary_round_by_round():
    at = page()
    assert title(at, "translation.three").startswith("Round 1: “house” is “maison” with ")
    checked(at.slider(key="translation.rounds").set_value(0).run())
    shares = numbers(figure(at, "translation.three")["data"][0]["z"])
    assert np.ptp(shares[shares > 0]) < 1e-9


@pytest.mark.parametrize(
    ("sentence", "note"),
    [("?!", "There is no word to translate"), ("a " * 40, "A sentence may have 30 words")],
)
def test_what_cannot_be_translated_is_said_and_the_example_stays(sentence, note):
    at = page(sentence=sentence)
    [told] = [notice for notice in notices(at) if notice.startswith(note)]
    assert told.endswith(plain(f"Below is the answer to “{DEFAULT['en_fr']}”."))
    assert component(at, GAZE)["asked"][0]["text"] == "she"


@pytest.mark.parametrize(
    ("sentence", "direction", "said"),
    [
        ("Elle n’aime pas le chat noir.", "en_fr", ["These words look French: choose “French”,"]),
        ("I miss you.", "fr_en", ["These words look English: choose “English”,"]),
        ("I miss you.", "en_fr", []),
        ("zxqv wrrtk", "en_fr", []),
        ("on a table", "fr_en", []),
    ],
)
def test_a_sentence_of_the_other_language_is_noticed(sentence, direction, said):
    at = page(sentence=sentence, **{"from": direction})
    hints = [c.value for c in at.caption if c.value.startswith("These words look")]
    assert hints == [f"{hint} and they are read as such." for hint in said]


def test_a_run_is_followed_graded_and_translates_the_sentence():
    at = page(**GRAMMAR, sentence="The black cat sees her.")
    checked(at.button(key="translation.train").click().run())
    until(at, lambda at: "Trained model" in downloads(at))
    run = run_of("translation", "grammar")
    bleu = run.epochs[-1].metrics["bleu"]
    assert title(at, "translation.bleu") == f"After epoch 3: BLEU {number(bleu, 1)}"
    check_quiz(at, QUESTIONS, run)
    own = of_epoch(run)
    assert own is not None and own.config.data == "invented"
    checked(at.segmented_control(key="translation.translator").set_value("run").run())
    told = [piece["text"] for piece in component(at, GAZE)["told"]]
    ids = own.write("The black cat sees her.").ids[0]
    assert "".join(told).rstrip("∎") == own.model.codec.text(ids).replace(" ", "")


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_without_data_it_begins_with_what_it_can_make(lang):
    assert url(page(lang=lang))["data"] == "invented"


def test_attention_is_weighed_by_length_where_it_was_recorded(monkeypatch):
    networks = {
        name: {"bleu": bleu, "by_length": {"1-3": 30.0, "8-10": end}, "sentences": 1000}
        for name, bleu, end in (("dot", 30.44, 29.0), ("none", 20.0, 9.0))
    }
    card = {"command": "x", "made": "2026-01-02", "machine": "y"}
    monkeypatch.setattr(measured, "FILE", PAGE)
    monkeypatch.setattr(
        measured, "load", lambda: {"tatoeba": Recorded(networks, TranslationConfig(), card)}
    )
    at = page()
    assert title(at, "translation.with_and_without_tatoeba") == (
        "Trained for less: BLEU 30.4 with attention, 20 without"
    )
    drawn = figure(at, "translation.with_and_without_tatoeba")
    assert [line["name"] for line in drawn["data"][:2]] == ["with attention", "without"]
    told = "The same but for the attention: 256 units, 4,000 updates;"
    assert any(told in caption.value for caption in at.caption)


@pytest.mark.skipif(not FILE.is_file(), reason="nothing was recorded")
def test_the_recorded_networks_of_the_small_grammar_are_drawn():
    known = load()["invented"].networks
    at = page()
    assert title(at, "translation.with_and_without_invented") == (
        f"A small grammar: BLEU {number(known['dot']['bleu'], 1)} with attention, "
        f"{number(known['none']['bleu'], 1)} without"
    )
    drawn = figure(at, "translation.with_and_without_invented")
    assert numbers(drawn["data"][1]["y"]).tolist() == [*known["none"]["by_length"].values()]
    assert any("Invented sentences (synthetic)." in caption.value for caption in at.caption)
