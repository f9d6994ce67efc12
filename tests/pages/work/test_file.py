"""What was trained is taken away as a file, and brought back."""

import asyncio
import io
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.requests import Request
from starlette.responses import FileResponse

from core.events import Epoch, Finished, Started, Step
from core.experiments import experiment
from core.messages import Problem
from core.store import Recording, event_file
from tests.browser.kit.experiment import KitConfig
from tests.pages.kit_page import FAST, page, status
from tests.pages.lesson import notices, url
from tests.pages.work.kept import ADA, remember, trained
from ui import server
from ui.frame.work import page as work_page
from ui.frame.work import taken
from ui.runs.following import live
from ui.runs.results import bench


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
