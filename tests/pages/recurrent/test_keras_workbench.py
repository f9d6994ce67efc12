"""The Keras workbench by AppTest: building, what is wrong with a stack, a run without Keras."""

import json
import time
from pathlib import Path

import numpy as np
import pytest

from core.data import fetch
from core.events import Epoch, Finished, Started, Step
from core.experiments import Experiment
from core.experiments.keras_model.config import KerasModelConfig
from core.numeric.recurrent.stack.code import summary_script
from core.numeric.recurrent.stack.notation import PRESETS, parse
from core.numeric.recurrent.stack.shapes import count_params
from core.numeric.recurrent.stack.summary import summary
from pages.recurrent.keras_workbench import quiz as workbench_quiz
from pages.recurrent.keras_workbench import training as workbench_training
from tests.pages.lesson import (
    checked,
    component,
    downloads,
    engine_fixture,
    is_drawn,
    opened,
    tables,
    until,
    url,
)
from ui.notices import plain

PAGE = Path(__file__).resolve().parents[3] / "pages" / "recurrent" / "keras_workbench" / "page.py"
WRONG = "embedding:9:4,lstm:8,gru:8,dense:10"
SENTENCE = (
    "Layer 3, GRU, needs a sequence, (batch, time, features), but gets (None, 8): layer 2, LSTM, "
    "hands on only its last state. Give layer 2 return_sequences=True."
)
DIGITS = {"classes": "\n".join("0123456789")}
BASELINES = {"baseline_majority": 0.1, "baseline_logistic": 0.9}


def run(config, control):
    params = count_params(config.layers)
    yield Started("keras-model", config.to_dict(), params, 4, 2, BASELINES)
    for epoch in (1, 2):
        for step in (1, 2):
            number = 2 * (epoch - 1) + step
            yield Step(number, number / 2, 0.1 * number, {"train_loss": 2.0 / number})
        metrics = {"train_loss": 1.0, "valid_loss": 1.1 / epoch, "accuracy": 0.45 * epoch + 0.055}
        yield Epoch(
            epoch, 2 * epoch, 0.2 * epoch, metrics, {"confusion": np.eye(10, dtype=int)}, DIGITS
        )
    files = {"model.keras": b"keras", "train.py": b"print('trained')\n"}
    yield Finished({**metrics, **BASELINES, "params": params, "train_s": 0.4}, {}, files)


def find(name):
    """The experiment, whatever the name."""
    return Experiment(name, "A stack without Keras", KerasModelConfig, run)


engine = engine_fixture(find)


@pytest.fixture(autouse=True)
def on_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr(fetch, "folders", lambda: [tmp_path])


def page(**params):
    return opened(PAGE, **params)


def drawn(at):
    """What the server sent to the diagram."""
    found = [e.proto for e in at.get("bidi_component") if "workbench.diagram" in e.proto.id]
    assert len(found) == 1
    return json.loads(found[0].json)


def line(at):
    return at.text_input(key="workbench.line").value


def codes(at):
    """What stands in the boxes of code, whose pieces are coloured."""
    keys = "keras_workbench.summary", "keras_workbench.script"
    return [
        "".join(text for _kind, text in component(at, key)["pieces"])
        for key in keys
        if is_drawn(at, key)
    ]


def press(at, name):
    return checked(at.button(key=f"workbench.{name}").click().run())


@pytest.mark.parametrize(
    ("lang", "heads", "about"),
    [
        (
            "en",
            ["On paper: what Keras prints, and the code", "Train it on a small task"],
            "Three g",
        ),
        (
            "fr",
            ["Sur le papier : ce que Keras affiche, et le code", "Entraînez-le vous-même"],
            "Trois portes",
        ),
    ],
)
def test_the_page_in_both_languages(lang, heads, about):
    at = page(lang=lang)
    for head, said in zip(heads, at.header, strict=True):
        assert said.value.replace("\xa0", " ").startswith(head)
    data = drawn(at)
    assert data["layers"][data["selected"]]["about"].startswith(about)
    assert not at.warning
    assert not at.error


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_shows_the_course_s_model_its_summary_and_its_code(name):
    at = page()
    checked(at.button_group(key="workbench.preset").set_value(name).run())
    layers = parse(PRESETS[name])
    assert codes(at) == [summary(layers).rstrip(), summary_script(layers).rstrip()]
    assert line(at) == PRESETS[name]
    assert url(at).get("stack", PRESETS["lstm"]) == PRESETS[name]
    said = [info.value for info in at.info]
    assert any("slide shows another table" in value for value in said) == (name == "deep")
    two = any("74,496" in m.value for m in at.markdown)
    assert two == (name in ("gru", "deep"))


