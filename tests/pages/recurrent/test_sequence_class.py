"""Predict a class by AppTest: runs without Keras."""

from pathlib import Path

import numpy as np
import pytest

from core.data.sequences.labelled import integers
from core.experiments.sequence_class.config import SequenceClassConfig
from core.experiments.sequence_class.recorded import Directions, load
from core.experiments.sequence_class.run import shown_sequences
from core.numeric.activations import softmax
from core.numeric.recurrent.stack.read import stack_outputs
from core.numeric.sequences.class_profile import step_information_bits, substitutions
from pages.recurrent.sequence_class.directions import gain
from pages.recurrent.sequence_class.quiz import QUESTIONS, better, looked_at
from pages.recurrent.sequence_class.training import why_simple_wins
from tests import recorded
from tests.events import began
from tests.pages.lesson import (
    check_quiz,
    checked,
    downloads,
    engine_fixture,
    figure,
    numbers,
    opened,
    run_of,
    title,
    until,
)
from ui.runs.quiz import standard_error
from ui.texts import percent

PAGE = Path(__file__).resolve().parents[3] / "pages" / "recurrent" / "sequence_class" / "page.py"
INTEGERS = recorded.params("sequence-class", "integers")
START = began(recorded.recorded("sequence-class", "integers"))
EPOCHS = recorded.epochs("sequence-class", "integers")


engine = engine_fixture(recorded.find)
pytestmark = pytest.mark.usefixtures("bare_machine")


def page(**params):
    return opened(PAGE, **params)


def trained(at, name):
    checked(at.button(key=f"{name}.train").click().run())
    return until(at, lambda at: "Trained model" in downloads(at))


def said(at):
    kinds = (at.info, at.warning, at.error, at.success, at.caption, at.markdown, at.text)
    return [element.value for kind in kinds for element in kind]


@pytest.mark.parametrize(
    ("lang", "train", "first", "made"),
    [
        ("en", "Train", "(1, 6, 8, 4): good or bad?", "Synthetic: made by this program"),
        ("fr", "Entraîner", "(1, 6, 8, 4)\u00a0: bon ou mauvais\u00a0?", "Synthétique\u00a0: fait"),
    ],
)
def test_the_page_in_both_languages(lang, train, first, made):
    at = page(data="integers", lang=lang)
    assert at.button(key="sequence-class.train").label == train
    assert any(m.value.startswith(first) for m in at.markdown)
    assert any(c.value.replace("\\", "").startswith(made) for c in at.caption)


def test_before_a_run_no_single_step_tells_the_class_of_the_integers():
    at = page(data="integers")
    data = integers(0)
    assert step_information_bits(data.inputs, data.labels).max() < 0.05
    assert title(at, "sequence_class.profile") == "No step tells the class by itself"


def test_a_run_is_drawn_and_the_scrubber_redraws_it():
    at = trained(page(**INTEGERS), "sequence-class")
    last = EPOCHS[-1].metrics
    ours, theirs = (
        percent(x, 1) for x in (last["accuracy"], START.references["baseline_logistic_positions"])
    )
    assert any(f"the network gets {ours} right" in words and theirs in words for words in said(at))
    data = integers(0)
    _, test = data.split(0)
    shown = shown_sequences(data, test)
    for epoch in (EPOCHS[1], EPOCHS[0]):
        if epoch is EPOCHS[0]:
            (scrubber,) = [s for s in at.select_slider if "epoch" in s.key]
            checked(scrubber.set_value(1).run())
        of_inks = [trace["text"] for trace in figure(at, "sequence_class.confusion")["data"][1:]]
        table = np.char.add(*(np.array(texts, str) for texts in of_inks)).astype(int)
        np.testing.assert_array_equal(table, epoch.arrays["confusion"])
        looked = figure(at, "sequence_class.look")["layout"]["title"]["text"]
        most = int(epoch.arrays["class_look"].mean(0).argmax()) + 1
        assert looked == f"It looks most at step {most}"
        weights = recorded.weights(epoch)
        one = data.inputs[shown[0]]
        towards = at.segmented_control(key="sequence_class.towards.0").value
        network = SequenceClassConfig(data="integers").network(2)
        now = softmax(stack_outputs(network, weights, one[None]))[0, towards]
        other = softmax(stack_outputs(network, weights, substitutions(one)))[:, towards]
        change = 100 * (other.reshape(12, 10) - now).T[:, 12 - len(data.tokens[shown[0]]) :]
        drawn = numbers(figure(at, "sequence_class.exchange")["data"][0]["z"])
        np.testing.assert_allclose(drawn, change, atol=1e-3)


def test_both_predictions_are_graded_by_the_run():
    at = trained(page(**INTEGERS), "sequence-class")
    check_quiz(at, QUESTIONS, run_of("sequence-class", "integers"))


def test_other_data_are_read_as_suits_them_and_a_link_as_it_says():
    at = page(data="integers")
    reading = "sequence_class.direction"
    assert at.selectbox(key=reading).value == "middle" and "direction" not in at.query_params
    checked(at.selectbox(key="sequence_class.data").set_value("splice").run())
    assert at.selectbox(key=reading).value == "middle"
    checked(at.selectbox(key="sequence_class.data").set_value("integers").run())
    assert at.selectbox(key=reading).value == "one" and at.query_params["direction"] == "one"
    shares = load()[0]["integers"].accuracy
    assert max(shares, key=lambda name: np.mean(shares[name])) == "one"
    assert page(data="integers", direction="both").selectbox(key=reading).value == "both"


