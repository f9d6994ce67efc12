"""Jobs on the workers of a Dask cluster: as at home."""

import json
import operator
import subprocess
import sys

import psutil
import pytest
from cluster_kit import ROOT, Machines
from engine_kit import Visit, Watch, until
from fake_experiments import FakeConfig, find

from core.cli import main
from core.data import uploads
from core.engine.cluster import names
from core.engine.cluster.chosen import check
from core.events import Changed, Paused, Resumed, Started, Step
from core.experiments.kit.control import Control
from core.messages import Problem

pytest.importorskip("distributed", reason="Dask is not installed: requirements-cluster.txt")
from core.engine.cluster import processes
from core.engine.cluster.processes import Cluster


@pytest.fixture(scope="module")
def machines(tmp_path_factory):
    """A scheduler and a worker with two slots."""
    machines = Machines(tmp_path_factory.mktemp("machines"))
    machines.start_scheduler()
    machines.start_worker(slots=2)
    yield machines
    machines.end()


@pytest.fixture(scope="module")
def cluster(machines):
    cluster = Cluster(machines.address)
    until(lambda: cluster.slots == 2)
    yield cluster
    cluster.close()


@pytest.fixture
def open_cluster(open_engine, cluster):
    """A function that opens an engine on the cluster, which outlives it."""

    class Kept:
        ready, warm, take, close = True, cluster.warm, cluster.take, staticmethod(lambda: None)
        slots = property(lambda _self: cluster.slots)

    return lambda **limits: open_engine(processes=Kept(), **limits)


@pytest.fixture
def engine(open_cluster):
    return open_cluster()


def test_a_run_says_there_what_it_says_at_home(engine, machines, watch, ada):
    job = ada.submit(steps=20)
    assert watch.result(job).metrics == {"steps": 20}
    at_home = list(find("count").run(FakeConfig(steps=20), Control()))
    facts, there = watch.said(job, Started)[0].references, engine.events(job)
    assert [event for event in there if isinstance(event, Step)] == at_home[1:-1]
    assert there[-1].arrays["weights"].tolist() == list(range(20))
    assert facts["niceness"] > 0 and facts["keras"] == 0


def test_its_process_is_the_workers_and_goes_with_the_run(machines, watch, ada):
    job = ada.submit(steps=100_000)
    pid = until(lambda: watch.said(job, Started))[0].references["pid"]
    assert machines.worker_of(int(pid)) is machines.workers[0]
    ada.kill(job)
    until(lambda: not psutil.pid_exists(int(pid)))


def test_it_is_paused_stepped_changed_and_stopped(watch, ada):
    job = ada.submit(steps=100_000)
    until(lambda: len(watch.steps(job)) > 3)
    ada.pause(job)
    watch.reach(job, "paused")
    before = watch.steps(job)[-1]
    ada.step(job)
    until(lambda: watch.steps(job)[-1] == before + 1)
    ada.change(job, "rate", 0.5)
    ada.resume(job)
    changed = until(lambda: watch.said(job, Changed))[0]
    assert changed == Changed(before + 2, "rate", 0.5)
    ada.stop(job)
    assert watch.result(job).stopped
    assert len(watch.said(job, Paused)) == len(watch.said(job, Resumed)) == 1


def test_as_many_run_at_once_as_there_are_slots(engine, watch):
    jobs = [Visit(engine, name).submit("deaf", seed=i) for i, name in enumerate("abc")]
    until(lambda: all(watch.said(job, Started) for job in jobs[:2]))
    assert watch.state(jobs[2]) == "queued"
    assert engine.job(jobs[2]).place == 1
    Visit(engine, "a").kill(jobs[0])
    until(lambda: watch.said(jobs[2], Started))
    for name, job in zip("bc", jobs[1:], strict=True):
        Visit(engine, name).kill(job)


def test_the_slot_of_a_run_is_free_before_the_next_is_begun(
    engine, cluster, watch, ada, monkeypatch
):
    """Dask chooses a machine when it is asked: else the next might wait where another goes on."""
    left, leave, client = [], engine._queue.leave, cluster._client

    def noted(job):
        left.append(client.sync(client.scheduler.processing))
        leave(job)

    monkeypatch.setattr(engine._queue, "leave", noted)
    for seed in range(5):
        watch.result(ada.submit(steps=2, seed=seed))
        until(lambda: not engine._queue.running)
    assert len(left) == 5
    assert not any(tasks for known in left for tasks in known.values())


