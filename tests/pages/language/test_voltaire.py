"""The Voltaire lesson by AppTest: a small random network writes, and is looked into."""

import json
import unicodedata

import pytest

from core import pretrained
from core.data.language import corpora
from core.experiments.voltaire.config import VoltaireConfig
from core.numeric.language.generation import generate
from core.numeric.language.language_model import LanguageModel
from core.numeric.language.ngram import NGram
from core.numeric.weights import export_model
from pages.language.voltaire import quiz as voltaire_quiz
from pages.language.voltaire import training as voltaire_training
from pages.language.voltaire import writing as voltaire_writing
from pages.language.voltaire.networks import Writer, of_epoch
from tests import recorded
from tests.pages.language.voltaire_page import (
    CARD,
    SHIPPED,
    finished_run,
    on_its_own_fixture,
    page,
    small_model,
    text_of,
    upload,
    use,
    weights_fixture,
)
from tests.pages.lesson import checked, component, engine_fixture, figure, notices, url
from ui.notices import plain

engine = engine_fixture(recorded.find)
weights = weights_fixture()
on_its_own = on_its_own_fixture()


@pytest.mark.parametrize(
    ("lang", "button", "head", "claim"),
    [
        ("en", "Write", "Train one of your own", "Cover the end of this line"),
        ("fr", "Écrire", "Entraînez le vôtre", "Cachez de la main"),
    ],
)
def test_the_page_in_both_languages(lang, button, head, claim):
    at = page(lang=lang)
    assert at.button(key="voltaire.write_button").label == button
    assert [h.value for h in at.header] == [head]
    assert any(m.value.startswith(claim) for m in at.markdown)
    assert len(at.get("bidi_component")) == 6  # text, distribution, three temperatures, n-grams


def test_a_text_is_there_at_once_and_its_settings_are_in_the_url():
    at = page(prompt="Candide", writing_temperature="0.5", top_k="9", length="100")
    model, _ = pretrained.load("voltaire", LanguageModel)
    parts = generate(model, "Candide", 100, 0.5, 9, 1.0, 1)
    assert text_of(at) == "Candide" + "".join(part.text for part in parts)
    assert url(at)["top_k"] == "9"
    assert url(at)["prompt"] == "Candide"


def test_write_applies_new_settings_and_says_until_then_that_they_are_not_applied():
    at = page(length="100")
    before = text_of(at)
    at.slider(key="voltaire_writing.writing_temperature").set_value(1.5)
    checked(at.run())
    assert text_of(at) == before
    assert "The text below was written with other settings. Write applies these." in notices(at)
    checked(at.button(key="voltaire.write_button").click().run())
    assert text_of(at) != before
    assert not any("other settings" in said for said in notices(at))
    checked(at.button(key="voltaire.write_button").click().run())
    again = text_of(at)
    checked(at.button(key="voltaire.another").click().run())
    assert text_of(at) != again
    assert url(at)["writing_seed"] == "2"
    assert text_of(page(length="100", writing_temperature="1.5")) == again


def test_characters_that_the_network_does_not_know_are_named():
    at = page(prompt="Zaïre <b>ß€ß")
    said = ", ".join(f"“{plain(char)}”" for char in "<>ß€")
    assert [w.value for w in at.warning] == [
        f"This network has never read {said}. It takes each for an unknown one."
    ]
    assert text_of(at).startswith("Zaïre <b>ß€ß")


def test_a_new_beginning_is_written_at_once_in_its_composed_form():
    at = page(length="100")
    at.text_input(key="voltaire.prompt").set_value(unicodedata.normalize("NFD", "Élégie"))
    checked(at.run())
    assert text_of(at).startswith("Élégie")
    assert not at.warning


def as_voltaire(monkeypatch):
    """Let the tale stand for Voltaire's texts."""
    real = corpora.corpus
    monkeypatch.setattr(corpora, "missing", lambda name: [])
    monkeypatch.setattr(corpora, "corpus", lambda name: real("conte"))


def test_an_n_gram_writes_where_the_texts_are(monkeypatch):
    as_voltaire(monkeypatch)
    at = page(order="2")
    checked(at.button(key="voltaire.count_button").click().run())
    expected = NGram.fit(corpora.corpus("voltaire")).generate(length=300, order=2)
    assert component(at, "voltaire.ngram_text")["text"] == expected
    assert url(at)["order"] == "2"
    checked(at.select_slider(key="voltaire.order").set_value(4).run())
    assert "order" not in url(at)
    assert component(at, "voltaire.ngram_text")["text"] != expected


