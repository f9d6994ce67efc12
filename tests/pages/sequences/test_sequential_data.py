"""The lesson on sequential data by AppTest: every kind, the ragged batch, the two networks."""

import json
from pathlib import Path

import numpy as np
import pytest

from core.data import fetch, uploads
from core.data.sequences import known as sequences
from core.data.sequences.synthetic import integer_series, visits
from core.events import Epoch, Finished, Started
from core.experiments.feed_forward.config import FeedForwardConfig
from core.numeric.sequences.padding_study import study
from pages.sequences.sequential_data import feed_forward as sequences_feed_forward
from pages.sequences.sequential_data import padding as sequences_padding
from pages.sequences.sequential_data import quiz as sequences_quiz
from pages.sequences.sequential_data.gallery import KINDS
from pages.sequences.sequential_data.tasks import TASKS
from tests import recorded
from tests.events import ended
from tests.pages.lesson import (
    check_quiz,
    checked,
    downloads,
    engine_fixture,
    figure,
    notices,
    numbers,
    opened,
    run_of,
    tables,
    title,
    until,
    url,
)
from tests.unit.data.tables.test_brought import CASES
from ui.notices import plain
from ui.runs.run import Run, Steps
from ui.texts import percent

PAGE = Path(__file__).resolve().parents[3] / "pages" / "sequences" / "sequential_data" / "page.py"
REAL = {"weather", "sunspots", "dna"}


engine = engine_fixture(recorded.find)


@pytest.fixture(autouse=True)
def on_its_own(tmp_path, monkeypatch):
    """An engine without Keras, uploads of its own."""
    monkeypatch.setattr(uploads, "folder", lambda: tmp_path / "uploads")


@pytest.fixture
def no_data(tmp_path, monkeypatch):
    cached = (sequences.series, sequences.dna, sequences.weather, sequences.heartbeats)
    monkeypatch.setattr(fetch, "folders", lambda: [tmp_path])
    for function in cached:
        function.cache_clear()
    yield
    for function in cached:
        function.cache_clear()


def page(**params):
    return opened(PAGE, **params)


def component(at, key):
    found = [e.proto for e in at.get("bidi_component") if f"-{key}" in e.proto.id]
    assert len(found) == 1, [e.proto.id for e in at.get("bidi_component")]
    return json.loads(found[0].json)


def captions(at):
    return " ".join(c.value for c in at.caption)


def shape_of(at):
    return next(m.value for m in at.markdown if m.value.startswith("$(\\text{batch}"))


@pytest.mark.parametrize(
    ("lang", "heads", "claim"),
    [
        (
            "en",
            [
                "Rows of unequal length",
                "Four things to do with a sequence",
                "Why not a dense network?",
            ],
            "A sentence, a gene, a song",
        ),
        (
            "fr",
            [
                "Des lignes de longueur inégale",
                "Quatre choses à faire d’une séquence",
                "Et un réseau dense ?",
            ],
            "Une phrase, un gène, une chanson",
        ),
    ],
)
def test_the_page_in_both_languages(lang, heads, claim):
    at = page(lang=lang)
    assert [h.value for h in at.header] == heads
    assert any(m.value.startswith(claim) for m in at.markdown)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in REAL | {"own"}])
def test_every_kind_is_there_without_any_data_set(kind, no_data):
    at = page(kind=kind, example="3")
    assert "Made by this project" in captions(at) or kind == "text"
    assert title(at, "sequences.array").partition(" ")[2].startswith("steps of ")
    assert shape_of(at)
    assert page(kind=kind, lang="fr")


@pytest.mark.parametrize("kind", sorted(REAL))
def test_a_missing_data_set_is_said_and_how_to_get_it(kind, no_data):
    at = page(kind=kind)
    names = {"weather": "seattle", "sunspots": "sunspots", "dna": "promoters"}
    file = sequences.FILES[names[kind]]
    assert plain(f"run 'python -m core data fetch {file}'") in notices(at)[0]


