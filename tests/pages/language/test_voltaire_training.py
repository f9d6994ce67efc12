"""The Voltaire lesson by AppTest: texts to learn from, and a run without Keras."""

import pytest

from core.data import fetch, uploads
from core.experiments.voltaire.run import MIN_CHARS
from core.numeric.language.generation import generate
from core.numeric.language.language_model import LanguageModel
from pages.language.voltaire import quiz as voltaire_quiz
from tests import recorded
from tests.pages.language.voltaire_page import (
    finished_run,
    on_its_own_fixture,
    page,
    text_of,
    trained,
    upload,
    weights_fixture,
)
from tests.pages.lesson import (
    check_quiz,
    checked,
    component,
    downloads,
    engine_fixture,
    figure,
    run_of,
    tables,
    url,
)
from ui.notices import plain
from ui.texts import percent

engine = engine_fixture(recorded.find)
EPOCHS = recorded.epochs("voltaire", "four")
weights = weights_fixture()
on_its_own = on_its_own_fixture()


def test_missing_voltaire_is_said_and_the_tale_is_one_click_away():
    at = page(corpus="voltaire")
    files = [file for file in fetch.manifest() if "voltaire_" in file]
    size = sum(fetch.entry(file).get("bytes", 0) for file in files) / 1e6
    missing = (
        f"These data are not on this machine: {size:.1f} MB. Fetch them, or take what is here."
    )
    assert missing in [info.value for info in at.info]
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
    (b"%PDF-1.7 ", "The file is not text but PDF data; plain text in UTF-8 is expected."),
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


def test_a_book_is_cleaned_and_may_be_had_as_it_is():
    body = "Il faut cultiver notre jardin, dit Candide à l'abbé de la ville.\n" * (MIN_CHARS // 50)
    book = (
        f"Title\n*** START OF THE PROJECT GUTENBERG EBOOK X ***\n{body}"
        "*** END OF THE PROJECT GUTENBERG EBOOK X ***\nEnglish terms.\n"
    )
    at = upload(page(corpus="upload"), "voltaire.text_file", "text.txt", book.encode("cp1252"))
    notes = "The text is read as Windows-1252, by the letters in it. Left out: Project Gutenberg"
    assert any(c.value.startswith(plain(notes)) for c in at.caption)
    assert uploads.get(url(at)["upload"]) == body.strip()
    checked(at.toggle(key="voltaire.as_it_is").set_value(True).run())
    assert uploads.get(url(at)["upload"]) == book
    assert not any("Left out" in c.value for c in at.caption)
    checked(at.toggle(key="voltaire.as_it_is").set_value(False).run())
    assert uploads.get(url(at)["upload"]) == body.strip()
    again = page(corpus="upload", upload=url(at)["upload"])  # after a reload, or by the link
    assert any(c.value.startswith(plain(notes)) for c in again.caption)
    checked(again.toggle(key="voltaire.as_it_is").set_value(True).run())
    assert uploads.get(url(again)["upload"]) == book


def test_what_was_done_with_a_text_is_said_in_french():
    text = "Il faut cultiver notre jardin, dit Candide à l'abbé. " * (MIN_CHARS // 40)
    content = f"Source gallica.bnf.fr / BnF\n{text}".encode("mac-roman")
    at = upload(page(corpus="upload", lang="fr"), "voltaire.text_file", "text.txt", content)
    notes = (
        "Le texte est lu comme Mac OS Roman, d’après les lettres qu’il contient. "
        "Laissé de côté\u00a0: les conditions d’utilisation de Gallica (28 caractères)."
    )
    assert plain(notes) in [c.value for c in at.caption]


def test_a_text_that_is_no_longer_kept_is_said():
    at = page(corpus="upload", upload="0" * 64)
    assert any("no longer here" in w.value for w in at.warning)
    assert at.button(key="voltaire.train").disabled


def test_a_run_from_train_to_what_is_taken_away():
    at = trained()
    assert sorted(downloads(at)) == [
        "Keras code",
        "Notebook",
        "Numbers",
        "Table (CSV)",
        "Trained model",
        "Training text",
        "Weights for this page",
    ]
    title = figure(at, "voltaire.loss")["layout"]["title"]["text"]
    assert title.startswith("Epoch 4: ")
    row, last = tables(at)[0].iloc[0], EPOCHS[-1].metrics
    assert row["Bits per character"] == pytest.approx(last["valid_bits"])
    words = f"{percent(last['known_words'])} of its words of three letters or more"
    assert any(words in c.value for c in at.caption)


def test_the_run_s_network_writes_above_as_of_the_epoch_that_is_looked_at():
    at = trained()
    checked(at.button_group(key="voltaire.writer").set_value("run").run())
    last = text_of(at)
    scrubber = at.select_slider(key=f"voltaire.epoch.{url(at)['job']}")
    checked(scrubber.set_value(2).run())
    assert text_of(at) != last
    then = EPOCHS[1]
    model = LanguageModel(
        run_of("voltaire", "four").config.cell, then.texts["vocabulary"], recorded.weights(then)
    )
    expected = "".join(part.text for part in generate(model, "Le philosophe", 600, 0.6, seed=1))
    assert text_of(at) == "Le philosophe" + expected
    title = figure(at, "voltaire.loss")["layout"]["title"]["text"]
    assert title.startswith("Epoch 2: ")
    assert component(at, "voltaire.sample")["text"] != ""
    assert url(at)["writer"] == "run"


def test_both_predictions_are_graded_by_the_run():
    check_quiz(trained(), voltaire_quiz.QUESTIONS, run_of("voltaire", "four"))


def test_milestones_are_those_of_the_run():
    run = finished_run(2, [5, 4.1, 3.9, 3], [3.5, 1.9], [0.2, 0.5])
    assert voltaire_quiz.milestones(run) == {"letters": 1.5, "words": 2.0, "beyond": 2.0}
    run = finished_run(2, [5, 4.5, 4.4, 4.3], [4.4, 4.3], [0.0, 0.1])
    assert voltaire_quiz.milestones(run) == {}
