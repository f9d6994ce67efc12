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
from pages.recurrent.long_memory.variants import directions_table, layers_table
from tests import recorded
from tests.events import ended
from tests.pages.lesson import (
    check_quiz,
    checked,
    component,
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
from ui.notices import significant

PAGE = Path(__file__).resolve().parents[3] / "pages" / "recurrent" / "long_memory" / "page.py"
NAME = "long-memory"
CELLS = ("rnn", "lstm", "gru")


engine = engine_fixture(recorded.find)


def page(**params):
    return opened(PAGE, **params)


def raced(run="adding"):
    at = page(**recorded.params(NAME, run))
    checked(at.button(key="long-memory.train").click().run())
    return until(at, lambda at: "Keras code" in downloads(at))


def goals(epoch):
    """What the title of a race says of who is at the goal."""
    there = {
        name.partition("_")[0].upper(): value
        for name, value in epoch.metrics.items()
        if name.endswith("_goal_s")
    }
    told = [
        f"{cell} {significant(there[cell], 2)} s"
        for cell in sorted(there, key=lambda cell: there[cell])
    ]
    return "at the goal after " + ", ".join(told) if told else "no cell is at the goal"


@pytest.mark.parametrize(
    ("lang", "button", "heads", "claim", "marked"),
    [
        (
            "en",
            "Train",
            ["The race", "Where does it break?", "Two ends, and a way between layers"],
            "Somebody reads you a hundred",
            "Marked: ",
        ),
        (
            "fr",
            "Entraîner",
            [
                "La course",
                "Où cela échoue-t-il\u00a0?",
                "Deux bouts, et un chemin entre les couches",
            ],
            "Quelqu’un vous lit cent nombres",
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
    inputs[0, :, 0] = np.random.default_rng(7).random(100, np.float32).round(2)
    inputs[0, [2, 99], 1] = 1
    truth = float(inputs[0, 2, 0] + inputs[0, 99, 0])
    first, second = inputs[0, [2, 99], 0]
    words = f"Marked: {first:g} + {second:g} = {round(truth, 2):g}"
    assert title(at, "long_memory.sequence") == words
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
    assert any(c.value.startswith("This copy of Pangloss has no recorded race") for c in at.caption)


def test_the_entrants_have_the_same_number_of_weights_and_the_caption_says_so():
    (said,) = [c.value for c in page(irnn="true").caption if "65 units" in c.value]
    assert said == (
        "RNN: 65 units, 4,486 weights · LSTM: 32 units, 4,513 weights · "
        "GRU: 37 units, 4,478 weights · ReLU RNN: 65 units, 4,486 weights"
    )


def test_nobody_takes_part_is_a_sentence():
    at = page(rnn="false", lstm="false", gru="false")
    assert [e.value for e in at.error] == [
        "No cell takes part\\: switch on rnn\\, or another cell\\."
    ]
    assert at.button(key="long-memory.train").disabled


def test_a_race_from_train_to_what_is_taken_away():
    at = raced()
    last = recorded.epochs(NAME, "adding")[-1]
    assert title(at, "long_memory.race") == f"Epoch {last.epoch}: {goals(last)}"
    curves = [t for t in figure(at, "long_memory.race")["data"] if t.get("mode") == "lines"]
    assert [t["name"] for t in curves] == ["RNN", "LSTM", "GRU"]
    told = [f"{c.upper()} {significant(last.metrics[f'{c}_test_rmse'])}" for c in CELLS]
    assert component(at, "long_memory.race")["alt"].endswith(", ".join(told))
    row = tables(at)[-1].iloc[0]
    assert row["LSTM: RMSE"] == pytest.approx(last.metrics["lstm_test_rmse"])
    labels = downloads(at)
    models = [f"Trained model ({cell})" for cell in ("GRU", "LSTM", "RNN")]
    assert sorted(labels) == sorted(["Table (CSV)", "Keras code", "Notebook", *models, "Numbers"])


def test_a_cell_at_rest_has_no_further_points():
    at = raced()
    epochs = recorded.epochs(NAME, "adding")
    learned = {epoch.metrics["gru_train_s"] for epoch in epochs}
    assert len(learned) < len(epochs)  # it was at the goal before the others
    gru = next(t for t in figure(at, "long_memory.race")["data"] if t.get("name") == "GRU")
    assert len(numbers(gru["x"])) == len(learned)


def test_the_scrubber_shows_every_figure_as_it_was_then():
    at = raced()
    scrubber = at.select_slider(key=f"long-memory.epoch.{url(at)['job']}")
    checked(scrubber.set_value(2).run())
    second = recorded.epochs(NAME, "adding")[1]
    assert title(at, "long_memory.race") == f"Epoch 2: {goals(second)}"
    assert title(at, "long_memory.scatter") == "Epoch 2: answers and sums"
    marks = [t for t in figure(at, "long_memory.race")["data"] if t.get("mode") == "markers"]
    scores = [second.metrics[f"{cell}_test_rmse"] for cell in CELLS]
    assert [numbers(t["y"])[0] for t in marks] == pytest.approx(scores)


def test_one_example_is_followed_through_the_epochs():
    at = raced()
    checked(at.slider(key="long_memory.example").set_value(7).run())
    drawn = figure(at, "long_memory.one")
    targets = recorded.epochs(NAME, "adding")[-1].arrays["targets"]
    assert drawn["layout"]["title"]["text"].startswith("Example 7,")
    said = component(at, "long_memory.one")["alt"].rpartition("The sum is ")[2]
    assert float(said.rstrip(".")) == pytest.approx(float(targets[6, 0]), abs=0.005)
    rnn = next(t for t in drawn["data"] if t.get("name") == "RNN")
    answered = [epoch.arrays["rnn_answers"][6, 0] for epoch in recorded.epochs(NAME, "adding")]
    assert numbers(rnn["y"]) == pytest.approx(np.array(answered), rel=1e-3)


def test_the_networks_of_the_run_answer_above():
    at = raced()
    checked(at.selectbox(key="memory_reading.readers").set_value("run").run())
    assert title(at, "long_memory.answers") == "The networks of your run answer"
    inputs, _ = memory_reading.sequence(memory_reading.MemoryReading())
    networks = run_of(NAME, "adding").config.networks
    weights = by_network(ended(recorded.recorded(NAME, "adding")).arrays)
    expected = [float(stack_outputs(networks[cell], weights[cell], inputs)[0, 0]) for cell in CELLS]
    shown = [t for t in figure(at, "long_memory.answers")["data"] if t.get("name")]
    assert [t["x"][0] for t in shown] == pytest.approx(expected, abs=1e-5)


def test_copy_memory_shows_what_is_repeated():
    at = raced("copy")
    last = recorded.epochs(NAME, "copy")[-1]
    assert title(at, "long_memory.scatter") == f"Epoch {last.epoch}: what is kept"
    assert title(at, "long_memory.race") == f"Epoch {last.epoch}: {goals(last)}"
    assert title(at, "long_memory.one") == "Example 1: filled means right"
    _, targets = held_out(LongMemoryConfig(task="copy", length=20).sequences, SHOWN)
    shown = figure(at, "long_memory.one")["data"][0]
    assert "".join(shown["text"]) == "".join("ABCDEFGH"[s] for s in targets[0])


def test_both_predictions_are_graded_by_the_race():
    check_quiz(raced(), memory_quiz.QUESTIONS, run_of(NAME, "adding"))


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


def trial(cell, seed, score, updates=None, **changes):
    fields = {"task": "adding", "length": 100, "bidirectional": False, "learning_rate": 0.01}
    fields |= {"validation": score, "goal": updates is not None, "updates": updates or 3000}
    return long_memory_recorded.Trial(cell=cell, seed=seed, score=score, **fields | changes)


def test_the_trials_have_a_row_for_each_rate_and_one_for_the_seeds():
    grid = (
        trial("rnn", 10, 0.4),
        trial("rnn", 11, 0.3),
        trial("lstm", 10, 0.04, 600),
        trial("lstm", 11, 0.4),
        trial("lstm", 10, None, learning_rate=0.1),
        trial("gru", 10, 0.5, length=20),
    )
    seeds = tuple(trial("lstm", seed, 0.041, 500 + seed) for seed in range(5))
    recorded = long_memory_recorded.Recorded({}, (), seeds, grid)
    table = memory_recorded.rates_table(recorded, LongMemoryConfig())
    assert column(table, "Learning rate") == ["0.01", "0.1", "the best, tested"]
    assert column(table, "RNN") == ["0.35", "–", "–"]
    assert column(table, "LSTM") == [
        "0.22 (1/2: 600)",
        "diverged",
        "0.041 (5/5: 502)",
    ]
    assert column(table, "GRU") == ["–", "–", "–"]


def column(table, name):
    return [row[name] for row in table]


def test_variants_stand_beside_what_they_vary():
    seeds = [
        trial("gru", 0, 0.04, 500, length=200),
        trial("gru", 0, 0.03, 300, length=200, bidirectional=True),
    ]
    table = directions_table(seeds, seeds[1])
    assert column(table, "At T = 200") == ["one direction", "both directions"]
    assert column(table, "GRU") == [
        "0.04 (1/1: 500)",
        "0.03 (1/1: 300)",
    ]
    table = layers_table([trial("stacked", 0, 0.3), trial("feedback", 0, 0.2)])
    assert column(table, "two layers of GRU") == ["0.3", "0.2"]
