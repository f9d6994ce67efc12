"""The Voltaire lesson by AppTest: texts to learn from, and a run without Keras."""

import pytest

from core.data import fetch, uploads
from core.data.language import corpora
from core.experiments.voltaire.config import VoltaireConfig
from core.experiments.voltaire.run import MIN_CHARS
from core.numeric.language.generation import generate
from pages.language.voltaire import quiz as voltaire_quiz
from tests.pages.language.voltaire_page import (
    finished_run,
    on_its_own_fixture,
    page,
    text_of,
    trained,
    upload,
    weights_fixture,
)
from tests.pages.language.voltaire_run import BITS, find, small_model, vocabulary_of
from tests.pages.lesson import checked, component, downloads, engine_fixture, figure, notices, url
from ui.notices import plain

engine = engine_fixture(find)
weights = weights_fixture()
on_its_own = on_its_own_fixture()


def test_missing_voltaire_is_said_and_the_tale_is_one_click_away():
    at = page(corpus="voltaire")
    said = next(i.value for i in at.info if i.value.startswith("Voltaire's texts are not"))
    assert "14 files" in said
    assert at.button(key="voltaire.train").disabled
    checked(at.button(key="voltaire.texts.instead").click().run())
    assert url(at)["corpus"] == "conte"
    assert not at.button(key="voltaire.train").disabled
    assert any("written for this project" in c.value for c in at.caption)


def test_fetching_without_a_connection_ends_in_a_sentence(monkeypatch):
    def no_connection(name, progress):
        progress(1, 2)
        raise fetch.Problem("{name} could not be downloaded: no connection.", name=name)

    monkeypatch.setattr(fetch, "fetch", no_connection)
    at = page(corpus="voltaire")
    checked(at.button(key="voltaire.texts.fetch").click().run())
    assert [e.value for e in at.error] == [
        plain("voltaire_princesse_de_babylone.xml could not be downloaded: no connection.")
    ]


BAD = [
    (b"", "The text is empty; at least 5,000 characters are expected."),
    (b"Il y avait", "The text is too short: it has 10 characters, at least 5,000 are expected."),
    (b"%PDF-1.7 ", "The file is no text but PDF data; plain text in UTF-8 is expected."),
]


@pytest.mark.parametrize(("content", "sentence"), BAD)
def test_a_text_that_cannot_be_learned_from_gets_a_sentence(content, sentence):
    at = upload(page(corpus="upload"), "voltaire.text_file", "text.txt", content)
    assert [e.value for e in at.error] == [plain(sentence)]
    assert at.button(key="voltaire.train").disabled


def test_a_pasted_text_can_be_trained_on_and_its_hash_is_in_the_url():
    text = "Il faut cultiver notre jardin. " * (MIN_CHARS // 20)
    at = page(corpus="upload")
    checked(at.text_area(key="voltaire.pasted").set_value(text).run())
    assert not at.error
    assert uploads.get(url(at)["upload"]) == text
    assert not at.button(key="voltaire.train").disabled
    assert any(c.value.startswith(f"Your text has {len(text):,} characters") for c in at.caption)


def test_a_text_that_is_no_longer_kept_is_said():
    at = page(corpus="upload", upload="0" * 64)
    assert any("no longer here" in w.value for w in at.warning)
    assert at.button(key="voltaire.train").disabled


def test_a_run_from_train_to_what_is_taken_away():
    at = trained(seed="1")
    assert downloads(at) == [
        "Table (CSV)",
        "Keras code",
        "Trained model",
        "Numbers",
        "Weights for this page",
        "Training text",
    ]
    title = figure(at, "voltaire.loss")["layout"]["title"]["text"]
    assert title == "Epoch 4: beats counting 7 characters"
    row = at.dataframe[0].value.iloc[0]
    assert row["Bits per character"] == pytest.approx(BITS[-1])
    assert any("70% of its words of three letters or more" in c.value for c in at.caption)


def test_the_run_s_network_writes_above_as_of_the_epoch_that_is_looked_at():
    at = trained(seed="2")
    checked(at.button_group(key="voltaire.writer").set_value("run").run())
    last = text_of(at)
    scrubber = at.select_slider(key=f"voltaire.epoch.{url(at)['job']}")
    checked(scrubber.set_value(2).run())
    assert text_of(at) != last
    vocabulary = vocabulary_of(corpora.splits("conte")[0])
    model = small_model(vocabulary, VoltaireConfig(corpus="conte").cell, seed=2)
    expected = "".join(part.text for part in generate(model, "Le philosophe", 600, 0.6, seed=1))
    assert text_of(at) == "Le philosophe" + expected
    title = figure(at, "voltaire.loss")["layout"]["title"]["text"]
    assert title == "Epoch 2: beats counting 2 characters"
    assert component(at, "voltaire.sample")["text"] != ""
    assert url(at)["writer"] == "run"


def test_both_predictions_are_graded_by_the_run():
    at = page(seed="3", epochs="4")
    first, second = at.radio
    first.set_value("words")
    second.set_value("neither")
    checked(at.run())
    assert [c.value for c in at.caption].count("Your run will tell: train, and see.") == 2
    at = trained(seed="4")
    first, second = at.radio
    first.set_value("letters")
    second.set_value("both")
    checked(at.run())
    assert at.success[0].value.startswith("Yes, as you said.")
    assert "letter frequencies: epoch 1.2" in at.success[0].value
    assert "half of the words: epoch 3" in at.success[0].value
    assert "better than every count: epoch 4" in at.success[0].value
    assert "at 0.3," in " ".join(notices(at) + [s.value for s in at.success])


def test_milestones_are_those_of_the_run():
    run = finished_run(2, [5, 4.1, 3.9, 3], [3.5, 1.9], [0.2, 0.5])
    assert voltaire_quiz.milestones(run) == {"letters": 1.5, "words": 2.0, "beyond": 2.0}
    run = finished_run(2, [5, 4.5, 4.4, 4.3], [4.4, 4.3], [0.0, 0.1])
    assert voltaire_quiz.milestones(run) == {}
