"""Word vectors of one's own: the run, the map that moves, the words one watches, the questions."""

import base64

import numpy as np
import pytest

from core.data.language.words import corpora
from core.events import Finished
from core.numeric.language.embeddings.space import WordSpace
from pages.language.word_embeddings import quiz, spaces
from pages.language.word_embeddings.epoch import neighbours_at
from tests import recorded
from tests.events import only
from tests.pages.language.word_embeddings_page import EPOCHS, map_of, page, rows, trained
from tests.pages.lesson import (
    check_quiz,
    checked,
    downloads,
    engine_fixture,
    figure,
    run_of,
    tables,
    title,
    url,
)

engine = engine_fixture(recorded.find)
RUN_MAP = "word_embeddings.run_map"


def words_of(epoch):
    return EPOCHS[0].arrays["vocabulary"].tobytes().decode().split("\n"), epoch.arrays


def test_a_run_from_train_to_what_is_taken_away():
    at = trained()
    share = EPOCHS[-1].metrics["neighbour_category_accuracy"]
    assert title(at, "word_embeddings.scores") == (
        f"Epoch 4: {round(100 * share)}% of the nearest words are of the same category"
    )
    row = tables(at)[-1].iloc[0]
    assert row["analogies"] == pytest.approx(EPOCHS[-1].metrics["analogy_accuracy"])
    assert downloads(at)[1:] == [
        "Keras code",
        "Notebook",
        "Trained model",
        "Numbers",
        "sentences.txt",
    ]
    done = only(recorded.recorded("word-embeddings", "world"), Finished).metrics
    beside = {trace["name"]: trace["y"] for trace in figure(at, "word_embeddings.beside")["data"]}
    assert beside["counting"][2] == pytest.approx(
        100 * done["baseline_ppmi_neighbour_category_accuracy"]
    )
    assert list(beside) == ["network", "counting", "spelling", "random"]


def test_the_scrubber_shows_the_map_and_the_neighbours_as_they_were():
    at = trained(seed="0", watched="roi paris")
    checked(at.select_slider(key=f"word-embeddings.epoch.{url(at)['job']}").set_value(2).run())
    words, arrays = words_of(EPOCHS[1])
    shown = map_of(at, RUN_MAP)
    places = np.frombuffer(base64.b64decode(shown["points"]), "<f4").reshape(-1, 2)
    np.testing.assert_allclose(places, arrays["points"])
    own = words.index("roi")
    near = [words[i] for i in arrays["neighbours"][own]]
    assert [word for word, _score in rows(at, RUN_MAP)] == near
    assert shown["asked"] == "Nearest to roi"
    table = tables(at)[0]
    assert list(table["word"]) == ["roi", "paris"]
    assert [cell.removeprefix("+\u00a0") for cell in table.iloc[0][1:]] == near
    before = {words[i] for i in EPOCHS[0].arrays["neighbours"][own]}
    new = [cell.startswith("+") for cell in table.iloc[0][1:]]
    assert new == [word not in before for word in near]


def test_words_that_no_neighbours_are_told_of_are_named():
    at = trained(watched="roi xyzzy")
    assert any(c.value.endswith("xyzzy\\.") for c in at.caption)
    assert list(tables(at)[0]["word"]) == ["roi"]


def test_the_first_epoch_has_nothing_new():
    run = run_of("word-embeddings", "world")
    first = type(run)(**{**vars(run), "chosen": run.epochs[0]})
    words, _counts = spaces.words_of(run)
    (row,) = neighbours_at(first, words, ["reine"])
    assert row[0] == "reine" and not any(cell.startswith("+") for cell in row)


def test_the_vectors_of_the_run_are_asked_above():
    at = trained()
    checked(at.button_group(key="word_embeddings.space").set_value("run").run())
    assert url(at)["vectors"] == "run"
    checked(at.text_input(key="word_map.ask").set_value("paris").run())
    words, _arrays = words_of(EPOCHS[-1])
    vectors = recorded.weights(EPOCHS[-1])["vectors"].astype(np.float32)
    expected = WordSpace(tuple(words), vectors).neighbours("paris", 10)
    assert rows(at) == [(w, pytest.approx(s, abs=1e-5)) for w, s in expected]
    assert any(c.value.startswith("There is no t-SNE") for c in at.caption)
    checked(at.button(key="word_embeddings.compute_tsne").click().run())
    assert not any(c.value.startswith("There is no t-SNE") for c in at.caption)


def test_both_predictions_are_graded_by_the_run():
    at = trained()
    run = run_of("word-embeddings", "world")
    check_quiz(at, quiz.QUESTIONS, run)


def test_where_the_sums_land_adds_up():
    shares = quiz.where_it_lands(run_of("word-embeddings", "world"))
    assert sum(shares.values()) == pytest.approx(1)
    assert min(shares.values()) >= 0


def test_books_that_are_not_here_are_offered_or_replaced(monkeypatch):
    monkeypatch.setattr(corpora, "missing", lambda name: ["voltaire_candide.txt"])
    at = page(corpus="novels")
    assert any(i.value.startswith("These data are not on this machine: ") for i in at.info)
    checked(at.button(key="word_embeddings.texts.instead").click().run())
    assert "corpus" not in url(at)
    assert any("synthetic sentences" in c.value for c in at.caption)
