"""Archives in folders of their own, and runs to keep in them."""

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import sqlalchemy as sa

from core.store import Archive, Settings
from tests.unit.store.kept import Clock

_COUNT = itertools.count()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def database():
    """The URL of the archives' database: "" for SQLite in their folder."""
    return ""


@pytest.fixture(scope="session")
def postgresql_server():
    """A PostgreSQL of the tests' own, by a socket in a folder: how its databases are addressed."""
    installed = [*Path("/usr/lib/postgresql").glob("*/bin/initdb"), shutil.which("initdb")]
    program = next(filter(None, reversed(installed)), None)
    if sys.platform == "win32" or program is None:
        pytest.skip("no PostgreSQL is installed here: on Debian, apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="pangloss-"))  # a short path, as sockets want it
    if os.geteuid() == 0:  # which PostgreSQL does not run as
        shutil.chown(folder, "postgres", "postgres")
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}

    def run(name, *arguments):
        user = "postgres" if os.geteuid() == 0 else None
        subprocess.run([Path(program).with_name(name), *arguments], user=user, **quiet)

    data = folder / "data"
    run("initdb", "--no-sync", "-A", "trust", "-U", "pangloss", "-E", "UTF8", "-D", data)
    options = f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=30"
    run("pg_ctl", "-w", "-D", data, "-o", options, "-l", folder / "log", "start")
    try:
        yield f"postgresql+psycopg://pangloss@/{{}}?host={folder}"
    finally:
        run("pg_ctl", "-m", "immediate", "-D", data, "stop")
        shutil.rmtree(folder)


@pytest.fixture
def postgresql(postgresql_server):
    """The URL of an empty database of PostgreSQL."""
    name = f"test{next(_COUNT)}"
    engine = sa.create_engine(postgresql_server.format("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} STRATEGY FILE_COPY")
    engine.dispose()
    return postgresql_server.format(name)


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