@pytest.mark.parametrize(
    ("experiment", "limits", "sentence"),
    [
        ("hoard", {"memory_bytes": 200 * 2**20}, "more memory than it may use (200 MB)"),
        ("shout", {"output_bytes": 2**20}, "more results than can be kept (1 MB)"),
        ("talk", {"output_bytes": 2**20}, "more results than can be kept (1 MB)"),
        ("deaf", {"wall_s": 0.5}, "longer than it may"),
        ("crash", {}, "Something went wrong inside the run"),
        ("leave", {}, "crashed (exit status 3)"),
        ("complain", {}, "The text has 3 characters"),
    ],
)
def test_what_breaks_its_limits_or_itself_ends_as_at_home(
    open_cluster, experiment, limits, sentence
):
    engine = open_cluster(**limits)
    assert sentence in Watch(engine).result(Visit(engine, "ada").submit(experiment)).message


def test_an_uploaded_text_is_brought_there_once(machines, watch, ada):
    digest = uploads.put("Il faut cultiver notre jardin.")
    stored = list((machines.folder / "cache").rglob("*.txt"))
    assert stored == []
    assert watch.result(ada.submit("read", upload=digest)).metrics == {"characters": 30}
    (stored,) = (machines.folder / "cache").rglob("*.txt")
    assert stored.stem == digest
    before = stored.stat().st_mtime_ns
    assert watch.result(ada.submit("read", upload=digest, seed=1)).metrics == {"characters": 30}
    assert stored.stat().st_mtime_ns == before


@pytest.mark.slow
def test_a_process_that_is_killed_there_is_no_lost_machine(watch, ada):
    job = ada.submit("deaf")
    pid = until(lambda: watch.said(job, Started))[0].references["pid"]
    psutil.Process(int(pid)).kill()
    assert watch.result(job).message.startswith("The run's process was ended from outside")


def test_a_task_that_fails_before_it_has_a_process_is_given_up(cluster, monkeypatch):
    monkeypatch.setattr(processes, "hold", operator.truediv)  # of a ticket by a topic
    with pytest.raises(OSError, match=r"^a worker of the cluster could not start a process$"):
        cluster.take()


def test_without_a_cluster_nothing_of_dask_is_imported():
    code = (
        "import sys, core.cli, core.engine, ui.server\n"
        "ui.server.engine().close()\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'dask', 'distributed'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr


def test_what_is_no_address_is_told():
    with pytest.raises(Problem) as told:
        check("tls://scheduler:8786", "worker")
    assert str(told.value) == (
        "tls://scheduler:8786 needs certificates: docs/many-machines.md says where Dask finds them."
    )
    with pytest.raises(Problem) as told:
        check("localhost", "client")
    assert str(told.value) == (
        "The address of a scheduler is tcp://HOST:PORT or tls://HOST:PORT, not localhost."
    )


def test_a_worker_of_another_version_is_told_so(machines, cluster, monkeypatch, capsys):
    from core.engine.cluster import start

    monkeypatch.setattr(start, "__version__", "0.1")
    assert main(["worker", machines.address]) == 2
    ours = names.SLOT.removeprefix("pangloss-")
    assert capsys.readouterr().err == (
        f"Error: The servers of this cluster have Pangloss {ours}, this machine has 0.1: install "
        "the same version here.\n"
    )


@pytest.mark.slow
def test_where_no_scheduler_answers_it_is_told(capsys, monkeypatch):
    monkeypatch.setattr(processes, "_CONNECT_S", 1)
    monkeypatch.setattr(processes, "_WARM_S", 1)
    assert main(["train", "keras-model", "--cluster", "tcp://127.0.0.1:1"]) == 2
    assert capsys.readouterr().err == "Error: No scheduler answers at tcp://127.0.0.1:1.\n"


@pytest.mark.slow
def test_the_command_line_trains_there_what_it_trains_here(machines, cluster, tmp_path, capsys):
    asked = ["train", "keras-model", "--set", "epochs=2", "--json"]
    assert main([*asked, "--cluster", machines.address]) == 0
    there = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    done = subprocess.run(
        [sys.executable, "-m", "core", *asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    here = [json.loads(line) for line in done.stdout.splitlines()]
    epochs = [[e["metrics"] for e in events if e["event"] == "epoch"] for events in (there, here)]
    assert epochs[0] == [pytest.approx(metrics, rel=1e-5) for metrics in epochs[1]]
    assert there[-1]["event"] == "finished" and len(epochs[0]) == 2
