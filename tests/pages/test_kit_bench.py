"""The kit's bench and predictions, and runs as they are compared."""

from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.events import Epoch, Finished, Started
from core.figures import style
from tests.browser.kit.experiment import SAMPLE, KitConfig, find
from tests.pages.kit_page import FAST, page, press, status
from tests.pages.lesson import checked, engine_fixture, tables, until, url
from ui.components.charts import _SWAPS
from ui.notices import significant
from ui.runs.results.bench import run_name, run_table
from ui.runs.run import Run, Steps

engine = engine_fixture(find)


def test_the_bench_keeps_the_visit_s_runs_and_pins_one():
    at = page(seed="33", epochs="3", **FAST)
    press(at, "train")
    until(at, lambda at: status(at).startswith("Finished"))
    first = url(at)["job"]
    at.button_group(key="kit.cell").set_value("gru")
    checked(at.run())
    press(at, "train")
    until(at, lambda at: tables(at) and len(tables(at)[0]) == 2)
    table = tables(at)[0]
    assert list(table["Cell"]) == ["LSTM", "GRU"]
    assert list(table["Weights"]) == [1064, 1064]
    pin = at.selectbox(key="kit.pin")
    assert pin.options[0] == "none"
    assert pin.options[1].startswith("Run 1, Cell LSTM")
    checked(pin.set_value(first).run())
    checked(at.run())
    assert url(at)["pin"] == first


@pytest.mark.parametrize(
    ("answer", "reply"),
    [
        ("weights", "Yes, as you said. Each step makes it a little smaller."),
        (
            "both",
            "Your run shows otherwise: The weights to learn, and not the variance that is kept. "
            "Each step makes it a little smaller.",
        ),
    ],
)
def test_a_prediction_is_graded_against_the_visitor_s_run(answer, reply):
    at = page(seed="34", epochs="2", **FAST)
    question = at.radio(key="linear_autoencoder.doubled.answer")
    assert question.value is None
    checked(question.set_value(answer).run())
    assert not at.success
    press(at, "train")
    until(at, lambda at: status(at).startswith("Finished"))
    assert reply in [s.value for s in (*at.success, *at.info)]
    checked(at.run())
    assert at.radio(key="linear_autoencoder.doubled.answer").disabled


def in_another_language():
    """A question and a choice whose words change with the language."""
    import streamlit as st

    from ui.runs.quiz import ask
    from ui.state.widgets import in_new_words, place_of
    from ui.texts import language

    french = language() == "fr"
    words = {"up": "Elle monte." if french else "It rises.", "down": "Elle descend."}
    if french:  # what a browser sends that goes back to a page from before the switch
        st.session_state["question"] = "It rises."
    ask("question", "Which way?", words)
    index = place_of(in_new_words("choice", words, "up"), words)
    st.selectbox("Which?", list(words), index, format_func=words.__getitem__, key="choice")


def test_what_is_chosen_outlives_its_words():
    at = AppTest.from_function(in_another_language)
    at.query_params["lang"] = "en"
    checked(at.run())
    at.radio(key="question").set_value("up")
    at.selectbox(key="choice").set_value("down")
    checked(at.run())
    at.query_params["lang"] = "fr"
    checked(at.run())
    assert at.radio(key="question").value == "up"
    choice = at.selectbox(key="choice")
    assert choice.value == "down" and choice.proto.set_value  # told to the browser again
    assert not checked(at.run()).selectbox(key="choice").proto.set_value


# --- the parts by themselves ---


def run_of(job_id, cell, valid, changes=()):
    epochs = tuple(
        Epoch(n, 5 * n, 0.5 * n, {"valid_loss": v}, {"w": np.ones(3)}, {"sample": SAMPLE})
        for n, v in enumerate(valid, start=1)
    )
    steps = Steps(np.arange(1, 4), np.arange(3) / 5, np.arange(3) / 10, {"loss": np.ones(3)})
    return Run(
        job_id,
        "kit",
        KitConfig(cell=cell),
        "finished",
        0,
        True,
        Started("kit", {}, 1064, 10, len(valid)),
        steps,
        epochs,
        epochs[-1],
        changes,
        Finished({"valid_loss": valid[-1]}, {"w": np.ones(3)}, {"train.py": b"x"}),
    )


