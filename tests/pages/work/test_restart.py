"""What was trained is there after a restart, by its link."""

import pytest

from tests.pages.kit_page import FAST, page, press, status
from tests.pages.lesson import checked, component, notices, tables, until, url
from tests.pages.work.kept import ADA, trained
from ui import server


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
