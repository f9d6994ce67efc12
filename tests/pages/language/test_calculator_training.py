"""The calculator's lesson by AppTest: a run that is made up, its figures, its questions."""

from typing import Any

import numpy as np
import pytest

from core.experiments.calculator import recorded as calculator_recorded
from core.experiments.calculator.analysis import ask
from core.experiments.calculator.config import CalculatorConfig
from core.experiments.calculator.recorded import Classic
from core.experiments.calculator.run import questions_of
from core.experiments.kit.seq2seq_run import model_of
from pages.language.calculator import quiz as calculator_quiz
from pages.language.calculator.epoch import by_lengths
from pages.language.calculator.notation import learned_by
from pages.language.calculator.training import questions_to
from tests import recorded
from tests.pages.language.calculator_page import (
    CLASSIC,
    answer,
    asked,
    conversation,
    trained,
)
from tests.pages.lesson import (
    check_quiz,
    checked,
    downloads,
    engine_fixture,
    figure,
    numbers,
    run_of,
    tables,
    title,
    url,
)
from ui.texts import number, percent

engine = engine_fixture(recorded.find)
EPOCHS = recorded.epochs("calculator", "dot")


@pytest.fixture(autouse=True)
def on_its_own(monkeypatch):
    monkeypatch.setattr(calculator_recorded, "load", lambda: CLASSIC)


def test_a_run_from_train_to_what_is_taken_away():
    at = trained(seed="1")
    last = EPOCHS[-1].metrics
    share = percent(last["exact_match"], 1)
    assert title(at, "calculator.curve") == f"Epoch 4: {share} of the held-out answers are right"
    grid = numbers(figure(at, "calculator.by_length")["data"][0]["z"])
    np.testing.assert_allclose(grid, by_lengths(last["by_length"], "+"))
    bars = numbers(figure(at, "calculator.by_carries")["data"][0]["y"])
    assert bars == pytest.approx([100 * share for share in last["by_carries"].values()])
    table = next(d for d in tables(at) if "Written" in d)
    assert len(table) == 400
    assert list(table["Right"]) == sorted(table["Right"], reverse=True)  # the wrong ones first
    wrong = table[table["Right"] == "✗"].iloc[0]
    assert wrong["Written"] != wrong["True"]
    row = tables(at)[-1].iloc[0]
    assert row["Exact match"] == pytest.approx(last["exact_match"])
    labels = downloads(at)
    assert labels == ["Table (CSV)", "Keras code", "Notebook", "Trained model", "Numbers"]


def test_additions_of_three_digits_are_held_against_the_recorded_recipe(monkeypatch):
    last, second = (recorded.epochs("calculator", "three digits")[i] for i in (-1, 1))
    classic = Classic(
        np.array([10.0, 20, 30]),
        last.metrics["exact_match"] * np.array([0, 0.9, 0.99]),
        CLASSIC.card,
    )
    monkeypatch.setattr(calculator_recorded, "load", lambda: classic)
    at = trained(seed="2", digits="3")
    assert title(at, "calculator.curve").endswith("the recorded recipe never got there")
    lines = {t["name"]: numbers(t["x"]).tolist() for t in figure(at, "calculator.curve")["data"]}
    assert lines["recorded"] == [1000, 2000, 3000]
    better = Classic(
        classic.train_s, second.metrics["exact_match"] * np.array([0, 1, 2]), CLASSIC.card
    )
    monkeypatch.setattr(calculator_recorded, "load", lambda: better)
    scrubber = at.select_slider(key=f"calculator.epoch.{url(at)['job']}")
    checked(scrubber.set_value(2).run())
    share = percent(second.metrics["exact_match"], 1)
    asked = second.step * CalculatorConfig().batch_size
    assert title(at, "calculator.curve") == (
        f"Epoch 2: {share} right after {number(asked, 0)} questions; the recorded recipe took 2,000"
    )


def test_the_scrubber_shows_every_figure_as_it_was_then():
    at = trained(seed="3")
    scrubber = at.select_slider(key=f"calculator.epoch.{url(at)['job']}")
    checked(scrubber.set_value(1).run())
    assert title(at, "calculator.curve").startswith(
        f"Epoch 1: {percent(EPOCHS[0].metrics['exact_match'], 1)}"
    )
    assert title(at, "calculator.by_length").startswith("Epoch 1: ")
    table: Any = next(d for d in tables(at) if "Written" in d)
    wrong = int((table["Right"] == "✗").sum())
    caption = f"After epoch 1, the answers to {wrong} of these 400 held-out questions are wrong:"
    assert caption in [c.value for c in at.caption]


