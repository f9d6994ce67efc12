"""The lesson on gradient flow by AppTest: the instrument computes, a run without Keras trains."""

import base64
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.events import Epoch
from pages.recurrent.gradient_flow.contributions import _shares
from pages.recurrent.gradient_flow.quiz import QUESTIONS, horizon_at_start
from pages.recurrent.gradient_flow.start import GradientStart, matrices, measure
from pages.recurrent.gradient_flow.training import rows
from tests import recorded
from tests.pages.lesson import (
    check_quiz,
    checked,
    downloads,
    engine_fixture,
    figure,
    numbers,
    opened,
    run_of,
    tables,
    title,
    until,
    url,
)

PAGE = Path(__file__).resolve().parents[3] / "pages" / "recurrent" / "gradient_flow" / "page.py"
QUICK = {"span": "30", "width": "8"}


EPOCHS = recorded.epochs("gradient-flow", "three")


def find(name):
    """The recorded run; without clipping, the RNN's weights are lost at its first epoch."""
    known = recorded.find(name)

    def run(config, control):
        for event in known.run(config.replace(clip_norm=1.0), control):
            if isinstance(event, Epoch) and config.clip_norm == 0:
                event = replace(event, metrics={**event.metrics, "rnn_diverged": 1.0})
            yield event

    return replace(known, run=run)


engine = engine_fixture(find)


def page(**params):
    return opened(PAGE, **params)


def names(at, key):
    return [trace["name"] for trace in figure(at, key)["data"] if trace.get("name")]


def trained(**params):
    at = page(**QUICK, epochs="3", length="30", **params)
    checked(at.button(key="gradient-flow.train").click().run())
    return until(at, lambda at: "Keras code" in downloads(at))


@pytest.mark.parametrize(
    ("lang", "head", "button", "claim", "asked"),
    [
        (
            "en",
            "Now train all three",
            "1\u2002Open the forget gate",
            "To learn that something",
            "Curve B reaches furthest back. Which cell is it?",
        ),
        (
            "fr",
            "Entraînez les trois",
            "1\u2002Ouvrez la porte d’oubli",
            "Pour apprendre que",
            "La courbe B remonte le plus loin. Quelle cellule est-ce\u00a0?",
        ),
    ],
)
def test_the_page_in_both_languages_asks_before_it_tells(lang, head, button, claim, asked):
    at = page(lang=lang)
    assert at.header[0].value == head and len(at.header) == 4
    assert at.button(key="steps.gradient-flow.0").label == button
    assert any(m.value.startswith(claim) for m in at.markdown)
    assert at.radio[0].label == asked  # over the curves, in place of their title
    assert title(at, "gradient_flow.curves") == ""
    assert set(names(at, "gradient_flow.curves")) == {"A", "B", "C"}
    drawn = figure(at, "gradient_flow.curves")
    letters = [trace["text"][0] for trace in drawn["data"] if trace.get("text")]
    assert letters == ["<b>A</b>", "<b>B</b>", "<b>C</b>"]  # each on its own curve
    said = {note["text"] for note in drawn["layout"]["annotations"]}
    reach = measure(GradientStart())["rnn"].horizon
    assert {"en": f"<b>B: {reach} steps</b>", "fr": f"<b>B\u00a0: {reach} pas</b>"}[lang] in said
    assert not at.metric
    checked(at.button(key="gradient_flow.show").click().run())
    assert {"RNN", "LSTM", "GRU"} <= set(names(at, "gradient_flow.curves"))


def test_the_answer_surprises_and_names_the_curves():
    at = page()
    at.radio(key="gradient_flow.first").set_value("lstm")
    checked(at.run())
    (said,) = [i.value for i in at.info if i.value.startswith("The curves show otherwise: RNN.")]
    found = measure(GradientStart())
    reach = [found[cell].horizon or 100 for cell in ("rnn", "lstm_cell", "lstm", "gru")]
    assert reach == sorted(set(reach), reverse=True)
    for cell in ("rnn", "lstm", "lstm_cell", "gru"):
        assert f" {found[cell].horizon} " in said or f" {found[cell].horizon})" in said
    assert title(at, "gradient_flow.curves") == (
        f"The RNN carries the gradient furthest: {found['rnn'].horizon} steps"
    )
    assert [m.value for m in at.metric] == [
        f"{found[cell].horizon} steps" for cell in ("rnn", "lstm", "gru")
    ]
    at.radio(key="gradient_flow.first").set_value("rnn")
    checked(at.run())
    assert any(s.value.startswith("Yes, as you said.") for s in at.success)


def test_the_forget_bias_opens_the_lstm_and_is_in_the_url():
    at = page(forget_gate="3")
    assert at.metric[1].label == "LSTM: above 1% over"
    assert at.metric[1].value == "all 100 steps"
    assert title(at, "gradient_flow.curves") == "The gradient reaches the first step: LSTM"
    assert {"LSTM, ∏ F", "GRU, ∏ Z"} <= set(names(at, "gradient_flow.curves"))
    two_paths = [
        c.value for c in at.caption if c.value.startswith("At the first step: through $F$ alone")
    ]
    assert "0.0087 of" in two_paths[0] and "in all, 11." in two_paths[0]
    checked(at.button(key="steps.gradient-flow.1").click().run())
    assert url(at)["update_gate"] == "3.0"
    assert [m.value for m in at.metric][1:] == ["all 100 steps"] * 2
    checked(at.button(key="steps.gradient-flow.5").click().run())
    assert "forget_gate" not in url(at)


