"""What was trained is there after a restart, by its link and on the page My work."""

import asyncio
import io
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.requests import Request
from starlette.responses import FileResponse
from streamlit.testing.v1 import AppTest

from core.engine import Engine, Limits
from core.engine.processes import for_this_machine
from core.events import Epoch, Finished, Started, Step
from core.experiments import experiment, names
from core.messages import Problem
from core.store import Archive, Recording, Settings, event_file
from tests import recorded
from tests.browser.kit.experiment import KitConfig, find
from tests.events import of, only
from tests.pages.kit_page import FAST, page, press, status
from tests.pages.lesson import checked, component, figure, notices, tables, until, url
from ui import server
from ui.frame.work import page as work_page
from ui.frame.work import taken
from ui.frame.work.measures import lesson_of, measure_of
from ui.runs import bench, live
from ui.state import visits

ADA = "ada"


@pytest.fixture
def restart(tmp_path, monkeypatch):
    """A function after which the pages have an engine and an archive that begin anew.

    lost: the runs that were going on are cut off, as by a loss of power.
    """
    running = []
    monkeypatch.setattr(server, "visitor", lambda: ADA)

    def stop(lost):
        for archive, engine in running:
            if lost:
                monkeypatch.setattr(archive, "end", lambda *_told: None)
            archive.flush()
            engine.close()
            archive.close()
        running.clear()

    def restart(lost=False):
        stop(lost)
        archive = Archive(Settings(tmp_path / "home"))
        processes = for_this_machine("core.events")
        engine = Engine(Limits(at_once=2), find=find, processes=processes, archive=archive)
        running.append((archive, engine))
        monkeypatch.setattr(server, "engine", lambda: engine)
        monkeypatch.setattr(server, "archive", lambda: archive)
        visits._visits.clear()
        return archive

    yield restart
    stop(lost=True)


def trained(**params):
    at = page(**FAST, **params)
    press(at, "train")
    return until(at, lambda at: status(at).startswith("Finished"))


def test_a_link_shows_its_run_after_a_restart_and_the_bench_has_it(restart):
    restart()
    before = trained(seed="1", epochs="3")
    job = url(before)["job"]
    restart()
    after = page(job=job, seed="1", epochs="3", **FAST)
    assert status(after) == status(before)
    assert "chosen None after epoch 3" in [text.value for text in after.text]
    assert len(after.get("download_button")) == len(before.get("download_button"))
    assert component(after, "curve")["figure"] == component(before, "curve")["figure"]
    elsewhere = page(seed="2", **FAST)  # without the link
    assert tables(elsewhere)[0].equals(tables(after)[0])
    restart().delete(ADA, [job])
    gone = page(job=job, seed="1", epochs="3", **FAST)
    assert notices(gone)[0].startswith("The run of this link is no longer kept. The settings are")


@pytest.mark.parametrize("lost", [True, False], ids=["by a crash", "in good order"])
def test_a_run_that_the_server_s_end_cut_off_is_offered_again(restart, lost):
    archive = restart()
    at = page(seed="3", step_ms="200", epochs="40")
    press(at, "train")
    job = url(at)["job"]
    until(at, lambda at: status(at).startswith("Epoch"))
    archive.flush()
    restart(lost)
    after = page(job=job, seed="4", **FAST)  # other settings than the run's
    said = "The server was stopped while this run was under way, and the run with it."
    assert said in notices(after)
    checked(after.button(key="kit.again").click().run())
    checked(after.run())
    again = url(after)
    assert again["job"] != job and (again["seed"], again["step_ms"]) == ("3", "200")
    server.engine().kill(again["job"], ADA)


def test_a_run_of_another_version_says_so(restart, monkeypatch):
    restart()
    job = url(trained(seed="5"))["job"]
    archive = restart()
    monkeypatch.setattr(archive, "recording", lambda *_run, **_how: None)
    at = page(job=job, seed="5", **FAST)
    [said] = [n for n in notices(at) if "cannot be shown" in n]
    assert said.endswith("or its file is damaged.")


def test_a_run_that_could_not_be_kept_is_here_and_says_so(restart, monkeypatch):
    archive = restart()

    def full(*_what):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive._blobs, "put", full)
    at = trained(seed="6")
    archive.flush()
    checked(at.run())
    words = "The run is not kept beyond the next hour: No space left on device. Take away what you"
    assert [n for n in notices(at) if n.replace("\\", "").startswith(words)]
    assert at.get("download_button")


# --- the page ---


def remember(archive, name, run="small", visitor=ADA, experiment_name=""):
    """Keep a recorded run."""
    told = recorded.recorded(name, run)
    config = dict(only(told, Started).config)
    job = f"{name} {run}"
    archive.begin(job, experiment_name or name, config, visitor)
    archive.end(job, told, [0.1 * at for at in range(len(told))])
    assert archive.flush()
    return job


