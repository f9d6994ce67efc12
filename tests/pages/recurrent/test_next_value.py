"""Predict the next value by AppTest: runs without Keras."""

from pathlib import Path

import numpy as np
import pytest

from core.data import uploads
from core.experiments.next_value.config import NextValueConfig
from core.experiments.next_value.generation import GenerationTask
from core.experiments.next_value.run import task_of
from core.experiments.next_value.series import SeriesTask
from core.experiments.next_value.task import BASELINES
from core.numeric.recurrent.stack.read import stack_outputs
from core.numeric.sequences.baselines import rmse
from pages.recurrent.next_value.figures import standing
from pages.recurrent.next_value.quiz import QUESTIONS, looked_at, shares, winner
from tests import recorded
from tests.pages.lesson import (
    check_quiz,
    checked,
    choices_of,
    downloads,
    engine_fixture,
    figure,
    notices,
    numbers,
    opened,
    run_of,
    until,
)

PAGE = Path(__file__).resolve().parents[3] / "pages" / "recurrent" / "next_value" / "page.py"
SINE = NextValueConfig(data="sine", length=400, window=12, horizon=8, epochs=3)
EPOCHS = recorded.epochs("next-value", "sine")


engine = engine_fixture(recorded.find)
pytestmark = pytest.mark.usefixtures("bare_machine")


def page(**params):
    return opened(PAGE, **params)


def sine(**params):
    changed = {n: str(v) for n, v in SINE.to_dict().items() if v != NextValueConfig.defaults()[n]}
    return page(**{**changed, **params})


def trained(at):
    checked(at.button(key="next-value.train").click().run())
    return until(at, lambda at: "Keras code" in downloads(at))


@pytest.mark.parametrize(
    ("lang", "train", "first", "caption"),
    [
        ("en", "Train", "(1, 2, 3, 4, 5): what comes next?", "Synthetic: these numbers"),
        ("fr", "Entraîner", "(1, 2, 3, 4, 5)\u00a0: et ensuite\u00a0?", "Synthétique"),
    ],
)
def test_the_page_in_both_languages(lang, train, first, caption):
    at = sine(lang=lang)
    assert at.button(key="next-value.train").label == train
    assert any(m.value.startswith(first) for m in at.markdown)
    assert any(c.value.startswith(caption) for c in at.caption)
    assert len(at.get("bidi_component")) == 2  # forecasts and their errors, before any press


def test_before_a_run_the_baselines_forecast_the_held_out_part():
    at = sine()
    task = task_of(SINE)
    assert isinstance(task, SeriesTask)
    choices = choices_of(at, "next_value.explore")
    assert choices["at"] == task.origins.tolist()
    assert len(choices["updates"]) == len(choices["said"]) == len(task.origins)
    last = choices["updates"][-1]
    origin = task.origins[-1]
    np.testing.assert_allclose(last["y"][0], task.values[origin - 12 : origin], rtol=1e-4)
    np.testing.assert_allclose(last["y"][1], task.values[origin : origin + 8], rtol=1e-4)
    for place, name in enumerate(BASELINES, start=2):
        np.testing.assert_allclose(last["y"][place], task.baselines[name][1][-1], rtol=1e-4)
    curves = figure(at, "next_value.errors")["data"]
    assert [c["name"] for c in curves] == ["last value", "last season", "linear equation"]
    expected = rmse(task.baselines["linear_ar"][1], task.truth(), axis=0)
    np.testing.assert_allclose(numbers(curves[2]["y"]), expected)


