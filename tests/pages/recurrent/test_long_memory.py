"""The lesson on long memory by AppTest: recorded networks answer, a race without Keras is run."""

from pathlib import Path

import numpy as np
import pytest

from core.data.sequences.memory_tasks import Adding, held_out
from core.experiments.long_memory import recorded as long_memory_recorded
from core.experiments.long_memory.config import LongMemoryConfig
from core.experiments.long_memory.run import SHOWN
from core.numeric.recurrent.stack.read import by_network, stack_outputs
from pages.recurrent.long_memory import quiz as memory_quiz
from pages.recurrent.long_memory import reading as memory_reading
from pages.recurrent.long_memory import recorded as memory_recorded
from tests.pages.lesson import (
    checked,
    component,
    downloads,
    engine_fixture,
    figure,
    numbers,
    opened,
    title,
    until,
    url,
)
from tests.pages.recurrent.long_memory_run import RMSE, find, network

PAGE = Path(__file__).resolve().parents[3] / "pages" / "recurrent" / "long_memory" / "page.py"


engine = engine_fixture(find)


def page(**params):
    return opened(PAGE, **params)


def raced(**params):
    at = page(epochs="4", **params)
    checked(at.button(key="long-memory.train").click().run())
    return until(at, lambda at: "Keras code" in downloads(at))


@pytest.mark.parametrize(
    ("lang", "button", "heads", "claim", "marked"),
    [
        (
            "en",
            "Train",
            ["The race", "Where does it break?"],
            "Somebody reads you a hundred",
            "Marked: ",
        ),
        (
            "fr",
            "Entraîner",
            ["La course", "Où cela casse-t-il\u00a0?"],
            "Quelqu'un vous lit cent nombres",
            "Marqués\u00a0: ",
        ),
    ],
)
def test_the_page_in_both_languages(lang, button, heads, claim, marked):
    at = page(lang=lang)
    assert at.button(key="long-memory.train").label == button
    assert [h.value for h in at.header] == heads
    assert any(m.value.startswith(claim) for m in at.markdown)
    assert title(at, "long_memory.sequence").startswith(marked)


def test_recorded_networks_answer_the_sequence_that_is_marked():
    at = page(first_mark="3", second_mark="50", numbers="7")
    inputs = np.zeros((1, 100, 2), np.float32)
    inputs[0, :, 0] = np.random.default_rng(7).random(100, np.float32)
    inputs[0, [2, 99], 1] = 1
    truth = float(inputs[0, 2, 0] + inputs[0, 99, 0])
    assert title(at, "long_memory.sequence").endswith(f"= {round(truth, 2):g}")
    stacks = long_memory_recorded.SETTINGS.networks
    said = {
        cell: float(stack_outputs(stacks[cell], weights, inputs)[0, 0])
        for cell, weights in by_network(long_memory_recorded.load_weights()).items()
    }
    shown = [t for t in figure(at, "long_memory.answers")["data"] if t.get("name")]
    assert [t["x"][0] for t in shown] == pytest.approx(list(said.values()), abs=1e-6)
    assert abs(said["lstm"] - truth) < 0.2 and abs(said["gru"] - truth) < 0.2
    assert "recorded" in title(at, "long_memory.answers")


def test_moving_a_mark_changes_sum_answers_and_url():
    at = page()
    before = title(at, "long_memory.sequence"), component(at, "long_memory.answers")["alt"]
    checked(at.slider(key="memory_reading.first_mark").set_value(40).run())
    after = title(at, "long_memory.sequence"), component(at, "long_memory.answers")["alt"]
    assert before[0] != after[0] and before[1] != after[1]
    assert url(at)["first_mark"] == "40"


def test_the_error_at_another_length_is_measured():
    at = page(read_length="200")
    inputs, targets = held_out(Adding(200), 100)
    weights = by_network(long_memory_recorded.load_weights())["gru"]
    outputs = stack_outputs(long_memory_recorded.SETTINGS.networks["gru"], weights, inputs)
    rmse = float(np.sqrt(np.mean((outputs - targets) ** 2)))
    (said,) = [c.value for c in at.caption if c.value.startswith("On 100 other sequences of 200")]
    assert f"GRU {rmse:.3g}" in said


