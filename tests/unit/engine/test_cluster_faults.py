"""Machines of a cluster that are lost in the middle of a run."""

import signal
import subprocess
import sys

import psutil
import pytest
from cluster_kit import Machines
from engine_kit import Visit, until

from core.events import Changed, Moved, Paused, Started, Step

pytest.importorskip("distributed", reason="Dask is not installed: requirements-cluster.txt")
from core.engine.cluster import remote
from core.engine.cluster.processes import Cluster

LONG = 100_000


@pytest.fixture
def machines(tmp_path):
    """A scheduler; at the end no process of any worker is left."""
    machines = Machines(tmp_path)
    machines.start_scheduler()
    yield machines
    left = machines.processes()
    machines.end()
    until(lambda: not any(process.is_running() for process in left))


@pytest.fixture
def engine(open_engine, machines):
    return open_engine(processes=Cluster(machines.address))


def pid(watch, job):
    return int(until(lambda: watch.said(job, Started))[0].references["pid"])


def lose(worker):
    """Kill a worker, and wait until nothing of it is left."""
    lost = psutil.Process(worker.pid).children(recursive=True)
    worker.kill()
    worker.wait(60)
    until(lambda: not any(process.is_running() for process in lost))


@pytest.mark.slow
def test_a_run_goes_on_elsewhere_without_a_jump(machines, engine, watch, ada):
    for _ in range(2):
        machines.start_worker()
    job = ada.submit(steps=600)
    until(lambda: len(watch.steps(job)) > 20)
    ada.change(job, "rate", 0.5)
    changed = until(lambda: watch.said(job, Changed))[0].step
    until(lambda: watch.steps(job)[-1] > changed + 20)
    lose(machines.worker_of(pid(watch, job)))
    moved = until(lambda: watch.said(job, Moved))[0]
    assert str(moved.note) == (
        f"The machine that computed this run was lost after step {moved.step}: another one repeats "
        "it, and the curve goes on from there."
    )
    assert watch.result(job).metrics == {"steps": 600}
    steps = watch.said(job, Step)
    assert [step.step for step in steps] == list(range(1, 601))
    assert [step.metrics["rate"] for step in steps] == [0.1] * (changed - 1) + [0.5] * (
        601 - changed
    )
    assert [step.train_s for step in steps] == pytest.approx([0.005 * n for n in range(1, 601)])
    assert len(watch.said(job, Started)) == len(watch.said(job, Changed)) == 1
    assert watch.state(job) == "finished"


@pytest.mark.slow
def test_a_run_that_waits_waits_elsewhere_too(machines, watch, ada):
    machines.start_worker()
    job = ada.submit(steps=LONG)
    until(lambda: len(watch.steps(job)) > 5)
    ada.pause(job)
    watch.reach(job, "paused")
    before = watch.steps(job)
    machines.start_worker()
    lose(machines.worker_of(pid(watch, job)))
    until(lambda: watch.said(job, Moved))
    ada.step(job)
    until(lambda: len(watch.steps(job)) > len(before))
    assert watch.steps(job) == [*before, before[-1] + 1]
    assert watch.state(job) == "paused" and len(watch.said(job, Paused)) == 1
    ada.stop(job)
    assert watch.result(job).stopped


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="nothing can be stopped here")
@pytest.mark.slow
def test_a_machine_that_falls_silent_is_a_lost_one(machines, engine, watch, ada, monkeypatch):
    monkeypatch.setattr(remote, "SILENT_S", 3.0)
    machines.start_worker()
    job = ada.submit(steps=300)
    silent = psutil.Process(machines.worker_of(pid(watch, job)).pid)
    until(lambda: len(watch.steps(job)) > 5)
    silent.suspend()
    until(lambda: watch.said(job, Moved))
    machines.start_worker()
    assert watch.result(job).metrics == {"steps": 300}
    assert watch.steps(job) == list(range(1, 301))
    silent.resume()


@pytest.mark.skipif(not hasattr(signal, "SIGUSR1"), reason="no network can be cut here")
@pytest.mark.slow
def test_a_machine_whose_network_is_cut_is_a_lost_one_and_keeps_no_run(
    machines, engine, watch, ada, monkeypatch
):
    monkeypatch.setattr(remote, "SILENT_S", 5.0)
    machines.start_worker()
    job = ada.submit(steps=300)
    there = psutil.Process(pid(watch, job))
    cut = machines.worker_of(there.pid)
    until(lambda: len(watch.steps(job)) > 5)
    cut.send_signal(signal.SIGUSR1)
    until(lambda: watch.said(job, Moved))
    machines.start_worker()
    assert watch.result(job).metrics == {"steps": 300}
    assert watch.steps(job) == list(range(1, 301))
    until(lambda: not there.is_running())
    cut.kill()  # it asks for its scheduler in vain


@pytest.mark.slow
def test_a_worker_that_is_told_to_end_hands_its_run_on(machines, engine, watch, ada):
    machines.start_worker()
    job = ada.submit(steps=300)
    until(lambda: len(watch.steps(job)) > 5)
    machines.workers[0].terminate()
    until(lambda: watch.said(job, Moved))
    machines.start_worker()
    assert watch.result(job).metrics == {"steps": 300}
    assert machines.workers[0].wait(60) == 0


@pytest.mark.slow
def test_three_machines_lost_in_a_row_end_it(machines, engine, watch, ada):
    machines.start_worker()
    job = ada.submit("deaf")
    lose(machines.worker_of(pid(watch, job)))
    for times in (1, 2):
        until(lambda times=times: len(watch.said(job, Moved)) == times)
        worker = machines.start_worker()
        until(lambda: engine._jobs.get(job).worker)
        lose(worker)
    assert watch.result(job).message == (
        "The machines that computed this run were lost 3 times in a row, and it was ended."
    )


@pytest.mark.slow
def test_queued_runs_outlive_the_scheduler(machines, engine, watch):
    machines.start_worker()
    under_way = Visit(engine, "ada").submit(steps=300)
    waiting = Visit(engine, "bob").submit(seed=1)
    until(lambda: len(watch.steps(under_way)) > 5)
    machines.scheduler.kill()
    machines.scheduler.wait(60)
    until(lambda: watch.said(under_way, Moved))
    assert watch.state(waiting) == "queued"
    machines.start_scheduler()
    assert watch.result(under_way).metrics == {"steps": 300}
    assert watch.result(waiting).metrics == {"steps": 5}
    assert watch.steps(under_way) == list(range(1, 301))


SERVER = """
import os, sys, time
from fake_experiments import FakeConfig, find
from core.engine import Engine
from core.engine.cluster.processes import Cluster

engine = Engine(find=find, processes=Cluster(sys.argv[1]))
job = engine.submit("deaf", FakeConfig(), "ada")
while engine.job(job).state != "running":
    time.sleep(0.01)
started = next(event for event in engine.events(job) if hasattr(event, "references"))
print(int(started.references["pid"]), flush=True)
os._exit(0)  # as a server does that is killed: nothing is tidied up
"""


@pytest.mark.slow
def test_a_run_does_not_outlive_its_server_and_its_slot_is_free_again(machines, engine, watch, ada):
    machines.start_worker()
    done = subprocess.run(
        [sys.executable, "-c", SERVER, machines.address],
        env=machines.environment, capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    until(lambda: not psutil.pid_exists(int(done.stdout)))
    assert watch.result(ada.submit()).metrics == {"steps": 5}
