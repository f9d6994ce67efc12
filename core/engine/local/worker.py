"""The job's side: a process that runs one experiment and obeys what comes by its pipe."""

import contextlib
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

from core.engine.again import Again
from core.engine.reasons import NO_MEMORY_LEFT
from core.events import Event, Failed, Finished, Paused, Resumed, Step, light
from core.experiments import Experiment
from core.experiments.kit.config import Config
from core.experiments.kit.control import Control
from core.experiments.kit.run import thinned
from core.messages import Problem

_NICENESS = 10
_MORE_OF_A_SWEEP, _STEPS_PER_S = 9, 1


@dataclass(frozen=True)
class Task:
    """What a worker is to run: ``find(experiment).run(config)`` with so many threads.

    again: how far the run had come on a machine that was lost.
    of_sweep: gives way to other jobs, and tells one step a second, no arrays, texts and files.
    """

    find: Callable[[str], Experiment]
    experiment: str
    config: Config
    threads: int
    again: Again | None = None
    of_sweep: bool = False


@dataclass(frozen=True)
class Crash:
    """The run raised an exception; its traceback is for the server's log alone."""

    traceback: str


def serve(connection: Connection, preload: str, import_now: bool):
    """Say whether the preload is here, wait for a Task, run it, and end the process.

    A Task comes with the commands that hold from its first checkpoint on; with None in their place
    it is only prepared, and comes once more, with commands, when somebody has asked for it.
    import_now: import the preload first (a process that was not forked from one that has it).
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's; it ends its jobs
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    if import_now:
        with contextlib.suppress(ImportError):
            import_module(preload)
    try:
        connection.send(preload in sys.modules)
        task, commands = connection.recv()
    except (EOFError, OSError):  # it was a probe, or the server is gone
        return
    _run(connection, task, commands)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # without TensorFlow's teardown, which nobody waits for


def _run(connection: Connection, task: Task, commands: list[tuple[Any, ...]] | None):
    def send(message: Event | Crash):
        connection.send_bytes(pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL))

    # TensorFlow reads these when it computes for the first time, which is after this.
    os.environ["TF_NUM_INTRAOP_THREADS"] = str(task.threads)
    os.environ["TF_NUM_INTEROP_THREADS"] = str(task.threads)
    if task.of_sweep and hasattr(os, "nice"):
        os.nice(_MORE_OF_A_SWEEP)
    again = task.again or Again()
    control = PipeControl(task.config, send, again)
    asked = threading.Event()
    if commands is not None:
        _begin(control, commands, asked)
    threading.Thread(target=_obey, args=(connection, control, asked), daemon=True).start()
    try:
        event = None
        events = again.news(task.find(task.experiment).run(task.config, control))
        events = events if asked.is_set() else prepared(events, asked)
        for event in map(light, thinned(events, 0, _STEPS_PER_S)) if task.of_sweep else events:
            send(event)
        if not isinstance(event, Finished):
            send(Crash(f"its last event was {type(event).__name__}, not Finished"))
    except Problem as problem:
        send(Failed(problem.template, problem.values))
    except Exception as error:
        if isinstance(error, MemoryError) or type(error).__name__ == "ResourceExhaustedError":
            send(Failed(NO_MEMORY_LEFT))
        else:
            send(Crash(traceback.format_exc()))


def _begin(control: "PipeControl", commands: Iterable[tuple[Any, ...]], asked: threading.Event):
    for command, *arguments in commands:
        getattr(control, command)(*arguments)
    asked.set()


def prepared(events: Iterable[Event], asked: threading.Event) -> Iterator[Event]:
    """The events of a run, which goes no further than its first step until it is asked for."""
    held: list[Event] = []
    for event in events:
        held.append(event)
        if isinstance(event, Step):
            asked.wait()
        if asked.is_set():
            yield from held
            held.clear()
    asked.wait()
    yield from held


def _obey(connection: Connection, control: "PipeControl", asked: threading.Event):
    """Carry out commands for ever; when the server is gone, so is the job."""
    try:
        while True:
            message = connection.recv()
            if isinstance(message[0], Task):
                _begin(control, message[1], asked)
            else:
                command, *arguments = message
                getattr(control, command)(*arguments)
    finally:
        os._exit(1)


class PipeControl(Control):
    """A Control steered from another thread. Commands are its methods, by name.

    again: how far the run had come elsewhere; until then only ``stop`` interrupts it, and it is
    changed as it was.
    """

    def __init__(self, config: Config, send: Callable[[Event], None], again: Again | None = None):
        self._again = again or Again()
        self._due = list(self._again.changes)
        self._settings = config
        self._send = send
        self._changed = threading.Condition()
        self._paused = False
        self._steps = 0
        self._in_step = False
        self._changes: dict[str, Any] = {}
        self._reported_paused = self._again.paused

    def pause(self):
        """Let the run wait at its next checkpoint."""
        with self._changed:
            self._paused, self._steps, self._in_step = True, 0, False

    def resume(self):
        """Let the run go on."""
        with self._changed:
            self._paused, self._steps = False, 0
            self._changed.notify()

    def step(self):
        """Let one more checkpoint pass, then wait."""
        with self._changed:
            self._paused = True
            self._steps += 1
            self._changed.notify()

    def stop(self):
        """Ask the run to finish with what it has, even out of a pause."""
        with self._changed:
            self.stopped = True
            self._changed.notify()

    def change(self, field: str, value: Any):
        """Hand a setting to the run at its next checkpoint. Raises ConfigError out of bounds."""
        with self._changed:
            self._settings = self._settings.replace(**{field: value})
            self._changes[field] = getattr(self._settings, field)

    def checkpoint(self) -> Mapping[str, Any]:
        """Wait while paused; return the settings changed since the last call."""
        due = self._changes_due()
        if self._repeats() and not self.stopped:
            return due
        with self._changed:
            self._in_step = False
            self._pass()
            changes = {**due, **{f: v for f, v in self._changes.items() if f not in due}}
            self._changes = {f: v for f, v in self._changes.items() if f in due}
            return changes

    def _changes_due(self) -> dict[str, Any]:
        """What was changed here when the run was computed elsewhere, one value a field."""
        changes: dict[str, Any] = {}
        while self._due and self._due[0][0] <= self.at + 1 and self._due[0][1] not in changes:
            _step, field, value = self._due.pop(0)
            self._settings = self._settings.replace(**{field: value})
            changes[field] = value
        self.room = max(1, self._due[0][0] - 1 - self.at) if self._due else None
        return changes

    def _repeats(self) -> bool:
        return self.at < self._again.step

    def wait(self) -> None:
        """Wait while paused, in the middle of a step, unless it is the one that was asked for."""
        with self._changed:
            if not self._in_step and not self._repeats():
                self._pass()

    def _pass(self):
        if not self._may_pass():
            self._report(paused=True)
            self._changed.wait_for(self._may_pass)
        if self._paused and not self.stopped:
            self._steps -= 1
            self._in_step = True
        else:
            self._report(paused=False)

    def _may_pass(self) -> bool:
        return self.stopped or not self._paused or self._steps > 0

    def _report(self, paused: bool):
        if paused != self._reported_paused:
            self._reported_paused = paused
            self._send(Paused() if paused else Resumed())