def test_the_table_shows_only_settings_that_differ():
    runs = [run_of("a", "lstm", [2.0, 1.0]), run_of("b", "gru", [1.5])]
    table = run_table(runs, {"valid_loss": "loss"})
    assert table == [
        {
            "Run": 1,
            "Cell": "LSTM",
            "Weights": 1064,
            "Epochs done": 2,
            "Training (s)": 1.0,
            "loss": 1.0,
        },
        {
            "Run": 2,
            "Cell": "GRU",
            "Weights": 1064,
            "Epochs done": 1,
            "Training (s)": 0.5,
            "loss": 1.5,
        },
    ]
    assert run_name(runs[1], runs) == "Run 2, Cell GRU"


def test_a_light_run_keeps_the_curve_and_drops_what_is_heavy():
    light = run_of("a", "lstm", [2.0, 1.0]).light()
    epochs, values = light.by_epoch("valid_loss")
    assert (epochs.tolist(), values.tolist()) == ([1, 2], [2.0, 1.0])
    assert all(not e.arrays and not e.texts for e in (*light.epochs, light.at))
    assert light.finished and not light.finished.arrays
    assert not light.finished.files
    assert light.finished.metrics == {"valid_loss": 1.0}


def test_where_an_epoch_kept_no_weights_the_one_before_it_that_did_is_taken():
    run = run_of("a", "lstm", [4.0, 3.0, 2.0, 1.0])
    kept = {"weights/code": np.ones(2)}
    epochs = tuple(
        replace(e, arrays=kept if e.epoch in (2, 4) else {"w": np.ones(3)}) for e in run.epochs
    )

    def at(number):
        return replace(run, epochs=epochs, chosen=epochs[number - 1], finished=None)

    shown = [at(number).with_weights().at.epoch for number in (1, 2, 3, 4)]
    assert shown == [1, 2, 2, 4]
    assert at(3).with_weights().weights().keys() == {"code"}


@pytest.mark.parametrize(("count", "left"), [(0, 0), (1, 1), (600, 600), (601, 301), (1801, 451)])
def test_thinned_steps_keep_the_first_and_the_last(count, left):
    all_steps = np.arange(1, count + 1)
    thin = Steps(all_steps, all_steps / 9, all_steps / 7, {"loss": 1.0 / all_steps}).thinned()
    assert len(thin) == left
    assert thin.step.tolist()[:1] == all_steps.tolist()[:1]
    assert thin.step.tolist()[-1:] == all_steps.tolist()[-1:]
    assert np.array_equal(thin["loss"], 1.0 / thin.step)


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "0"), (2.0, "2"), (1.2345, "1.23"), (1234.5, "1,234"), (-0.00123456, "-0.00123")],
)
def test_numbers_have_three_significant_digits(value, said, monkeypatch):
    monkeypatch.setattr("ui.texts.language", lambda: "en")
    assert significant(value) == said


def test_each_colour_of_a_theme_has_one_counterpart_in_the_other():
    to_dark, to_light = _SWAPS["dark"], _SWAPS["light"]
    for colour in (*style.COLOURS["light"].values(), style.PAGE["light"], style.INK["light"]):
        assert to_light[to_dark[colour]] == colour


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("started", "run a has not begun"),
        ("at", "no epoch of run a has ended"),
        ("result", "run a has no result"),
    ],
)
def test_what_a_run_has_not_said_yet_is_missed_in_a_sentence(name, missing):
    waiting = replace(run_of("a", "lstm", [1.0]), start=None, epochs=(), chosen=None, finished=None)
    with pytest.raises(ValueError, match=f"^{missing}$"):
        getattr(waiting, name)