@pytest.mark.parametrize(
    ("kind", "data", "shape"),
    [
        ("dna", "promoters", "(106, \\text{57}, 4)"),
        ("weather", "seattle", "(1401, \\text{60}, 4)"),
        ("sunspots", "sunspots", "(2688, \\text{132}, 1)"),
        ("health", "heartbeats", "(5000, \\text{140}, 1)"),
    ],
)
def test_real_sequences_are_called_real(kind, data, shape):
    if not fetch.available(sequences.FILES[data]):
        pytest.skip(f"{data} is not on this machine")
    at = page(kind=kind, example="24")
    assert shape in shape_of(at)
    assert "Real: " in captions(at) and "Made by this project, not" not in captions(at)


def test_the_array_is_the_example_s_own():
    at = page(kind="clicks", example="2")
    drawn, *_written = figure(at, "sequences.array")["data"]
    expected = visits(1)[1].array()
    assert f"\\text{{features}}) = (6, \\text{{3 to 13}}, {expected.shape[1]})" in shape_of(at)
    assert np.shape(drawn["customdata"]) == expected.T.shape


def test_whole_numbers_are_written_as_the_course_writes_them():
    at = page()
    row = integer_series(1)[0][:, 0].astype(int).tolist()
    said = "(" + ", ".join(map(str, row)) + ")"
    assert any(said in m.value for m in at.markdown)


def test_a_sentence_of_one_s_own_becomes_one_hot():
    at = page(kind="text", sentence="abba <b>")
    assert at.text[0].value == "abba <b>"
    assert "(1, \\text{8}, 5)" in shape_of(at)


def test_the_kind_is_in_the_address():
    at = page()
    checked(at.button_group(key="sequences.kind").set_value("vectors").run())
    assert url(at)["kind"] == "vectors"
    assert title(at, "sequences.as_it_is") == "A pen's path: two numbers at each step"


def upload(at, name, content):
    return checked(at.file_uploader(key="sequences.table_file").upload(name, content).run())


def test_a_table_of_one_s_own_is_seen_as_an_array():
    at = page(kind="own")
    assert "Nothing yet: upload a table, and see it as a network does." in notices(at)
    raw = "jour;température;<b>\n" + "".join(f"j{k};{k},5;{k * k}\n" for k in range(80))
    upload(at, "mesures.csv", raw.encode("latin-1"))
    assert len(url(at)["table"]) == 64
    assert title(at, "sequences.as_it_is") == "Your table: 80 steps, 2 columns"
    assert "(21, \\text{60}, 2)" in shape_of(at)
    drawn = figure(at, "sequences.as_it_is")["data"]
    assert [trace["name"] for trace in drawn] == ["température", "&lt;b>"]
    again = page(kind="own", table=url(at)["table"])
    assert title(again, "sequences.as_it_is") == title(at, "sequences.as_it_is")


def test_a_bad_table_and_one_that_is_gone_get_a_sentence():
    at = page(kind="own")
    upload(at, "bad.csv", b"a\n1\nx\n4\n")
    said = plain("Line 3: column a has x where a number is expected.")
    assert [e.value for e in at.error] == [said]
    at = page(kind="own", table="0" * 64)
    assert any("no longer here" in said for said in notices(at))


@pytest.mark.parametrize(
    "cases", [slice(0, None, 4), pytest.param(slice(None), marks=pytest.mark.slow)]
)
def test_no_table_that_people_bring_breaks_the_page(cases):
    at = page(kind="own")
    for name, case in list(CASES.items())[cases]:
        upload(at, "mine.csv", case.text.encode(case.encoding))  # and the page was checked
        assert not [error for error in at.error if "Something went wrong" in error.value], name
        about = [c.value for c in at.caption if c.value.startswith("Understood")]
        assert len(about) + len(at.error) >= 1, name


def test_what_is_open_can_be_answered_otherwise_and_stays_in_the_link():
    at = page(kind="own")
    upload(at, "mine.csv", b"v;w\n1.125;1\n2.250;1\n3.500;1\n")
    (answer,) = [radio for radio in at.radio if "1.125" in radio.label.replace("\\", "")]
    before = url(at)["table"]
    assert answer.value == "."
    checked(answer.set_value(",").run())
    assert url(at)["table"] != before
    assert any("decimal comma" in c.value for c in at.caption)
    again = page(kind="own", table=url(at)["table"])
    assert any("decimal comma" in c.value for c in again.caption)