@pytest.fixture
def archive(restart, monkeypatch):
    kept = restart()
    engine = Engine(Limits(at_once=1), processes=for_this_machine("core.events"), archive=kept)
    monkeypatch.setattr(server, "engine", lambda: engine)
    monkeypatch.setattr(work_page.st, "page_link", lambda *_page, **_more: None)  # needs the frame
    yield kept
    engine.close()


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


# --- as a file ---


@pytest.fixture(autouse=True)
def plain_cookies(monkeypatch):
    monkeypatch.setattr(server, "name_of", lambda cookie: cookie)


def asked(cookie=ADA, **params):
    """The answer to a browser with that cookie: its status, its fields, what it holds."""
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/work.zip",
        "headers": [(b"cookie", f"{server.COOKIE}={cookie}".encode())],
        "query_string": urlencode(params).encode(),
    }
    answer = asyncio.run(taken.take_away(Request(scope)))
    if not isinstance(answer, FileResponse):
        return answer.status_code, answer.headers, bytes(answer.body)
    file = Path(answer.path)
    content = file.read_bytes()
    assert answer.background
    asyncio.run(answer.background())
    assert not file.exists()
    return answer.status_code, answer.headers, content


def test_the_file_has_what_its_browser_asks_for_and_comes_back(archive):
    first, second = remember(archive, "autoencoder"), remember(archive, "calculator")
    status, fields, content = asked(run=first)
    assert status == 200 and fields["cache-control"] == "no-store"
    assert fields["content-disposition"] == 'attachment; filename="pangloss-work.zip"'
    whole = asked()[2]
    archive.delete(ADA, [first, second])
    assert archive.bring_back(ADA, io.BytesIO(content), work_page._known) == 1
    assert archive.find(first).made_here and archive.find(second) is None
    assert archive.bring_back(ADA, io.BytesIO(whole), work_page._known) == 2


@pytest.mark.parametrize("cookie", ["", "bob"])
def test_a_stranger_gets_nobody_s_runs(archive, cookie):
    job = remember(archive, "autoencoder")
    assert asked(cookie)[0] == asked(cookie, run=job)[0] == 404
    said = "Il n’y a pas d’apprentissage terminé à emporter."
    assert asked(cookie, run=job, lang="fr")[2].decode() == said


def test_a_run_of_an_experiment_that_is_not_here_is_refused(archive):
    remember(archive, "autoencoder", experiment_name="something-else")
    raw = asked()[2]
    with pytest.raises(Problem, match=r"^There is no experiment something-else; there are: "):
        archive.bring_back(ADA, io.BytesIO(raw), work_page._known)


def test_a_run_brought_from_elsewhere_is_drawn_as_if_trained_here(restart):
    archive = restart()
    job = url(trained(seed="7"))["job"]
    archive.flush()
    raw = archive._blobs.path(archive.find(job).file).read_bytes()
    assert archive.bring_back("bob", io.BytesIO(raw), lambda *_which: None) == 1
    [seen] = archive.work("bob")
    at = page(job=seen.run.id, seed="7", **FAST)
    assert status(at).startswith("Finished")
    assert [b.proto.label for b in at.get("download_button")][-1] == "Numbers"


def test_a_run_whose_arrays_are_not_the_lesson_s_is_a_sentence(restart):
    archive = restart()
    config = KitConfig(seed=9, step_ms=0, epochs=1)
    told = [
        Started("kit", config.to_dict(), 1, 1, 1),
        Step(1, 1.0, 0.1, {"loss": 1.0}),
        Epoch(1, 1, 0.1, {"valid_loss": 1.0}),  # without its texts
        Finished({}),
    ]
    about = {"id": "x", "experiment": "kit", "version": "0.1", "config": config.to_dict()}
    about |= {"state": "finished", "begun_at": 1.0, "ended_at": 2.0}
    raw = io.BytesIO()
    event_file.write(raw, Recording(about, told, [0.0, 1.0, 2.0, 3.0]))
    archive.bring_back(ADA, raw, lambda *_which: None)
    [seen] = archive.work(ADA)
    at = page(job=seen.run.id, seed="9", epochs="1", step_ms="0")
    assert "This run was made by version 0\\.1 of Pangloss or brought in a file" in notices(at)[0]


def test_the_config_of_each_experiment_is_checked():
    with pytest.raises(Problem, match=r"^units must be "):
        work_page._known("calculator", {"units": -1})
    work_page._known("calculator", experiment("calculator").Config().to_dict())


def test_the_kit_s_run_is_summed_up_without_its_arrays(restart):
    restart()
    job = url(trained(seed="8"))["job"]
    restart()
    run = bench.kept_run(job)
    assert run and run.config == KitConfig(seed=8, step_ms=0) and not run.at.arrays
    assert server.engine().job(job) is None and live.server is server