@pytest.mark.parametrize("attention", ["dot", pytest.param("none", marks=pytest.mark.slow)])
def test_the_network_of_the_run_answers_as_of_the_epoch_that_is_looked_at(attention):
    at = trained(seed="4", attention=attention)
    checked(at.button_group(key="calculator.answerer").set_value("run").run())
    config = CalculatorConfig(
        digits=2, units=16, embedding_dim=4, seed=4, epochs=4, attention=attention
    )
    for epoch in (4, 2):
        weights = recorded.weights(recorded.epochs("calculator", attention)[epoch - 1])
        model = model_of(config, weights)
        said = ask(model, {"+": 2}, 12, "+", 345)
        shown = answer(at)
        assert "".join(d["symbol"] for d in shown["digits"]) == said.answer.replace(
            "-", "−"
        ).replace("*", "×")
        assert shown["notes"][0][0] == "outside"
        scrubber = at.select_slider(key=f"calculator.epoch.{url(at)['job']}")
        checked(scrubber.set_value(2).run())
    assert url(at)["who"] == "run"
    has_map = [e for e in at.get("bidi_component") if "calculator.looked" in e.proto.id]
    assert bool(has_map) is (attention == "dot")
    at = asked(at, "3*4")
    assert answer(at)["notes"][0][1] == (
        "Outside what it has learned: it was never shown products."
    )
    at = asked(at, "1+2")
    assert answer(at)["notes"][0][0] == "seen"
    assert conversation(at)[0].endswith("· your run")


def test_both_predictions_are_graded_by_the_run():
    check_quiz(trained(seed="6"), calculator_quiz.QUESTIONS, run_of("calculator", "dot"))


def test_a_kind_of_questions_is_scored_at_the_end():
    kinds = calculator_quiz.right_by_kind(run_of("calculator", "dot"))
    right, of = EPOCHS[-1].arrays["right"], questions_of(EPOCHS[-1].arrays)
    carries = of.carries() > 1
    assert all(len(answers) >= 30 for answers in kinds.values())
    if carries.sum() >= 30:
        np.testing.assert_array_equal(kinds["carries"], right[carries])
    else:
        assert "carries" not in kinds


@pytest.mark.parametrize(
    ("right", "kind"),  # of a hundred questions of each kind
    [
        ({"carries": 50, "long": 80, "short": 100}, "carries"),
        ({"carries": 99, "long": 98, "short": 50}, "short"),
        ({"carries": 97, "long": 95, "short": 98}, "even"),
        ({"long": 10}, "even"),
        ({}, "even"),
    ],
)
def test_the_hardest_kind_is_worse_than_the_best_by_more_than_chance(right, kind):
    kinds = {name: np.arange(100) < count for name, count in right.items()}
    assert calculator_quiz.hardest(kinds) == kind


@pytest.mark.parametrize(
    ("units", "leading", "first"),
    [
        ([0.5, 0.95], [0.2, 0.3], "units"),
        ([0.5, 0.6], [0.95, 0.97], "leading"),
        ([0.5, 0.95], [0.2, 0.95], "together"),
        ([0.5, 0.6], [0.2, 0.3], "neither"),
    ],
)
def test_the_digit_that_is_learned_first(units, leading, first):
    assert calculator_quiz.first_learned({"units": units, "leading": leading}) == first


def test_shares_by_length_become_a_grid_with_holes():
    grid = by_lengths({"1+2": 0.5, "2+2": 1.0, "1*1": 0.1}, "+")
    assert np.array_equal(grid, [[np.nan, 0.5], [np.nan, 1.0]], equal_nan=True)


def test_what_a_run_learns_follows_from_its_settings():
    assert learned_by(CalculatorConfig(digits=4, operations="+-*")) == {"+": 4, "-": 4, "*": 3}
    assert learned_by(CalculatorConfig(digits=1, operations="*")) == {"*": 1}


def test_when_the_recorded_recipe_was_first_as_good():
    assert questions_to(CLASSIC, 0.4) == 2000
    assert questions_to(CLASSIC, 0.95) is None
