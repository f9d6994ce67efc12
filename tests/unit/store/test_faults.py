"""Crashes between any two writes, full disks, folders that cannot be written, kill -9, company."""

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from core.messages import Problem
from core.store import Archive, Settings, blobs, runs, schema
from core.store.database import Database
from tests.unit.store.kept import (
    assert_nothing_is_half_there,
    begin,
    events,
    files,
    ids,
    keep,
    times,
)

ROOT = Path(__file__).parents[3]
FULL = OSError(errno.ENOSPC, "No space left on device")


class Crash(BaseException):
    """The machine stops."""


class Faults:
    """Counts what is written, and at the one with number ``at`` raises ``error`` instead.

    A place is before a write, a write to disk, a renaming, a deletion, a statement that changes
    the database or its commit.
    """

    def __init__(self, patch):
        self.at, self.seen, self.error = 0, 0, Crash
        for owner, name in ((os, "fsync"), (os, "replace"), (Path, "unlink")):
            patch.setattr(owner, name, self._before(getattr(owner, name)))
        patch.setattr(blobs.hashlib, "file_digest", self._before(blobs.hashlib.file_digest))
        event.listen(sa.Engine, "before_cursor_execute", self._statement)
        event.listen(sa.Engine, "commit", self.place)

    def close(self):
        event.remove(sa.Engine, "before_cursor_execute", self._statement)
        event.remove(sa.Engine, "commit", self.place)

    def place(self, *_arguments):
        self.seen += 1
        if self.seen == self.at:
            raise self.error

    def _before(self, write):
        def faulty(*arguments, **more):
            self.place()
            return write(*arguments, **more)

        return faulty

    def _statement(self, _connection, _cursor, statement, *_more):
        if not statement.startswith(("SELECT", "PRAGMA", "BEGIN")):
            self.place()


@pytest.fixture
def faults():
    with pytest.MonkeyPatch.context() as patch:
        made = Faults(patch)
        yield made
        made.at = 0
        made.close()


def one_after_another(archive):
    """A little life of an archive, done in this thread; what was finished is said after each."""
    told = events()
    run = runs.Kept("two", "count", "0", {}, "ada", archive._clock(), archive._clock())
    yield archive._begin(run)
    yield archive._keep("two", told, times(told))
    yield archive.pin("ada", ["two"], True)
    yield archive.delete("ada", ["one"])
    yield archive.tidy()


def test_after_a_crash_between_any_two_writes_nothing_is_half_there(tmp_path, clock, faults):
    places = 0
    while places == faults.at:  # until a life goes by without a crash
        faults.at, faults.seen, places = 0, 0, places + 1
        home = tmp_path / str(places)
        archive = Archive(Settings(home), clock=clock)
        keep(archive, "one")
        archive.flush()
        faults.at, faults.seen, done = places, 0, 0
        try:
            for _ in one_after_another(archive):
                done += 1
        except Crash:
            pass
        else:
            faults.at = 0
        archive._open().close()  # as a process that is gone
        again = Archive(Settings(home), clock=clock)
        assert again.flush()
        assert_nothing_is_half_there(home)
        kept = {seen.run.id: seen for seen in again.work("ada")}
        assert ("two" in kept) >= (done > 0)
        if done > 1:  # what was done is there
            assert kept["two"].run.ended and kept["two"].pinned >= (done > 2)
        assert ("one" not in kept) >= (done > 3)
        again._blobs.sweep(_known(again), now=time.time() + 7200)
        assert len(files(home)) == sum(seen.run.ended for seen in kept.values())
        again.close()
    assert places > 15


def _known(archive):
    with archive._open().reading() as db:
        return runs.files(db)


def test_a_disk_that_is_full_takes_no_run_away_and_says_so(archive, faults, tmp_path):
    faults.error, place = FULL, 0
    told = events()
    while True:
        place += 1
        faults.at = faults.seen = 0
        begin(archive, f"run {place}")
        archive.flush()
        faults.at, faults.seen = place, 0
        archive.end(f"run {place}", told, times(told))
        assert archive.flush()
        if faults.seen < place:
            break
        assert_nothing_is_half_there(tmp_path / "home")
        trouble = archive.trouble(f"run {place}")
        assert trouble is None or str(trouble) == (
            "The run is not kept beyond the next hour: No space left on device. "
            "Take away what you need of it."
        )
        assert trouble or archive.find(f"run {place}").ended
    assert archive.trouble(f"run {place}") is None  # with room again, all is as before
    assert archive.find(f"run {place}").ended