def test_the_diagram_has_formulas_shapes_and_weights():
    data = drawn(page())
    lstm = data["layers"][1]
    assert lstm["worked"] == "4 × (64 × 128 + 128 × 128 + 128) = 98,816"
    assert lstm["formula"] == "4 × (D × U + U × U + U)"
    assert [(w["name"], w["shape"]) for w in lstm["weights"]] == [
        ("kernel", [64, 512]),
        ("recurrent_kernel", [128, 512]),
        ("bias", [512]),
    ]
    assert lstm["weights"][1]["blocks"] == ["U_I", "U_F", "U_c", "U_O"]
    assert [tensor["shape"] for tensor in data["tensors"]] == [
        "(batch, time)",
        "(batch, time, 64)",
        "(batch, 128)",
        "(batch, 10)",
    ]
    assert sum(layer["share"] for layer in data["layers"]) == pytest.approx(1)


def test_a_layer_is_edited_moved_removed_and_added():
    at = page()
    checked(at.number_input(key="workbench.units").set_value(32).run())
    assert line(at) == "embedding:1000:64,lstm:32,dense:10"
    checked(at.selectbox(key="workbench.kind").set_value("gru").run())
    checked(at.toggle(key="workbench.bidirectional").set_value(True).run())
    checked(at.toggle(key="workbench.reset_after").set_value(True).run())
    assert line(at) == "embedding:1000:64,gru:32:bidirectional:reset_after,dense:10"
    press(at, "add_dropout")
    assert drawn(at)["selected"] == 2
    checked(at.slider(key="workbench.rate").set_value(0.4).run())
    press(at, "up")
    assert line(at) == "embedding:1000:64,dropout:0.4,gru:32:bidirectional:reset_after,dense:10"
    assert url(at)["stack"] == line(at)
    assert drawn(at)["selected"] == 1
    press(at, "remove")
    assert line(at) == "embedding:1000:64,gru:32:bidirectional:reset_after,dense:10"
    press(at, "add_dense")
    checked(at.selectbox(key="workbench.activation").set_value("tanh").run())
    assert line(at) == ("embedding:1000:64,dense:32:tanh,gru:32:bidirectional:reset_after,dense:10")


def test_a_wrong_stack_gets_reason_and_remedy_and_is_in_the_url():
    at = page()
    checked(at.text_input(key="workbench.line").set_value(WRONG).run())
    assert plain(SENTENCE) in [w.value for w in at.warning]
    assert at.button(key="keras-model.train").disabled
    assert not codes(at)
    assert url(at)["draft"] == WRONG
    data = drawn(at)
    assert [bool(layer["fault"]) for layer in data["layers"]] == [False, False, True, False]
    assert [tensor["shape"] for tensor in data["tensors"]][2:] == ["(batch, 8)", "?", "?"]
    press(at, "repair")
    assert line(at) == "embedding:9:4,lstm:8:sequences,gru:8,dense:10"
    assert not at.warning
    assert not at.button(key="keras-model.train").disabled
    assert "draft" not in url(at)
    assert url(at)["stack"] == line(at)


@pytest.mark.parametrize("param", ["stack", "draft"])
def test_a_link_to_a_wrong_stack_shows_it_and_what_is_wrong(param):
    at = page(**{param: WRONG})
    assert line(at) == WRONG
    assert plain(SENTENCE) in [w.value for w in at.warning]
    assert len([w for w in at.warning if w.value == plain(SENTENCE)]) == 1
    assert "stack" not in url(at)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("lstm:<b>", "Layer 1, LSTM: units must be a whole number from 1 to 512, not “<b>”."),
        (
            "lstn",
            "Layer 1: “lstn” is not a layer here; the layers are embedding, rnn, lstm, gru, dense, "
            "dropout.",
        ),
    ],
)
def test_a_line_that_cannot_be_read_gets_a_sentence(text, sentence):
    for at in (
        page(stack=text),
        checked(page().text_input(key="workbench.line").set_value(text).run()),
    ):
        assert plain(sentence) in [w.value for w in at.warning]
        assert drawn(at)["layers"][1]["title"] == "LSTM"
        assert codes(at)


