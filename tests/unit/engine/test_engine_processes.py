"""Where jobs get their processes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from engine_kit import Visit, Watch, until

from core.engine.limits import CORES
from core.engine.local import processes
from core.engine.local.processes import Forked, Spare
from core.events import Started

ROOT = Path(__file__).resolve().parents[3]


def facts(watch, job):
    return until(lambda: watch.said(job, Started))[0].references


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no niceness")
def test_jobs_are_nice_and_share_the_cores(open_engine):
    engine = open_engine(at_once=2)
    watch = Watch(engine)
    jobs = [Visit(engine, name).submit("deaf", seed=i) for i, name in enumerate(("ada", "bob"))]
    assert [facts(watch, job)["threads"] for job in jobs] == [CORES, max(1, CORES // 2)]
    assert facts(watch, jobs[0])["niceness"] == min(19, os.nice(0) + 10)


@pytest.mark.skipif(sys.platform != "linux", reason="the fork server is for Linux")
def test_a_fork_without_its_preload_is_not_ready(open_engine):
    engine = open_engine(processes=Forked("no_such_module"))
    engine.warm()
    assert not engine.ready
    assert Watch(engine).result(Visit(engine, "ada").submit()).metrics == {"steps": 5}


@pytest.mark.skipif(sys.platform != "linux", reason="the fork server is for Linux")
def test_the_fork_server_is_started_again_when_it_was_killed(open_engine):
    engine = open_engine()
    watch, ada = Watch(engine), Visit(engine, "ada")
    job = ada.submit("deaf")
    fork_server = psutil.Process(int(facts(watch, job)["pid"])).parent()
    assert fork_server is not None and fork_server.pid != os.getpid()
    fork_server.kill()
    until(lambda: fork_server.status() == psutil.STATUS_ZOMBIE)
    assert watch.result(Visit(engine, "bob").submit()).metrics == {"steps": 5}
    assert watch.state(job) == "running"
    ada.kill(job)


@pytest.mark.skipif(sys.platform != "linux", reason="the fork server is for Linux")
def test_a_fork_that_fails_is_tried_once_more(open_engine, monkeypatch):
    engine = open_engine()
    start, refusals = processes._start, [ConnectionRefusedError("the fork server is dying")]

    def start_at_second_try(*arguments, **more):
        if refusals:
            raise refusals.pop()
        return start(*arguments, **more)

    monkeypatch.setattr(processes, "_start", start_at_second_try)
    assert Watch(engine).result(Visit(engine, "ada").submit()).metrics == {"steps": 5}
    assert not refusals


def test_spares_run_jobs_and_are_replaced(open_engine):
    spares = Spare("core.engine.local.worker")
    engine = open_engine(processes=spares, at_once=2)
    watch, ada = Watch(engine), Visit(engine, "ada")
    assert not engine.ready
    engine.warm()
    assert engine.ready
    first = ada.submit()
    assert watch.result(first).metrics == {"steps": 5}
    spare = until(lambda: spares._spare)
    spare.kill()
    until(spare.gone)
    second = ada.submit(seed=1)
    assert watch.result(second).metrics == {"steps": 5}
    assert facts(watch, first)["pid"] != facts(watch, second)["pid"]
    spare = until(lambda: spares._spare)
    engine.close()
    assert not spare.seen.is_running()


def test_a_spare_without_its_preload_is_not_ready(open_engine):
    engine = open_engine(processes=Spare("no_such_module"))
    engine.warm()
    assert not engine.ready


SERVER = """
import json, os, sys, threading, time
sys.path[:0] = [{root!r}, {fakes!r}]
print("main script runs", file=sys.stderr)
import fake_experiments
from core.engine import Engine

engine = Engine(find=fake_experiments.find)
warming = threading.Thread(target=engine.warm)
warming.start()
began = time.monotonic()
jobs = [engine.submit("train", fake_experiments.FakeConfig(), "ada")]
submit_s = time.monotonic() - began
jobs.append(engine.submit("deaf", fake_experiments.FakeConfig(), "bob"))
warming.join()
while engine.result(jobs[0]) is None or engine.job(jobs[1]).state in ("queued", "starting"):
    time.sleep(0.01)
pid = engine.events(jobs[1])[0].references["pid"]
print(json.dumps(dict(
    ready=engine.ready, submit_s=submit_s, metrics=dict(engine.result(jobs[0]).metrics), pid=pid,
    keras=engine.events(jobs[1])[0].references["keras"],
    tensorflow_in_server=any(m in sys.modules for m in ("tensorflow", "keras")),
)), flush=True)
os._exit(0)  # as a server does that is killed: nothing is tidied up
"""


@pytest.mark.slow
def test_a_server_started_anywhere_preloads_keras_and_never_imports_it_itself(tmp_path):
    """The server is a process whose main script is not guarded, in a folder of its own."""
    script = tmp_path / "server.py"
    script.write_text(SERVER.format(root=str(ROOT), fakes=str(Path(__file__).parent)))
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    reported = json.loads(done.stdout.splitlines()[-1])
    assert reported["ready"] is True
    assert reported["submit_s"] < 0.5
    assert reported["metrics"]["last"] < reported["metrics"]["first"]
    assert reported["keras"] == 1.0  # in a job that never asked for it
    assert reported["tensorflow_in_server"] is False
    assert done.stderr.count("main script runs") == 1
    assert "oneDNN" not in done.stderr
    until(lambda: not psutil.pid_exists(int(reported["pid"])))  # a job does not outlive its server