def test_a_mark_beyond_a_short_sequence_stands_at_the_end_of_its_half():
    inputs, marks = memory_reading.sequence(
        memory_reading.MemoryReading(read_length=20, first_mark=150, second_mark=90)
    )
    assert marks == (9, 19)
    assert inputs.shape == (1, 20, 2) and inputs[0, :, 1].sum() == 2


def test_without_recorded_races_the_page_still_works(tmp_path, monkeypatch):
    monkeypatch.setattr(long_memory_recorded, "load", lambda: None)
    monkeypatch.setattr(long_memory_recorded, "load_weights", dict)
    at = page()
    assert [h.value for h in at.header] == ["The race"]
    assert any(c.value.startswith("There is no recorded race") for c in at.caption)


def test_the_entrants_have_the_same_number_of_weights_and_the_caption_says_so():
    (said,) = [c.value for c in page(irnn="true").caption if "65 units" in c.value]
    assert said == (
        "RNN: 65 units, 4,486 weights · LSTM: 32 units, 4,513 weights · "
        "GRU: 37 units, 4,478 weights · ReLU RNN: 65 units, 4,486 weights"
    )


def test_nobody_takes_part_is_a_sentence():
    at = page(rnn="false", lstm="false", gru="false")
    assert [e.value for e in at.error] == [
        "Nobody takes part\\: switch on rnn\\, or another cell\\."
    ]
    assert at.button(key="long-memory.train").disabled


def test_a_race_from_train_to_what_is_taken_away():
    at = raced(seed="1")
    assert title(at, "long_memory.race") == "Epoch 4: at the goal after LSTM 8 s, GRU 9 s"
    curves = [t for t in figure(at, "long_memory.race")["data"] if t.get("mode") == "lines"]
    assert [t["name"] for t in curves] == ["RNN", "LSTM", "GRU"]
    assert component(at, "long_memory.race")["alt"].endswith("RNN 0.41, LSTM 0.04, GRU 0.045")
    row = at.dataframe[-1].value.iloc[0]
    assert row["LSTM: RMSE"] == pytest.approx(RMSE["lstm"][-1])
    assert row["GRU: s to goal"] == pytest.approx(9)
    labels = [b.label for b in at.get("download_button")]
    models = [f"Trained model ({cell})" for cell in ("gru", "lstm", "rnn")]
    assert labels == ["Table (CSV)", "Keras code", *models, "Numbers"]


def test_a_cell_at_rest_has_no_further_points():
    at = raced(seed="2")
    gru = next(t for t in figure(at, "long_memory.race")["data"] if t.get("name") == "GRU")
    assert len(numbers(gru["x"])) == 3  # at the goal after the third of four epochs


def test_the_scrubber_shows_every_figure_as_it_was_then():
    at = raced(seed="3")
    scrubber = at.select_slider(key=f"long-memory.epoch.{url(at)['job']}")
    checked(scrubber.set_value(2).run())
    assert title(at, "long_memory.race") == "Epoch 2: nobody is at the goal"
    assert title(at, "long_memory.scatter") == "Epoch 2: answers and sums"
    marks = [t for t in figure(at, "long_memory.race")["data"] if t.get("mode") == "markers"]
    assert [numbers(t["y"])[0] for t in marks] == [0.41, 0.4, 0.3]


def test_one_example_is_followed_through_the_epochs():
    at = raced(seed="4")
    checked(at.slider(key="long_memory.example").set_value(7).run())
    drawn = figure(at, "long_memory.one")
    _, targets = held_out(Adding(100), SHOWN)
    assert drawn["layout"]["title"]["text"].startswith("Example 7,")
    said = component(at, "long_memory.one")["alt"].rpartition("The sum is ")[2]
    assert float(said.rstrip(".")) == pytest.approx(float(targets[6, 0]), abs=0.005)
    rnn = next(t for t in drawn["data"] if t.get("name") == "RNN")
    assert numbers(rnn["y"]).tolist() == [1, 1, 1, 1]