def test_taking_every_layer_away_leaves_a_sentence():
    at = page(stack="embedding:9:4,lstm:8,dense:10")
    for _ in range(3):
        press(at, "remove")
    assert drawn(at)["layers"] == []
    assert any(w.value.startswith("There is no layer") for w in at.warning)
    press(at, "repair")
    assert line(at) == PRESETS["lstm"]


def test_a_stack_may_not_grow_without_end():
    at = page(stack="embedding:9:4" + 6 * ",dropout:0.1" + ",dense:10")
    assert len(drawn(at)["layers"]) == 8
    at = page(stack="embedding:20000:512,lstm:8,dense:10")
    assert any("at most 2,000,000 can be trained" in w.value.replace("\\", "") for w in at.warning)


def test_what_is_adapted_to_the_task_is_said():
    at = page()
    assert any("**as it is built**: 164,106 parameters" in m.value for m in at.markdown)
    config = KerasModelConfig(task="splice", stack="embedding:4:64,lstm:128,dense:10")
    assert workbench_training.adapted(config) == (
        "**Adapted to the task**: the last layer is Dense(3), not Dense(10), one output for each "
        "class; the Embedding knows 8 integers, not 4: that is how many occur. So 99,715 "
        "parameters are trained, not 100,362, on sequences of 60 integers."
    )


def test_data_that_are_not_here_are_said_and_nothing_can_be_trained():
    at = page(task="spam")
    assert any("fetch --all" in warning.value for warning in at.warning)
    assert at.button(key="keras-model.train").disabled


def trained(**params):
    at = page(**params)
    checked(at.button(key="keras-model.train").click().run())
    return until(at, lambda at: "Trained model" in downloads(at))


def test_a_run_is_graded_compared_and_taken_away():
    at = page(seed="1")
    first, second = at.radio
    first.set_value("three")
    second.set_value("below")
    checked(at.run())
    checked(at.button(key="keras-model.train").click().run())
    deadline = time.monotonic() + 120
    while "Trained model" not in downloads(at):
        assert time.monotonic() < deadline
        time.sleep(0.05)
        checked(at.run())
    assert downloads(at) == ["Table (CSV)", "Keras code", "Trained model", "Numbers"]
    assert "98,816 parameters; with twice the units, 328,704: 3.33 times" in at.success[0].value
    said = " ".join(info.value for info in at.info)
    assert "so close that the difference may be chance." in said
    assert "Your model, with 164,106 parameters: 95.5%; the logistic regression: 90%. On " in said
    row = tables(at)[0].iloc[0]
    assert row["Accuracy"] == pytest.approx(0.955)
    assert row["Logistic regression"] == pytest.approx(0.9)


@pytest.mark.slow
def test_another_stack_is_not_shown_as_the_one_that_was_trained():
    at = trained(seed="2")
    checked(at.number_input(key="workbench.units").set_value(32).run())
    notices = [info.value.replace("\\", "") for info in at.info]
    assert any(value.startswith("These curves belong to another setting") for value in notices)


@pytest.mark.parametrize(
    ("stack", "answer"),
    [
        (PRESETS["lstm"], "three"),
        ("embedding:9:512,lstm:8,dense:10", "two"),
        ("embedding:9:2,lstm:256,dense:10", "four"),
    ],
)
def test_how_a_layer_grows_is_told_by_its_formula(stack, answer):
    assert workbench_quiz.growth(parse(stack)) == answer


@pytest.mark.parametrize(
    ("accuracy", "answer"), [(0.97, "above"), (0.95, "equal"), (0.85, "equal"), (0.83, "below")]
)
def test_beside_the_linear_model(accuracy, answer):
    assert workbench_quiz.beside_linear(accuracy, 0.9, 100) == answer  # 2 × 0.03 by chance