def test_the_ragged_batch_is_sent_with_every_length_s_answer():
    at = page(reader="lstm", side="start", draw="3", pad_length="9")
    sent = component(at, "sequences.ragged")
    rows = [np.array(row, np.float32)[:, None] for row in sent["rows"]]
    expected = study(rows, "lstm", "start", 3, [9])
    i = sent["lengths"].index(9)
    assert sent["length"] == 9 and sent["side"] == "start"
    assert np.allclose(sent["with_mask"][i], expected.with_mask[0], atol=1e-3)
    assert np.allclose(sent["without_mask"][i], expected.without_mask[0], atol=1e-3)
    for name, value in (
        ("masked", "masked"),
        ("real", "unmasked_real"),
        ("counted", "unmasked_all"),
    ):
        assert sent["errors"][name][i] == pytest.approx(getattr(expected, value)[0], abs=1e-3)


def test_the_words_over_the_errors_are_those_that_hold():
    for side in ("end", "start"):
        _, found = sequences_padding.padding_study(side, "gru", 1)
        worse = found.unmasked_real[-1] > found.unmasked_real[9]
        said = sequences_padding._words(found)["title"]
        assert (said == "More padding, a smaller loss, worse predictions") == worse


@pytest.mark.parametrize("task", TASKS)
def test_each_task_leads_to_its_lessons(task, monkeypatch):
    linked = []
    monkeypatch.setattr("streamlit.page_link", lambda page, **more: linked.append(page.url_path))
    at = page(task=task)
    assert linked == list(TASKS[task].links)
    assert any(TASKS[task].given in m.value for m in at.markdown)


LEARNED = recorded.params("feed-forward", "learned")
REACHED = ended(recorded.recorded("feed-forward", "learned")).metrics


def trained():
    at = page(**LEARNED)
    checked(at.button(key="feed-forward.train").click().run())
    return until(at, lambda at: "Keras code" in downloads(at))


def test_a_run_from_train_to_what_is_taken_away():
    at = trained()
    last = recorded.epochs("feed-forward", "learned")[-1]
    dense, recurrent = (percent(REACHED[f"{name}_accuracy"]) for name in ("dense", "rnn"))
    assert title(at, "sequences.by_length") == f"Epoch 12: {dense} and {recurrent} right"
    for drawn, name in zip(
        figure(at, "sequences.by_length")["data"], ("dense", "rnn"), strict=True
    ):
        assert numbers(drawn["y"]) == pytest.approx(100 * last.arrays[f"{name}_by_length"])
    row = tables(at)[0].iloc[0]
    assert row["Dense, right"] == pytest.approx(REACHED["dense_accuracy"])


def test_both_predictions_are_graded_by_the_run():
    run = run_of("feed-forward", "learned")
    check_quiz(trained(), sequences_quiz.QUESTIONS, run)


def finished(**metrics):
    ends = (Epoch(1, 1, 1.0, metrics),)
    steps = Steps(np.array([1]), np.array([1.0]), np.array([1.0]), {})
    began = Started("feed-forward", {}, 1, 1, 1)
    config, end = FeedForwardConfig(), Finished(metrics)
    return Run(
        "id", "feed-forward", config, "finished", 0, True, began, steps, ends, ends[0], (), end
    )


@pytest.mark.parametrize(
    ("dense", "rnn", "answers"),
    [
        (0.26, 0.9, ("chance", "knows")),
        (0.8, 0.3, ("mostly", "guesses")),
        (0.05, 0.6, ("never", "knows")),
    ],
)
def test_what_a_run_bears_out(dense, rnn, answers):
    run = finished(dense_beyond=dense, rnn_beyond=1.0, dense_longer=0.25, rnn_longer=rnn)
    grades = (sequences_quiz._grade_beyond, sequences_quiz._grade_longer)
    assert tuple(grade(run)[0] for grade in grades) == answers


def test_what_a_window_can_know_at_most():
    config = FeedForwardConfig(longest=12, window=6)
    most = sequences_feed_forward.expected_accuracy(config)
    assert most == pytest.approx((5 + 6 / 4) / 11)
    assert sequences_feed_forward.expected_accuracy(config.replace(window=12)) == 1
