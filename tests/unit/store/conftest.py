"""Archives in folders of their own, and runs to keep in them."""

import pytest

from core.store import Archive, Settings
from tests.postgresql import postgresql, postgresql_server  # noqa: F401  its fixtures
from tests.unit.store.kept import Clock


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def database():
    """The URL of the archives' database: "" for SQLite in their folder."""
    return ""


@pytest.fixture
def open_archive(tmp_path, clock, database):
    """A function that opens an archive of this test's folder; all are closed afterwards."""
    archives = []

    def open_(**settings):
        settings = Settings(**{"home": tmp_path / "home", "database": database, **settings})
        archive = Archive(settings, clock=clock)
        archives.append(archive)
        return archive

    yield open_
    for archive in archives:
        archive.close()


@pytest.fixture
def archive(open_archive):
    return open_archive()
