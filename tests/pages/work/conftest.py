"""What the tests of kept runs share: an engine and an archive that begin anew."""

import pytest

from core.engine import Engine, Limits
from core.engine.local.processes import for_this_machine
from core.store import Archive, Settings
from tests.browser.kit.experiment import find
from tests.pages.work.kept import ADA
from ui import server
from ui.frame.work import page as work_page
from ui.state import visits


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


@pytest.fixture
def archive(restart, monkeypatch):
    kept = restart()
    engine = Engine(Limits(at_once=1), processes=for_this_machine("core.events"), archive=kept)
    monkeypatch.setattr(server, "engine", lambda: engine)
    monkeypatch.setattr(work_page.st, "page_link", lambda *_page, **_more: None)  # needs the frame
    yield kept
    engine.close()