@pytest.mark.slow
def test_exploding_is_shown_and_what_overflows_is_said():
    at = page(**QUICK)
    checked(at.button(key="steps.gradient-flow.3").click().run())
    assert title(at, "gradient_flow.curves") == "The gradient explodes on its way back: RNN"
    at = page(span="500", scale="5", initialisation="identity", activation="linear", width="8")
    (warning,) = [w.value for w in at.warning if "floating point" in w.value]
    lost = measure(
        GradientStart(span=500, scale=5, initialisation="identity", activation="linear", width=8)
    )
    count, steps = lost["rnn"].lost
    assert (
        warning.startswith(f"RNN: in {count} of 20 starts") and f", first {steps} steps" in warning
    )


def test_the_matrices_are_told_as_they_are():
    start = GradientStart(initialisation="identity", scale=0.9, width=8, span=20)
    assert matrices(start) == {c: (pytest.approx(0.9), pytest.approx(0.9)) for c in matrices(start)}
    at = page(initialisation="identity", scale="0.9", width="8", span="20")
    assert any("spectral radius 0.9, largest singular value 0.9" in c.value for c in at.caption)
    bound = next(
        trace
        for trace in figure(at, "gradient_flow.curves")["data"]
        if trace.get("name") == "bound of the RNN"
    )
    heights = np.frombuffer(base64.b64decode(bound["y"]["bdata"]))
    np.testing.assert_allclose(heights, 0.9 ** np.arange(20)[::-1])


def test_the_figures_below_follow_the_instrument():
    at = page(**QUICK)
    assert names(at, "gradient_flow.jacobians")[-1] == "bound"
    assert any("clipped at 1, everything is multiplied by" in m.value for m in at.markdown)
    at.segmented_control(key="gradient_flow.cell").set_value("lstm")
    at.segmented_control(key="gradient_flow.contributions_as").set_value("map")
    checked(at.run())
    assert names(at, "gradient_flow.jacobians") == ["largest", "median", "smallest", "the gradient"]
    assert len(figure(at, "gradient_flow.map")["data"]) == 3


def test_shares_of_later_losses_sum_to_one():
    norms = np.triu(np.random.default_rng(0).random((80, 80))).T
    shares = _shares(norms)
    np.testing.assert_allclose(shares.sum(0), 1)
    column = norms[:, 10]
    assert shares[1, 10] == pytest.approx(column[11:13].sum() / column.sum())
    assert shares[-1, 10] == pytest.approx(column[61:].sum() / column.sum())


def test_a_run_is_drawn_scrubbed_graded_and_taken_away():
    at = trained()
    assert title(at, "gradient_flow.maps").startswith("Epoch 3: ")
    maps = figure(at, "gradient_flow.maps")["data"]
    shown = [numbers(one["z"]) for one in maps]
    for drawn, key in zip(
        shown, ("rnn_hidden", "lstm_hidden", "lstm_cell", "gru_hidden"), strict=True
    ):
        curves = [EPOCHS[0].arrays[f"start_{key}"], *(epoch.arrays[key] for epoch in EPOCHS)]
        np.testing.assert_allclose(drawn, np.log10(curves), rtol=1e-4)
    check_quiz(at, QUESTIONS, run_of("gradient-flow", "three"))
    key = next(k for s in at.select_slider if (k := str(s.key)).startswith("gradient-flow.epoch."))
    at.select_slider(key=key).set_value(1)
    checked(at.run())
    checked(at.run())
    steps = {c: EPOCHS[0].metrics[f"{c}_horizon_steps"] for c in ("rnn", "lstm", "gru")}
    if max(steps.values()) < 30:
        told = ", ".join(f"{c.upper()} {n:.0f}" for c, n in steps.items())
        said = f"steps until it falls below 1%: {told}"
    else:
        whole = ", ".join(c.upper() for c, n in steps.items() if n == 30)
        said = f"the gradient reaches the first step in {whole}"
    assert title(at, "gradient_flow.maps") == f"Epoch 1: {said}"
    assert len(tables(at)) == 1


def test_what_has_exploded_in_training_is_said():
    at = trained(clip_norm="0")
    assert any(w.value.startswith("RNN: its weights have overflowed") for w in at.warning)


@pytest.mark.parametrize(("times", "answer"), [(0.5, "less"), (1.0, "same"), (1.5, "further")])
def test_grades_of_runs_that_went_otherwise(times, answer):
    run = run_of("gradient-flow", "three")
    start = horizon_at_start(run)
    ends = {"lstm_horizon_steps": times * start, "gru_test_rmse": 0.0}
    assert run.finished is not None
    finished = replace(run.finished, metrics={**run.finished.metrics, **ends})
    run = replace(run, finished=finished)
    best, moves = (question.grade(run)[0] for question in QUESTIONS)
    assert (best, moves) == ("gru", answer)


def test_the_map_begins_with_the_start():
    epochs, values = rows(run_of("gradient-flow", "three"), "gru_hidden")
    assert epochs == [0, 1, 2, 3] and values.shape == (4, 30)
