"""What servers of one database and folder know of each other's runs that are under way."""

import os

from core.store.under_way import UnderWay
from tests.unit.store.kept import begin, events, fail, times


def test_another_server_knows_what_is_under_way_here_until_it_ends(open_archive, postgresql):
    here, there = (open_archive(database=postgresql) for _server in "12")
    for run in ("kept", "failed", "cut off"):
        begin(here, run)
    assert here.flush()
    runs = [there.find(run) for run in ("kept", "failed", "cut off")]
    assert [there.under_way(run) for run in runs] == [True] * 3
    here.end("kept", events(), times(events()))
    fail(here, "failed")
    assert [there.under_way(run) for run in runs] == [False, False, True]
    assert there.find("kept").ended and not there.under_way(there.find("kept"))
    here.close()  # and what it computed with it
    assert [there.under_way(run) for run in runs] == [False] * 3


def test_a_server_of_a_file_has_no_others(open_archive):
    archive = open_archive()
    begin(archive, "one")
    assert archive.flush()
    assert not archive.under_way(archive.find("one"))


def test_what_a_lost_server_has_left_is_under_way_no_more(tmp_path):
    lost, other = UnderWay(tmp_path / "runs"), UnderWay(tmp_path / "runs")
    lost.begin("one")
    lost.begin("two")
    assert other.has("one") and not other.has("three")
    before = (tmp_path / "runs" / "one").stat().st_mtime - 60
    os.utime(tmp_path / "runs" / "one", (before, before))
    assert not other.has("one")
    other.sweep()
    assert [path.name for path in (tmp_path / "runs").iterdir()] == ["two"]
    lost.close()


def test_a_run_stays_under_way_as_long_as_its_server_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("core.store.under_way._BEAT_S", 0.01)
    server = UnderWay(tmp_path)
    server.begin("one")
    os.utime(tmp_path / "one", (0, 0))
    while not server.has("one"):
        pass
    server.close()
    assert not server.has("one") and list(tmp_path.iterdir()) == []
