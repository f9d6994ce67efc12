"""The page My work."""

import pytest
from streamlit.testing.v1 import AppTest

from core.events import Epoch, Finished
from core.experiments import names
from core.messages import Problem
from tests import recorded
from tests.events import of, only
from tests.pages.lesson import checked, figure, notices, tables
from tests.pages.work.kept import ADA, remember
from ui.frame.work.measures import lesson_of, measure_of


def drawn_by_the_test():
    from ui.frame.work.page import work

    work()


def opened(**params):
    at = AppTest.from_function(drawn_by_the_test, default_timeout=120)
    for name, value in params.items():
        at.query_params[name] = value
    return checked(at.run())


def choose(at, *jobs):
    for job in jobs:
        at.checkbox(key=f"work.choose.{job}").check()
    return checked(at.run())


def click(at, key):
    return checked(at.button(key=f"work.{key}").click().run())


def facts(at):
    return [caption.value.replace("\\", "") for caption in at.caption]


def test_each_experiment_has_a_lesson_and_a_number_that_its_runs_tell():
    for name in names():
        last = of(recorded.recorded(name), Epoch)[-1]
        metrics = {**last.metrics, **only(recorded.recorded(name), Finished).metrics}
        assert lesson_of(name), name
        assert measure_of(name, metrics), (name, sorted(metrics))


def test_nothing_yet_is_said(archive):
    at = opened(lang="en")
    assert notices(at) == ["Nothing yet: every run that you train in a lesson is kept here."]


def test_the_page_lists_the_visitor_s_runs_and_nobody_else_s(archive):
    first = remember(archive, "autoencoder")
    remember(archive, "calculator", visitor="bob")
    second = remember(archive, "text-class")
    at = opened(lang="en")
    assert [box.key for box in at.checkbox] == [f"work.choose.{job}" for job in (second, first)]
    assert [box.label for box in at.checkbox] == [
        "Classify texts",
        "Simple and stacked autoencoders",
    ]
    assert "Held-out error (MSE) 0.125 · 2 epochs in 0.363 s of training" in facts(at)[1]
    assert "Hidden layers 1" in facts(at)[1] and "Learning rate" not in facts(at)[1]
    french = opened(lang="fr")
    assert "Erreur de test (MSE) 0,125 · 2 époques en 0,363 s" in facts(french)[1]
    at.selectbox(key="work.lesson").set_value("autoencoder")
    assert [box.key for box in checked(at.run()).checkbox] == [f"work.choose.{first}"]


def test_what_is_named_pinned_and_deleted(archive):
    first, second = remember(archive, "autoencoder"), remember(archive, "autoencoder", "two")
    at = choose(opened(lang="en"), first)
    at.text_input(key=f"work.name.{first}").set_value("*le bon* <b>")
    click(at, "rename")
    assert at.checkbox(key=f"work.choose.{first}").label == r"\*le bon\* \<b\>"
    choose(at, first, second)
    click(at, "pin")
    assert all("pinned by you" in said for said in facts(at))
    assert not any(box.value for box in at.checkbox)
    choose(at, first, second)
    click(at, "unpin")
    assert not any(seen.pinned for seen in archive.work(ADA))
    choose(at, second)
    click(at, "delete_them")
    assert [box.key for box in at.checkbox] == [f"work.choose.{first}"]
    assert archive.find(second) is None


def test_runs_are_compared_lesson_by_lesson(archive):
    both = [remember(archive, "autoencoder", run) for run in ("small", "two")]
    other = remember(archive, "calculator")
    archive.rename(ADA, both[1], "<b>le bon</b>")
    at = choose(opened(lang="en"), *both, other)
    click(at, "compare")
    assert [heading.value for heading in at.subheader] == [
        "The calculator",
        "Simple and stacked autoencoders",
    ]
    table = tables(at)[1]
    assert table["Epochs done"].tolist() == [2, 4]
    assert table["Name"].tolist() == ["–", "<b>le bon</b>"]
    names = [line["name"] for line in figure(at, "work.curves.autoencoder")["data"]]
    assert names == ["Run 1", "&lt;b&gt;le bon&lt;/b&gt;"]
    assert table["Held-out error (MSE)"].tolist()[0] == pytest.approx(0.125, abs=0.001)


def test_older_runs_are_shown_when_asked_for(archive, monkeypatch):
    monkeypatch.setattr("ui.frame.work.listing._AT_ONCE", 1)
    for run in ("small", "two"):
        remember(archive, "autoencoder", run)
    at = opened(lang="en")
    assert len(at.checkbox) == 1
    assert len(click(at, "older").checkbox) == 2


def test_a_database_that_cannot_be_read_is_a_sentence(archive, monkeypatch):
    def broken(*_what):
        raise Problem("What is kept of your runs cannot be read or changed now: {why}.", why="x")

    monkeypatch.setattr(archive, "work", broken)
    assert notices(opened(lang="en")) == [
        "What is kept of your runs cannot be read or changed now\\: x\\."
    ]


def test_opening_a_run_leads_to_its_lesson_with_its_settings(archive, monkeypatch):
    job = remember(archive, "autoencoder")
    led = []
    monkeypatch.setattr(
        "ui.frame.work.listing.st.switch_page",
        lambda page, query_params: led.append((page.url_path, query_params)),
    )
    at = click(opened(lang="en"), f"open.{job}")
    [(where, params)] = led
    assert where == "autoencoder" and params["job"] == job
    assert params["depth"] == "1" and "data" not in params
    assert at.session_state["autoencoder.job"] == job