def test_a_run_is_drawn_beside_the_baselines_and_the_scrubber_redraws_it_all():
    at = trained(sine())
    task = task_of(SINE)
    best = task.baseline_rmse("linear_ar")
    for epoch in (EPOCHS[2], EPOCHS[0]):
        if epoch is EPOCHS[0]:
            (scrubber,) = [s for s in at.select_slider if "epoch" in s.key]
            checked(scrubber.set_value(1).run())
        forecasts = epoch.arrays["forecasts"]
        choices = choices_of(at, "next_value.explore")
        np.testing.assert_allclose(choices["updates"][5]["y"][2], forecasts[5], rtol=1e-3)
        looked = choices["updates"][5]["y"][-1]
        np.testing.assert_allclose(looked, epoch.arrays["saliency"][5], rtol=1e-3, atol=1e-4)
        curve = figure(at, "next_value.errors")["data"][0]
        assert curve["name"] == "GRU"
        expected = rmse(forecasts, task.truth(), axis=0)
        np.testing.assert_allclose(numbers(curve["y"]), expected, rtol=1e-5)
        ours = float(rmse(epoch.arrays["held_out"], task.held_out()[1]))
        words = {"wins": "the network is ahead", "loses": "the simple forecast wins"}
        assert any(words[standing(ours, best)] in m.value for m in at.markdown)
    assert any("A sine is exactly linear" in m.value for m in at.markdown)


def test_both_predictions_are_graded_by_the_run():
    check_quiz(trained(sine()), QUESTIONS, run_of("next-value", "sine"))


def test_who_wins():
    theirs = {"last_value": 3.0, "seasonal_naive": 2.0, "linear_ar": 1.0}
    assert winner(0.9, theirs) == "network"
    assert winner(1.01, theirs) == winner(0.99, theirs) == "tie"
    assert winner(1.5, theirs) == "linear_ar"
    assert winner(1.5, theirs | {"linear_ar": 9.0, "last_value": 1.0}) == "naive"


def test_where_it_looked():
    steps = np.zeros((2, 8))
    steps[:, -1] = [3, -3]
    assert looked_at(steps) == "last"
    steps[:, -2] = 4
    assert looked_at(steps) == "recent" and shares(steps) == pytest.approx((3 / 7, 1.0))
    steps[:, 0] = 9
    assert looked_at(steps) == "spread"


def test_where_the_default_series_is_not_here_the_lesson_begins_with_one_that_is():
    at = page()
    assert at.query_params["data"] == "sine"
    assert not at.button(key="next-value.train").disabled


def test_a_series_that_is_not_here_is_said_and_the_sine_is_offered():
    at = page(data="sunspots")
    missing = "These data are not on this machine: 45 kB. Fetch them, or take what is here."
    assert missing in notices(at)
    assert at.button(key="next-value.train").disabled
    checked(at.button(key="next_value.series.instead").click().run())
    assert not at.button(key="next-value.train").disabled


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"name\nAda\nGrace\n", "no column of numbers"),
        (b"a,b\n1,2\n3\n4,5\n", "not equally long"),
        (b"a\n1\nx\n3\n", "where a number is expected"),
        (b"a\n1\n", "too few rows"),
        (b"a\n" + b"1\n" * 10_001, "at most 10,000 are accepted"),
        (b"\x89PNG\r\n\x00\x00\x00\x01", "binary data"),
        (b"a\n1\n2\n3\n", "The series has 3 values"),
    ],
)
def test_a_bad_table_gets_an_answer(raw, said):
    at = page(data="upload")
    at.file_uploader[0].set_value(("mine.csv", raw, "text/csv"))
    checked(at.run())
    assert any(said in words.replace("\\", "") for words in notices(at)), notices(at)
    assert at.button(key="next-value.train").disabled


def test_a_table_as_french_spreadsheets_write_it_is_forecast():
    rows = "".join(f"{2 * i};{i % 5},5\r\n" for i in range(90))
    at = page(data="upload", window="12")
    raw = f"niveau;débit\r\n{rows}".encode("cp1252")
    at.file_uploader[0].set_value(("mien.csv", raw, "text/csv"))
    checked(at.run())
    (column,) = [s for s in at.selectbox if s.label == "Column to forecast"]
    assert column.options == ["niveau", "débit"]
    checked(column.set_value("débit").run())
    assert not at.button(key="next-value.train").disabled
    truth = choices_of(at, "next_value.explore")["updates"][0]["y"][1]
    assert set(truth) == {0.5, 1.5, 2.5, 3.5, 4.5}
    assert at.query_params["column"] == "débit"


