"""Archives in folders of their own, and runs to keep in them."""

import pytest

from core.store import Archive, Settings
from tests.unit.store.kept import Clock


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def open_archive(tmp_path, clock):
    """A function that opens an archive of this test's folder; all are closed afterwards."""
    archives = []

    def open_(**settings):
        archive = Archive(Settings(**{"home": tmp_path / "home", **settings}), clock=clock)
        archives.append(archive)
        return archive

    yield open_
    for archive in archives:
        archive.close()


@pytest.fixture
def archive(open_archive):
    return open_archive()
