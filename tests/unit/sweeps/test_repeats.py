"""Repetitions: one a visitor, stopped, found again, and computed once for everybody."""

import json
import os
import time
from dataclasses import replace

import pytest
from fake_sweeps import FakeConfig, find

from core.messages import Problem
from core.sweeps import asked
from core.sweeps.repeats import Repeats
from core.sweeps.results import Folder


def until(condition, seconds=120):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "this did not happen in time"
        time.sleep(0.01)


def ended(one):
    until(lambda: one.ended)
    return one


@pytest.fixture
def repeats(engine, tmp_path):
    return Repeats(lambda: engine, tmp_path / "sweeps", find)


def test_a_setting_is_repeated_with_the_seeds_from_zero(repeats):
    one = ended(repeats.start("fake", FakeConfig(units=4, seed=17), 3, "ada"))
    assert (one.state, one.done, one.problem) == ("finished", 3, None)
    assert {result.config for result in one.results} == {
        FakeConfig(units=4, seed=seed) for seed in range(3)
    }
    assert repeats.find(one.id) is one and repeats.of("ada", "fake") == [one]
    assert repeats.of("bob", "fake") == repeats.of("ada", "other") == []
    assert repeats.find("nobody's") is None


@pytest.mark.slow
def test_a_visitor_repeats_one_setting_at_a_time(repeats, engine):
    engine.submit("fake", FakeConfig(epochs=9), "cyd")
    one = repeats.start("fake", FakeConfig(), 10, "ada")
    with pytest.raises(Problem) as refused:
        repeats.start("fake", FakeConfig(units=4), 10, "ada")
    assert str(refused.value) == (
        "You already repeat a run; wait until that has ended, or stop it."
    )
    other = repeats.start("fake", FakeConfig(units=4), 2, "bob")
    assert [ended(of).state for of in (one, other)] == ["finished"] * 2
    again = ended(repeats.start("fake", FakeConfig(), 2, "ada"))
    assert repeats.of("ada", "fake") == [again]  # the last of each setting


def test_it_is_stopped_by_whoever_began_it(repeats, engine):
    one = repeats.start("fake", FakeConfig(epochs=10), 50, "ada")
    for visitor, name, words in (
        ("bob", one.id, "Only the visitor who started this run may do that."),
        ("ada", "nothing", "This run is no longer here; start it again."),
    ):
        with pytest.raises(Problem) as refused:
            repeats.stop(name, visitor)
        assert str(refused.value) == words
    repeats.stop(one.id, "ada")
    assert ended(one).state == "stopped" and len(one.results) < 50
    until(lambda: not engine._queue.running and not engine._queue.waiting)


def test_what_somebody_has_computed_is_not_computed_again(repeats, tmp_path):
    diary = tmp_path / "diary"
    config = FakeConfig(diary=str(diary))
    first = ended(repeats.start("fake", config, 3, "ada"))
    second = ended(repeats.start("fake", config, 4, "bob"))
    assert diary.read_text() == "xxxx"
    assert [r.metrics for r in second.results[:3]] == [
        r.metrics for r in sorted(first.results, key=lambda r: r.config.to_dict()["seed"])
    ]


def test_a_run_that_a_visitor_has_trained_is_one_of_them_and_stays(repeats, engine, tmp_path):
    diary = tmp_path / "diary"
    config = FakeConfig(diary=str(diary), seed=1)
    job = engine.submit("fake", config, "ada")
    until(lambda: engine.result(job))
    one = ended(repeats.start("fake", config, 2, "ada"))
    assert diary.read_text() == "xx" and len(one.results) == 2
    assert all(not getattr(e, "arrays", {}) for r in one.results for e in r.events)
    assert len(engine.result(job).arrays["w"]) == 3


def test_a_run_that_fails_leaves_the_others(repeats):
    one = ended(repeats.start("fake", FakeConfig(bad_seed=1), 3, "ada"))
    assert one.state == "finished"
    errors = {r.config.to_dict()["seed"]: r.error for r in one.results}
    assert errors == {0: "", 1: "Seed 1 is a bad one.", 2: ""}


def test_what_is_wrong_with_the_server_is_said(repeats, engine):
    engine.close()
    one = ended(repeats.start("fake", FakeConfig(), 3, "ada"))
    assert (one.state, str(one.problem)) == (
        "stopped",
        "The server is shutting down; no run can be started.",
    )