def dots(at, data):
    """The recorded shares by direction, as they are drawn, and the trace of the visitor's run."""
    traces = figure(at, f"sequence_class.directions.{data}")["data"]
    own = [trace for trace in traces if trace.get("name") == "your run"]
    return {
        trace["name"]: numbers(trace["y"])
        for trace in traces
        if trace["mode"] == "markers" and trace not in own
    }, own


def test_the_recorded_runs_are_drawn_and_the_visitor_s_stands_among_its_own():
    at = page(**INTEGERS)
    names = ["One way", "Bidirectional", "To the middle"]
    for data, one in load()[0].items():
        drawn, own = dots(at, data)
        assert list(drawn) == names and not own
        for shares, recorded_shares in zip(drawn.values(), one.accuracy.values(), strict=True):
            np.testing.assert_allclose(shares, recorded_shares)
    at = trained(at, "sequence-class")
    (own,) = dots(at, "integers")[1]
    assert numbers(own["y"])[0] == pytest.approx(EPOCHS[-1].metrics["accuracy"])
    assert round(numbers(own["x"])[0]) == names.index("To the middle")
    assert dots(at, "splice")[1] == []


def test_a_second_direction_helps_where_two_standard_errors_lie_between():
    one = (0.8, 0.7, 0.9)
    recorded_runs = {"one": one, "both": (0.85, 0.75, 0.95), "middle": (0.95, 0.5, 0.95)}
    best, mean, clear = gain(Directions("x", 100, recorded_runs, one))
    assert (best, clear) == ("both", True) and mean == pytest.approx(0.05)
    recorded_runs["both"] = (0.95, 0.65, 0.9)
    assert gain(Directions("x", 100, recorded_runs, one))[2] is False


def test_the_recorded_runs_are_of_the_lesson_s_own_settings_and_directions():
    sets, card = load()
    assert set(sets) == {"splice", "integers"}
    for one in sets.values():
        assert list(one.accuracy) == list(SequenceClassConfig.specs()["direction"].options)
        assert {len(shares) for shares in one.accuracy.values()} == {len(card["seeds"])}
        assert len(one.logistic) == len(card["seeds"])
        assert all(0 <= share <= 1 for shares in one.accuracy.values() for share in shares)
    assert sets["integers"].tested == len(integers(0).split(0)[1])


def test_what_is_better_but_for_chance():
    assert standard_error(0.5, 100) == 0.05
    assert better(0.59, 0.5, 100) == "even" and better(0.61, 0.5, 100) == "network"
    assert better(0.39, 0.5, 100) == "simple"
    assert better(0.9, 1.0, 26) == "simple" and better(0.97, 1.0, 26) == "even"


def test_where_it_looked():
    even = np.ones((2, 9))
    assert looked_at(even) == ("even", pytest.approx([1 / 3] * 3))
    early = even.copy()
    early[:, 0] = 10
    assert looked_at(early)[0] == "start"


def test_why_the_simple_method_wins_depends_on_the_run():
    assert "junction" in why_simple_wins(SequenceClassConfig(direction="one"))
    assert "80 sequences" in why_simple_wins(SequenceClassConfig(data="promoters"))
    assert "a weight for each place" in why_simple_wins(SequenceClassConfig(data="integers"))


def test_where_the_genes_are_not_here_the_lesson_begins_with_integers():
    at = page()
    assert at.query_params["data"] == "integers"
    assert not at.button(key="sequence-class.train").disabled


def test_genes_that_are_not_here_are_said_and_integers_offered():
    at = page(data="splice")
    missing = "These data are not on this machine: 528 kB. Fetch them, or take what is here."
    assert missing in said(at)
    assert at.button(key="sequence-class.train").disabled
    checked(at.button(key="sequence_class.genes.instead").click().run())
    assert not at.button(key="sequence-class.train").disabled


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        (b"s,label\nAB,x\nBA,y\n", "The table has 2 sequences; 20 to 5000 are taken."),
        (b"s,label\n" + b"AB,x\n" * 30, "has 1 different values; 2 to 10 are taken"),
        (b"a,label\n" + b"1,x\n2,y\n" * 20, "the table has 1 columns of numbers"),
        (b"\x89PNG\r\n\x00\x00\x00\x01", "binary data"),
    ],
)
def test_a_bad_table_gets_an_answer(raw, answer):
    at = page(data="upload")
    at.file_uploader[0].set_value(("mine.csv", raw, "text/csv"))
    checked(at.run())
    assert any(answer in words.replace("\\", "") for words in said(at)), said(at)
    assert at.button(key="sequence-class.train").disabled


def test_a_table_is_taken_and_its_words_are_text():
    rows = "".join(f"{'AB' * 3};{'<b>x</b>' if i % 2 else '*y*'}\n" for i in range(40))
    at = page(data="upload")
    assert at.button(key="sequence-class.train").disabled
    at.file_uploader[0].set_value(("mine.csv", f"s;classe\n{rows}".encode(), "text/csv"))
    checked(at.run())
    assert not at.button(key="sequence-class.train").disabled
    (about,) = [c.value for c in at.caption if c.value.startswith("Your table")]
    assert "\\*y\\*\\: 20" in about and "\\<b\\>x\\<\\/b\\>\\: 20" in about