def test_seconds_since_the_start_are_no_series_to_forecast():
    rows = "".join(f"48.8;{i / 250:.3f};{i % 5}.5\n" for i in range(90))
    at = page(data="upload", window="12")
    at.file_uploader[0].set_value(("log.csv", f"lat;Time (s);v\n{rows}".encode(), "text/csv"))
    checked(at.run())
    (column,) = [s for s in at.selectbox if s.label == "Column to forecast"]
    assert column.options == ["lat", "v"] and column.value == "v"


def test_a_link_to_a_column_that_only_counts_time_opens_with_another(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "folder", lambda: tmp_path)
    rows = "".join(f"{i};{i % 5}.5\n" for i in range(90))
    digest = uploads.store_table(f"jour;niveau\n{rows}".encode())
    at = page(data="upload", upload=digest, column="jour", window="12")
    told = "jour only tells the time of the rows: niveau is forecast instead."
    assert told in [caption.value.replace("\\", "") for caption in at.caption]
    assert not at.button(key="next-value.train").disabled


def test_the_season_that_is_found_can_be_changed_and_filled_values_are_hollow():
    rows = "".join(f"{'?' if i == 85 else i % 6 + i % 2}\n" for i in range(96))
    at = page(data="upload", window="12")
    at.file_uploader[0].set_value(("mine.csv", f"v\n{rows}".encode(), "text/csv"))
    checked(at.run())
    (season,) = [n for n in at.number_input if n.label == "Season, in rows (1: none)"]
    assert season.value == 6
    traces = figure(at, "next_value.explore")["data"]
    (hollow,) = [t for t in traces if t.get("name") == "filled, was missing"]
    assert hollow["marker"]["symbol"] == "circle-open" and numbers(hollow["x"]).tolist() == [85]
    by_season = choices_of(at, "next_value.explore")["updates"][0]["y"][3]
    checked(season.set_value(4).run())
    assert at.query_params["period"] == "4"
    assert choices_of(at, "next_value.explore")["updates"][0]["y"][3] != by_season
    config = NextValueConfig(data="upload", window=12, upload=at.query_params["upload"], period=4)
    task = task_of(config)
    assert isinstance(task, SeriesTask) and task.period == 4


def test_the_course_s_sequences_are_continued_by_the_run_s_own_weights():
    at = trained(page(data="generation", units="8", epochs="2"))
    config = NextValueConfig(data="generation", units=8, epochs=2)
    task = task_of(config)
    assert isinstance(task, GenerationTask)
    weights = recorded.weights(recorded.epochs("next-value", "generation")[-1])
    told = task.continued(
        lambda inputs: stack_outputs(config.network, weights, inputs),
        np.array([[[1, 3, 5], [7, 9, 11]]]),
        np.array([[5]]),
    )[0]
    title = figure(at, "next_value.sequences")["layout"]["title"]["text"]
    assert title == "It goes on: 5, " + ", ".join(f"{x:g}" for x in told)
    at.text_input(key="sequence_asked.shown").set_value("(2, 4), (1, 3, x)")
    checked(at.run())
    assert "x is no whole number from −999 to 999." in [e.value.replace("\\", "") for e in at.error]
    at.text_input(key="sequence_asked.shown").set_value("(2, 4), (1, 3, 5)")
    checked(at.run())
    assert at.error[0].value.replace("\\", "") == (
        "The settings ask for 2 examples of 3 numbers each, as in (1, 3, 5), (7, 9, 11)."
    )


def test_before_a_run_the_linear_equation_continues_the_course_s_sequences():
    at = page(data="generation")
    title = figure(at, "next_value.sequences")["layout"]["title"]["text"]
    assert title == "The linear equation goes on: 5, 7, 9"