def test_three_temperatures_write_from_the_same_seed():
    at = page(cool="0", warm="2")
    model, _ = pretrained.load("voltaire", LanguageModel)
    for name, temperature in {"cool": 0.0, "medium": 0.8, "warm": 2.0}.items():
        parts = generate(model, "Le philosophe", 350, temperature, seed=1)
        expected = "Le philosophe" + "".join(part.text for part in parts)
        assert component(at, f"voltaire.at_{name}")["text"] == expected


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Network: 0.5 bits below the best count"),
        ("fr", "Réseau\u00a0: 0,5 bit sous le meilleur comptage"),
    ],
)
def test_the_network_stands_beside_seven_orders_of_counting(lang, title):
    drawn = figure(page(lang=lang), "voltaire.ngrams")
    assert drawn["layout"]["title"]["text"] == title
    counted, everything, network = drawn["data"]
    assert counted["x"] == [1, 2, 3, 4, 5, 6, 7]
    assert counted["y"] == pytest.approx([4.3 - 0.3 * order for order in range(1, 8)])
    assert everything["y"] == counted["y"]
    assert network["y"] == [1.7, 1.7]


def test_counting_that_wins_is_said_to_win(weights, tmp_path, monkeypatch):
    card = json.loads(json.dumps(CARD))
    card["metrics"]["bits_per_char"]["micromegas"] = 2.5
    pretrained.save("voltaire", pretrained.load("voltaire", LanguageModel)[0], card, tmp_path)
    use(tmp_path, monkeypatch)
    title = figure(page(), "voltaire.ngrams")["layout"]["title"]["text"]
    assert title == "Network: 0.3 bits above the best count"


def test_without_shipped_weights_the_page_says_so_and_still_trains(tmp_path, monkeypatch):
    use(tmp_path, monkeypatch)
    at = page()
    assert notices(at)[-3].startswith("The shipped network is missing from this copy of Pangloss.")
    assert not at.button(key="voltaire.train").disabled


def test_a_file_that_is_no_model_gets_a_sentence():
    at = page(writer="file")
    upload(at, "voltaire.model_file", "model.zip", b"PK nonsense")
    assert [e.value for e in at.error] == [plain("The file is damaged or not a zip file.")]


def test_an_exported_network_writes_again_and_names_what_it_learned_from():
    model = small_model("\ufffdabcdefgh .\n", "gru", seed=3)
    at = page(writer="file", prompt="ab", length="50")
    config = VoltaireConfig(corpus="conte").to_dict()
    upload(at, "voltaire.model_file", "model.zip", export_model(model, {"config": config}))
    assert set(text_of(at)) <= set(model.vocabulary)
    assert any(c.value == f"GRU of 8 units, {model.params} weights" for c in at.caption)
    assert at.metric[0].label == "of the words are in its text"


@pytest.mark.parametrize(
    ("cool", "warm", "effect"),
    [
        ((0.9, 0.3), (0.6, 0.8), "both"),
        ((0.9, 0.8), (0.6, 0.8), "correct"),
        ((0.6, 0.3), (0.6, 0.8), "repetitive"),
        ((0.62, 0.78), (0.6, 0.8), "neither"),
    ],
)
def test_what_cooling_does_is_told_by_both_shares(cool, warm, effect):
    assert voltaire_quiz.temperature_effect({0.3: cool, 1.2: warm}) == effect


def test_a_network_whose_epoch_was_not_kept_cannot_write():
    assert of_epoch(finished_run(1, [5], [4], [0])) is None
    assert of_epoch(None) is None


def test_kept_texts_are_bounded(monkeypatch):
    monkeypatch.setattr(voltaire_writing, "_MOST_KEPT", 2)
    monkeypatch.setattr(voltaire_writing, "_kept", type(voltaire_writing._kept)())
    model = small_model("\ufffdab", seed=1)
    writer = Writer("file", "k", "name", "", model, {})
    texts = [voltaire_writing.write(writer, "", 5, 1.0, seed) for seed in range(3)]
    assert list(voltaire_writing._kept.values()) == texts[1:]


def test_the_lines_that_are_drawn_have_names():
    assert voltaire_training._lines()["ngram_1"] == "counting single letters"


@pytest.mark.skipif("voltaire" not in pretrained.names(), reason="no shipped weights here")
def test_the_shipped_network_writes_words_of_voltaire_at_once(monkeypatch):
    use(SHIPPED, monkeypatch)
    at = page()
    share = float(at.metric[0].value.rstrip("%"))
    assert share > 80
    assert len(text_of(at)) == len("Le philosophe") + 600
