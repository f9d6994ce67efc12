"""The lesson of the small cell by AppTest; what the browser may send, word for word."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest

from pages.recurrent.cell import quiz as cell_quiz
from pages.recurrent.cell.settings import CellSettings
from pages.recurrent.cell.takeaway import table_csv
from tests.pages.lesson import checked, component, downloads, opened, url

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "pages" / "recurrent" / "cell" / "page.py"
RANDOM = {"preset": "random", "output": "linear"}


def page(**params):
    return opened(PAGE, **params)


def diagram(at):
    return component(at, "cell.diagram")


def row(at, name):
    return next(r for r in diagram(at)["rows"] if r["name"] == name)


def texts(at):
    kinds = (at.markdown, at.caption, at.success, at.info, at.warning, at.error)
    return " ".join(element.value for kind in kinds for element in kind)


def outputs(at):
    return [values[0] for values in row(at, "output")["values"]]


# ---- the page ----


def test_the_page_opens_on_a_latch_that_works():
    at = page(lang="en")
    assert [round(o) for o in outputs(at)] == [0, 1, 1, 1, 1, 0, 0, 0, 1, 1]
    assert "These weights make a latch" in texts(at)
    assert at.text_input(key="cell.sequence").value == "0 1 0 0 0 -1 0 0 1 0"


def test_the_french_page_says_the_same_in_french():
    at = page(lang="fr")
    assert outputs(at) == outputs(page(lang="en"))
    assert "Ces poids font une bascule" in texts(at)
    said = diagram(at)
    assert (said["words"]["play"], said["words"]["point"]) == ("Dérouler", ",")
    assert row(at, "forget_gate")["label"] == "porte d’oubli"
    assert said["names"][1] == "W_F de l’unité 1"
    assert at.segmented_control(key="cell_settings.forget_gate").label == "Porte d’oubli"


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("preset", ["latch", "remember", "count", "forget", "random"])
def test_every_cell_and_preset_is_shown(lang, cell, preset):
    at = page(lang=lang, cell=cell, preset=preset)
    said = diagram(at)
    assert said["cell"] == cell
    assert said["names"] and len(said["names"]) == len(said["weights"])
    assert len(said["formulas"]) == said["units"]
    assert not at.warning and not at.error


def test_a_typed_sequence_is_read_and_stands_in_the_url():
    at = page(lang="en", preset="count", cell="rnn")
    checked(at.text_input(key="cell.sequence").set_value("1; 1; 0; 1").run())
    assert outputs(at) == [1, 2, 2, 3]
    assert url(at)["sequence"] == "1 1 0 1"


def test_a_sequence_that_is_none_is_told_and_nothing_changes():
    at = page(lang="en")
    before = outputs(at)
    checked(at.text_input(key="cell.sequence").set_value("1 2 drei").run())
    assert [e.value.replace("\\", "") for e in at.error] == [
        "The sequence is made of numbers, such as 0 1 0.5 −1; “drei” is not one. "
        "The sequence is as it was."
    ]
    assert outputs(at) == before
    assert at.text_input(key="cell.sequence").value == "0 1 0 0 0 -1 0 0 1 0"
    checked(at.run())
    assert not at.error


def test_another_preset_brings_its_own_width_and_drops_what_was_changed():
    at = page(lang="en", weights="1~3", forget_gate="open", sequence="1 0")
    checked(at.selectbox(key="cell_settings.preset").select("remember").run())
    assert diagram(at)["units"] == 2
    assert url(at) == {"lang": "en", "preset": "remember", "units": "2", "output": "linear"}
    np.testing.assert_allclose(outputs(at), 0.8, atol=0.01)


def test_another_width_draws_random_weights_for_the_same_sequence():
    at = page(lang="en")
    checked(at.slider(key="cell_settings.units").set_value(3).run())
    assert diagram(at)["units"] == 3
    assert url(at)["preset"] == "random"
    assert at.text_input(key="cell.sequence").value == "0 1 0 0 0 -1 0 0 1 0"


def test_another_cell_has_its_own_gate_in_the_strip():
    at = page(lang="en", forget_gate="shut")
    checked(at.segmented_control(key="cell_settings.cell").set_value("gru").run())
    assert diagram(at)["cell"] == "gru"
    assert at.segmented_control(key="cell_settings.update_gate").label == "Update gate"
    assert "forget_gate" not in url(at)


def test_holding_the_forget_gate_shut_empties_the_cell():
    at = page(lang="en", preset="remember", units="2", output="linear")
    assert outputs(at)[-1] == pytest.approx(0.8, abs=0.01)
    checked(at.segmented_control(key="cell_settings.forget_gate").set_value("shut").run())
    assert diagram(at)["held"] == {"forget_gate": "shut"}
    assert row(at, "forget_gate")["values"][0] == [0, 0]
    assert outputs(at)[-1] == pytest.approx(0, abs=0.01)
    assert diagram(at)["formulas"][0][0]["parts"] == []
    figure = json.loads(component(at, "cell.outputs")["figure"])
    assert [line["name"] for line in figure["data"]] == ["gates free", "now"]
    assert figure["data"][0]["y"][-1] == pytest.approx(0.8, abs=0.01)


def test_relu_stands_beside_tanh():
    at = page(lang="en", cell="rnn", preset="count")
    figure = json.loads(component(at, "cell.outputs")["figure"])
    assert [line["name"] for line in figure["data"]] == ["with tanh", "now"]
    assert figure["data"][1]["y"][-1] == 6
    assert figure["data"][0]["y"][-1] < 1
    checked(at.segmented_control(key="cell_settings.activation").set_value("tanh").run())
    assert outputs(at)[-1] < 1
    assert url(at)["preset"] == "count"


def test_a_weight_on_the_slider_changes_cell_and_url_at_once():
    at = page(lang="en", cell="rnn", preset="forget")
    slider = next(s for s in at.slider if str(s.key).startswith("cell.slid"))
    assert (slider.label, slider.value) == ("Its value", 1)
    checked(slider.set_value(2.0).run())
    assert url(at)["weights"] == "0~2"
    assert outputs(at)[:2] == [2, 1]
    checked(at.button(key="cell.restore").click().run())
    assert outputs(at)[:2] == [1, 0.5]
    assert "weights" not in url(at)


def test_a_pinned_output_stays_beside_the_next_one():
    at = page(lang="en", preset="forget", units="1", output="linear")
    first = outputs(at)
    checked(at.button(key="cell.pin").click().run())
    checked(at.text_input(key="cell.sequence").set_value("0 1 0").run())
    figure = json.loads(component(at, "cell.outputs")["figure"])
    assert [line["name"] for line in figure["data"]] == ["pinned", "now"]
    np.testing.assert_allclose(figure["data"][0]["y"], first, atol=1e-5)
    checked(at.button(key="cell.unpin").click().run())
    figure = json.loads(component(at, "cell.outputs")["figure"])
    assert [line["name"] for line in figure["data"]] == ["now"]


def test_a_link_brings_everything_back():
    link = {
        "lang": "en",
        "cell": "gru",
        "units": "2",
        "update_gate": "open",
        "draw": "7",
        "sequence": "1 -2 0.5",
        "weights": "0~0.25_3~-1.5",
        "at": "3",
        "unit": "2",
        "show": "gradients",
        **RANDOM,
    }
    at = page(**link)
    said = diagram(at)
    assert (said["at"], said["unit"], said["show"]) == (2, 1, "gradients")
    assert said["weights"][0] == 0.25 and said["weights"][3] == -1.5
    assert [v[0] for v in row(at, "input")["values"]] == [1, -2, 0.5]
    assert said["held"] == {"update_gate": "open"}
    assert url(at) == link


def test_a_link_keeps_what_differs_from_its_preset():
    at = page(lang="en", cell="rnn", preset="count")
    checked(at.segmented_control(key="cell_settings.activation").set_value("tanh").run())
    assert url(at)["activation"] == "tanh"
    again = page(**url(at))
    assert diagram(again)["activation"] == "tanh"
    assert outputs(again) == outputs(at)
    checked(at.segmented_control(key="cell_settings.activation").set_value("relu").run())
    assert outputs(page(**url(at)))[-1] == 6


@pytest.mark.parametrize(
    ("params", "told"),
    [
        (
            {"sequence": "1 x"},
            "The sequence is made of numbers, such as 0 1 0.5 −1; “x” is not one.",
        ),
        (
            {"weights": "99~1"},
            "The link names a weight that this cell does not have, or one beyond ±200.",
        ),
        ({"units": "9"}, "units must be a whole number from 1 to 4, not '9'."),
    ],
)
def test_a_broken_link_is_told_and_the_default_used(params, told):
    at = page(lang="en", **params)
    assert [w.value.replace("\\", "") for w in at.warning] == [f"{told} The default is used."]
    assert [round(o) for o in outputs(at)] == [0, 1, 1, 1, 1, 0, 0, 0, 1, 1]


def test_markup_in_a_link_stays_text():
    at = page(lang="en", sequence="<b>**x**</b>")
    assert "\\*\\*x\\*\\*" in at.warning[0].value


def test_the_class_view_folds_the_text():
    at = page(lang="en", view="class")
    assert any(e.label == "What this is about" for e in at.expander)
    assert diagram(at)["steps"] == 10


# ---- the questions ----


def answer(at, key, value):
    return checked(at.radio(key=key).set_value(value).run())


def test_an_open_forget_gate_keeps_everything():
    at = page(lang="en", sequence="1 0.5 0 0")
    answer(at, "cell.first.lstm", "none")
    assert "Your cell shows otherwise: all of it." in texts(at)
    assert "your cell keeps 1 with F held at 1" in texts(at)
    answer(at, "cell.first.lstm", "all")
    assert "Yes, as you said." in at.success[0].value


def test_an_open_update_gate_reads_nothing():
    at = page(lang="en", cell="gru")
    answer(at, "cell.first.gru", "copies")
    assert "Your cell shows otherwise: It stays where it was and reads nothing" in texts(at)


def test_relu_is_judged_by_the_visitors_own_cell():
    at = page(lang="en", cell="rnn", preset="count")
    answer(at, "cell.first.rnn", "relu")
    assert "The largest h of your cell is 6 with ReLU" in at.success[0].value
    checked(at.text_input(key="cell.sequence").set_value("0 0").run())
    assert "Your cell shows otherwise: With both alike. " in at.info[0].value


def test_the_input_that_counts_is_found_by_the_gradient():
    at = page(lang="en", preset="remember", units="2", output="linear")
    answer(at, "cell.second", "last")
    assert "Your cell shows otherwise: the first one." in texts(at)
    checked(at.selectbox(key="cell_settings.preset").select("forget").run())
    assert "Yes, as you said." in at.success[0].value


@pytest.mark.parametrize(
    ("slopes", "found"),
    [
        ([0, 0, 2.0], "last"),
        ([-3, 0, 2.0], "first"),
        ([0.1, 5, 2.0], "between"),
        ([1, -1.1, 1.2], "all"),
        ([0, 0, 0], "none"),
        ([2.0], "last"),
    ],
)
def test_the_reach_of_a_gradient(slopes, found):
    assert cell_quiz.grade_reach(np.array(slopes, float))[0] == found


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"cell": "rnn", "sequence": "0 0"}, "same"),
        ({"cell": "rnn", "sequence": "0.9"}, "relu"),
        ({"cell": "rnn", "sequence": "1 1"}, "relu"),
    ],
)
def test_the_activations_answer(changes, found):
    config = CellSettings(preset="count", activation="relu", output="linear", **changes)
    assert cell_quiz.grade_activation(config)[0] == found


# ---- what is taken away ----


def test_the_csv_holds_every_gate_at_every_step():
    config = CellSettings(
        cell="gru", units=2, preset="random", output="linear", sequence="1 0.5 -1"
    )
    reading = config.model().read(config.numbers)
    read = list(csv.DictReader(io.StringIO(table_csv(reading))))
    assert [r["step"] for r in read] == ["1", "2", "3"]
    assert [float(r["input"]) for r in read] == [1, 0.5, -1]
    for t, r in enumerate(read):
        for name, values in reading.trace.steps.items():
            for unit in range(2):
                assert float(r[f"{name}_{unit + 1}"]) == pytest.approx(values[t, unit], abs=1e-7)
    slopes = [float(r["gradient_of_last_output"]) for r in read]
    np.testing.assert_allclose(slopes, reading.gradients().inputs[:, 0], atol=1e-7)


def test_code_and_numbers_can_be_taken():
    labels = downloads(page(lang="en"))
    assert labels == ["Keras code", "Numbers"]