def test_the_networks_of_the_run_answer_above():
    at = raced(seed="5")
    checked(at.button_group(key="memory_reading.readers").set_value("run").run())
    assert title(at, "long_memory.answers") == "The networks of your run answer"
    config = LongMemoryConfig(seed=5)
    inputs, _ = memory_reading.sequence(memory_reading.MemoryReading())
    expected = [
        float(stack_outputs(config.networks[cell], network(cell, units), inputs)[0, 0])
        for cell, units in config.units().items()
    ]
    shown = [t for t in figure(at, "long_memory.answers")["data"] if t.get("name")]
    assert [t["x"][0] for t in shown] == pytest.approx(expected, abs=1e-5)


def test_copy_memory_shows_what_is_repeated():
    at = raced(task="copy", seed="6")
    assert title(at, "long_memory.scatter") == "Epoch 4: what is kept"
    assert title(at, "long_memory.race") == "Epoch 4: at the goal after LSTM 8 s"
    assert title(at, "long_memory.one") == "Example 1: filled is right"
    _, targets = held_out(LongMemoryConfig(task="copy").sequences, SHOWN)
    shown = figure(at, "long_memory.one")["data"][0]
    assert "".join(shown["text"]) == "".join("ABCDEFGH"[s] for s in targets[0])


def test_both_predictions_are_graded_by_the_race():
    at = page(seed="7", epochs="4")
    first, second = at.radio
    first.set_value("lstm")
    second.set_value("scattered")
    checked(at.run())
    at = raced(seed="8")
    first, second = at.radio
    first.set_value("lstm")
    second.set_value("scattered")
    checked(at.run())
    assert at.success[0].value.startswith("Yes, as you said.")
    assert "RNN: not within 4 s; LSTM: 8 s; GRU: 9 s" in at.success[0].value
    said = " ".join(i.value for i in at.info)
    assert "Your run says otherwise: Nearly the same to every example." in said
    assert "the mean 1 and the standard deviation 0" in said


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ([0.5, 1.0, 1.5], "understood"),
        ([1.0, 1.01, 0.99], "constant"),
        ([1.5, 0.2, 1.0], "scattered"),
    ],
)
def test_answers_are_told_apart_by_what_they_explain(told, kind):
    targets = np.array([[0.5], [1.0], [1.5]])
    assert memory_quiz.kind_of_answers("adding", np.array(told)[:, None], targets) == kind


@pytest.mark.parametrize(
    ("told", "kind"),
    [([0, 1, 2, 3], "understood"), ([5, 5, 5, 5], "constant"), ([3, 2, 1, 0], "scattered")],
)
def test_symbols_are_told_apart_by_what_is_right(told, kind):
    targets = np.array([[0, 1], [2, 3]])
    assert memory_quiz.kind_of_answers("copy", np.array(told).reshape(2, 2), targets) == kind


def test_the_grid_has_a_row_for_each_rate_and_clip_norm():
    rows = [
        {
            "cell": "rnn",
            "learning_rate": rate,
            "clip_norm": 1.0,
            "seed": seed,
            "test_rmse": None if rate == 0.1 else rmse,
            "train_s": 9.0,
            "goal_s": goal,
            "diverged": rate == 0.1,
        }
        for rate in (0.01, 0.1)
        for seed, rmse, goal in ((0, 0.04, 5.0), (1, 0.4, None), (2, 0.045, 7.0))
    ]
    for row in rows[3:]:
        row["goal_s"] = None
    table = memory_recorded.grid_table(long_memory_recorded.Recorded({}, (), tuple(rows)))
    assert list(table["RNN"]) == ["0.045; goal 2 of 3, 6 s", "diverged"]
    assert list(table["Learning rate"]) == ["0.01", "0.1"]
    assert list(table["GRU"]) == ["–", "–"]
