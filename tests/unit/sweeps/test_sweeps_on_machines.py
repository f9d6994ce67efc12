"""A sweep on the workers of a Dask cluster: what it is at home, whatever becomes of the workers."""

import pytest
from cluster_kit import Machines
from engine_kit import until
from fake_sweeps import find

from core.cli import main
from core.cli import sweep as command
from core.engine.cluster.chosen import VARIABLE
from core.sweeps import sweep
from core.sweeps.running import own_engine

pytest.importorskip("distributed", reason="Dask is not installed: requirements-cluster.txt")

OVER = {"cell": ["rnn", "gru"], "units": [4, 8]}


@pytest.fixture
def machines(tmp_path):
    """A scheduler; at the end no process of any worker is left."""
    machines = Machines(tmp_path)
    machines.start_scheduler()
    yield machines
    left = machines.processes()
    machines.end()
    until(lambda: not any(process.is_running() for process in left))


@pytest.mark.slow
def test_a_sweep_there_is_the_same_table_as_here(machines, engine, monkeypatch, tmp_path, capsys):
    machines.start_worker(2)
    more = {"set": {"bad_seed": 2}, "find": find, "progress": False}
    here = sweep("fake", OVER, 3, engine=engine, **more)
    there = sweep("fake", OVER, 3, cluster=machines.address, **more)
    assert there.equals(here)
    assert there.error.tolist() == 4 * ["", "", "Seed 2 is a bad one."]
    monkeypatch.setattr(command, "find_experiment", find)
    args = ["sweep", "fake", "--over", "cell=rnn,gru", "--seeds", "2", "--out", str(tmp_path / "o")]
    assert main([*args, "--cluster", machines.address]) == 0
    said = capsys.readouterr().out
    assert said.startswith("fake: 4 runs, 0 failed\n")
    monkeypatch.setenv(VARIABLE, "tcp://127.0.0.1:1")
    assert main(args) == 2
    refused = capsys.readouterr().err
    assert refused.endswith("Error: No scheduler answers at tcp://127.0.0.1:1.\n")
    monkeypatch.setenv(VARIABLE, machines.address)
    assert main(args) == 0 and capsys.readouterr().out == said


@pytest.mark.slow
def test_a_quarter_of_the_slots_is_left_unless_told(machines):
    machines.start_worker(8)
    for jobs, beside in ((None, 6), (3, 3), (20, 8)):
        with own_engine(jobs, find, machines.address) as engine:
            until(lambda beside=beside, engine=engine: engine.beside == beside)


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_loses_nothing(machines, tmp_path):
    for _ in range(2):
        machines.start_worker()
    diary, out = tmp_path / "diary", tmp_path / "out"
    more = {"find": find, "set": {"diary": str(diary), "epochs": 3}, "out": out}

    def kill_one(_done, ended):
        if ended == 3 and machines.workers[0].poll() is None:
            machines.workers[0].kill()
            machines.workers[0].wait(60)
            machines.start_worker()

    rows = sweep("fake", OVER, 4, cluster=machines.address, jobs=2, progress=kill_one, **more)
    assert len(rows) == 16 and set(rows.error) == {""}
    assert 16 <= len(diary.read_text()) <= 17  # the run that was lost is begun again
    diary.write_text("")
    assert sweep("fake", OVER, 4, cluster=machines.address, progress=False, **more).equals(rows)
    assert diary.read_text() == ""


@pytest.mark.slow
def test_a_sweep_waits_for_workers_and_is_taken_up_where_it_was(machines, tmp_path):
    diary, out = tmp_path / "diary", tmp_path / "out"
    more = {"find": find, "set": {"diary": str(diary)}, "out": out, "cluster": machines.address}

    def break_off(_done, ended):
        if ended == 0 and not machines.workers:
            machines.start_worker()
        if ended == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep("fake", OVER, 3, progress=break_off, **more)
    kept = len([*(out / "runs").glob("*.npz")])
    assert kept == 5
    diary.write_text("")
    assert len(sweep("fake", OVER, 3, progress=False, **more)) == 12
    assert len(diary.read_text()) <= 12 - kept