def test_a_database_without_room_says_so(archive):
    engine = archive._open()._engine
    archive.flush()
    engine.dispose()  # what SQLite allows is said to each connection

    @event.listens_for(engine, "connect")
    def small(connection, _record):
        connection.execute("PRAGMA max_page_count = 1")  # as many as there are

    archive.begin("one", "count", {"name": "x" * 200_000}, "ada")
    archive.flush()
    assert "database or disk is full" in str(archive.trouble("one"))
    assert archive.find("one") is None


@pytest.mark.parametrize("blocked", ["", "pangloss.db"])
def test_a_folder_that_cannot_be_written_to_leaves_the_server_without_an_archive(tmp_path, blocked):
    if blocked:
        (tmp_path / "home" / blocked).mkdir(parents=True)
    else:
        (tmp_path / "home").write_text("a file")
    archive = Archive(Settings(tmp_path / "home"))
    begin(archive, "one")
    archive.end("one", events(), times(events()))
    assert archive.flush()
    said = str(archive.trouble("one"))
    assert said.startswith("The database cannot be opened: ") and said.endswith(".")
    assert archive.find("one") is None and archive.runs_of("ada", "count") == []
    with pytest.raises(Problem, match=r"^The database cannot be opened"):
        archive.work("ada")
    archive.close()


def test_a_file_that_is_gone_or_damaged_is_no_run(archive, tmp_path):
    keep(archive, "one")
    path = archive._blobs.path(archive.find("one").file)
    path.write_bytes(path.read_bytes()[:-100])
    assert archive.recording(archive.find("one")) is None
    path.unlink()
    assert archive.recording(archive.find("one")) is None
    assert archive.delete("ada", ["one"]) == ["one"]


# --- other processes ---

WRITER = """
import sys
from core.store import Archive, Settings
from pathlib import Path
from tests.unit.store.kept import events, times
archive = Archive(Settings(Path(sys.argv[1]), sys.argv[4]))
assert archive.closed_by is None, archive.closed_by
for number in range(int(sys.argv[3])):
    name = f"{sys.argv[2]}{number}"
    archive.begin(name, "count", {}, sys.argv[2])
    told = events(number)
    archive.end(name, told, times(told))
    assert archive.flush()
    print(name, flush=True)
archive.close()
"""


def writer(home, name, count, database=""):
    command = [sys.executable, "-c", WRITER, str(home), name, str(count), database]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_processes_open_and_fill_one_folder_at_once(tmp_path, kind, request):
    home = tmp_path / "home"
    database = "" if kind == "sqlite" else request.getfixturevalue("postgresql")
    both = [writer(home, name, 10, database) for name in ("ada", "bob")]
    said = [process.communicate()[0].split() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    if kind == "sqlite":
        assert_nothing_is_half_there(home)
    archive = Archive(Settings(home, database))
    for name, told in zip(("ada", "bob"), said, strict=True):
        assert ids(archive, name) == told[::-1] and len(told) == 10
        assert all(seen.run.ended for seen in archive.work(name))
    archive.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_what_was_kept_before_kill_9_is_there(tmp_path):
    home = tmp_path / "home"
    process = writer(home, "ada", 10_000)
    assert process.stdout
    told = [process.stdout.readline().strip() for _ in range(5)]
    process.send_signal(signal.SIGKILL)
    told += process.stdout.read().split()
    process.wait()
    process.stdout.close()
    assert_nothing_is_half_there(home)
    archive = Archive(Settings(home))
    kept = {seen.run.id for seen in archive.work("ada") if seen.run.ended}
    assert kept >= set(told)
    archive.close()


# --- versions of the database ---


def test_a_database_of_a_newer_version_is_left_as_it_is(open_archive, tmp_path):
    keep(open_archive(), "one")
    with sqlite3.connect(tmp_path / "home" / "pangloss.db") as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    db.close()
    newer = open_archive()
    assert str(newer.closed_by) == (
        "The database was made by a newer version of Pangloss and is left as it is: update "
        "Pangloss, or set PANGLOSS_HOME to another folder."
    )
    with sqlite3.connect(tmp_path / "home" / "pangloss.db") as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)
        assert db.execute("SELECT id FROM runs").fetchall() == [("one",)]
    db.close()


def test_a_migration_that_breaks_off_leaves_the_database_as_it_was(tmp_path, faults):
    url = f"sqlite:///{tmp_path / 'new.db'}"
    faults.at = 4
    with pytest.raises(Crash):
        Database(url)
    faults.at = 0
    with sqlite3.connect(tmp_path / "new.db") as db:
        assert db.execute("SELECT name FROM sqlite_master").fetchall() == []
    db.close()
    Database(url).close()
    with sqlite3.connect(tmp_path / "new.db") as db:
        version = db.execute("SELECT version_num FROM alembic_version").fetchone()
    db.close()
    assert version == (schema.HEAD,)