def test_a_disk_that_takes_nothing_is_no_end(engine, tmp_path, caplog):
    (tmp_path / "file").write_text("no folder")
    repeats = Repeats(lambda: engine, tmp_path / "file")
    one = ended(repeats.start("fake", FakeConfig(), 2, "ada"))
    assert (one.state, len(one.results), one.problem) == ("finished", 2, None)
    assert "what is repeated cannot be kept" in caplog.text


def test_the_oldest_files_of_too_many_go_first(tmp_path):
    folder = Folder(tmp_path)
    for number in range(4):
        path = tmp_path / "runs" / f"{number}.npz"
        path.write_bytes(b"x" * 100)
        os.utime(path, (number, number))
    folder.trim(250)
    assert sorted(path.stem for path in (tmp_path / "runs").iterdir()) == ["2", "3"]


def test_the_least_recent_of_too_many_repetitions_are_forgotten(repeats, monkeypatch):
    monkeypatch.setattr("core.sweeps.repeats._MOST", 2)
    first, second = (ended(repeats.start("fake", FakeConfig(), 1, name)) for name in ("ada", "bob"))
    repeats.find(first.id)  # which makes it the more recent
    third = repeats.start("fake", FakeConfig(), 1, "cyd")
    assert [repeats.of(name, "fake") for name in ("ada", "bob", "cyd")] == [[first], [], [third]]
    ended(third)
    found = repeats.find(second.id)  # again, from its file
    assert found and found is not second and found.state == "finished"


def test_a_repetition_is_found_by_another_server(repeats, engine, tmp_path):
    one = ended(repeats.start("fake", FakeConfig(units=4, bad_seed=1), 3, "ada"))
    later = Repeats(lambda: engine, tmp_path / "sweeps", find)
    again = later.find(one.id)
    assert again
    assert (again.config, again.visitor, list(again.seeds)) == (one.config, "ada", [0, 1, 2])
    assert (again.state, again.done) == ("finished", 2)
    assert [r.metrics for r in again.results] == [r.metrics for r in one.results if r.finished]
    assert later.of("ada", "fake") == [again] and later.find(one.id) is again


def test_one_that_was_cut_off_has_the_runs_that_had_ended(repeats, engine, tmp_path):
    short = ended(repeats.start("fake", FakeConfig(), 1, "ada"))
    note = asked.read(tmp_path / "sweeps" / "asked", short.id)
    assert note
    asked.write(tmp_path / "sweeps" / "asked", replace(note, seeds=5, finished=False))
    later = Repeats(lambda: engine, tmp_path / "sweeps", find)
    found = later.find(short.id)
    assert found
    assert (found.state, len(found.results), len(found.seeds)) == ("stopped", 1, 5)
    asked.write(tmp_path / "sweeps" / "asked", note)  # it was another server's, and has ended
    ended_there = later.find(short.id)
    assert ended_there and ended_there.state == "finished" and later.find(short.id) is ended_there


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "a" * 16, "x" * 16, "y" * 16, "z" * 16])
def test_what_is_no_note_is_none(repeats, tmp_path, name):
    folder = tmp_path / "sweeps" / "asked"
    folder.mkdir(parents=True)
    (folder / f"{'x' * 16}.json").write_text("{}")
    (folder / f"{'y' * 16}.json").write_bytes(b"\xff")
    unknown = {"id": "z" * 16, "experiment": "fake", "config": {"unknown": 1}}
    rest = {"seeds": 3, "visitor": "ada", "finished": True}
    (folder / f"{'z' * 16}.json").write_text(json.dumps(unknown | rest))
    assert repeats.find(name) is None


def test_what_the_server_s_end_cuts_off_has_not_finished(repeats, engine, tmp_path):
    one = repeats.start("fake", FakeConfig(epochs=10), 50, "ada")
    until(lambda: one.done > 0)
    engine.close()
    assert ended(one).state == "stopped"
    assert len(one.results) < 50 and not any(result.failed for result in one.results)
    told = json.loads((tmp_path / "sweeps" / "asked" / f"{one.id}.json").read_text("utf-8"))
    assert not told["finished"]


def test_what_is_too_old_is_kept_no_more(engine, tmp_path):
    folder = tmp_path / "sweeps"
    old = ended(Repeats(lambda: engine, folder, find).start("fake", FakeConfig(), 2, "ada"))
    for path in folder.rglob("*.*"):
        os.utime(path, (0, 0))
    new = Repeats(lambda: engine, folder, find, keep_s=60)
    ended(new.start("fake", FakeConfig(units=4), 1, "ada"))
    assert new.find(old.id) is None
    assert len([*folder.rglob("*.json")]) == len([*folder.rglob("*.npz")]) == 1
