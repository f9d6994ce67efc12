"""A PostgreSQL of the tests' own; a conftest takes its fixtures."""

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import sqlalchemy as sa

_COUNT = itertools.count()


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
