"""A network for numbers in words of one's own: its run, its figures, its questions."""

from typing import Any, cast

import numpy as np
import pytest

from core.experiments.kit.seq2seq_run import model_of
from pages.language.number_words import quiz as number_words_quiz
from tests import recorded
from tests.pages.language.number_words_page import (
    EPOCHS,
    WORDS_CONFIG,
    component,
    components,
    lines,
    title,
    trained,
    typed,
)
from tests.pages.lesson import (
    check_quiz,
    checked,
    downloads,
    engine_fixture,
    run_of,
    tables,
    url,
)
from ui.texts import percent

engine = engine_fixture(recorded.find)


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
    row = tables(at)[-1].iloc[0]
    assert row["Right answers"] == pytest.approx(last["exact_match"])
    assert row["Right characters"] == pytest.approx(last["char_accuracy"])
    labels = downloads(at)
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
    arrays, table = EPOCHS[1].arrays, cast(Any, tables(at)[0])
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
