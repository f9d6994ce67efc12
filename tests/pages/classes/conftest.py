"""Pages of classes in an archive of this test's."""

import pytest

from core.engine import Engine, Limits
from core.engine.local.processes import for_this_machine
from core.store import Archive, Settings
from tests.pages.classes.class_page import Who
from ui import server
from ui.frame.classes import board
from ui.state import visits


@pytest.fixture
def archive(tmp_path, monkeypatch):
    archive = Archive(Settings(tmp_path / "home"))
    engine = Engine(Limits(at_once=1), processes=for_this_machine("core.events"), archive=archive)
    monkeypatch.setattr(server, "archive", lambda: archive)
    monkeypatch.setattr(server, "engine", lambda: engine)
    monkeypatch.setattr(server, "visitor", lambda: Who.name)
    monkeypatch.setattr(server, "address", lambda: "10.0.0.1")
    for known in (board._classes, board._members, visits._visits):
        known.clear()
    yield archive
    engine.close()
    archive.close()
