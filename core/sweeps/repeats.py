"""The repetitions that a server's visitors ask for: one setting with several seeds."""

import logging
import math
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from core import experiments
from core.engine import Engine
from core.engine.reasons import NO_SUCH_RUN, NOT_YOURS
from core.experiments import Experiment
from core.experiments.kit.config import Config
from core.messages import N_, Problem
from core.sweeps import asked
from core.sweeps.asked import Asked
from core.sweeps.plan import Plan
from core.sweeps.results import Folder, Result, trim
from core.sweeps.running import each

logger = logging.getLogger(__name__)

_MOST = 300  # of all visitors; the least recent go first
_KEPT_BYTES = 512 * 2**20
_LOOK_S = 0.5
_ASKED = "asked"  # the folder of what was asked for
_UNDER_WAY = N_("You already repeat a run; wait until that has ended, or stop it.")
_BROKE = N_("Something went wrong inside the repetition; the server's log has the details.")


@dataclass(eq=False)
class Repetition:
    """One setting with several seeds.

    config: with the seed 0. results: of the runs that have ended, with their seeds. done: how much
    is, in runs. problem: why it ended before all runs had.
    of_before: it was begun by another server.
    """

    id: str
    experiment: str
    config: Config
    seeds: Sequence[int]
    visitor: str
    state: Literal["running", "finished", "stopped"] = "running"
    results: list[Result] = field(default_factory=list)
    done: float = 0.0
    problem: Problem | None = None
    of_before: bool = False
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def ended(self) -> bool:
        """Whether no more runs will end."""
        return self.state != "running"


class _Forgiving(Folder):
    """A folder without which a server does as well: what it cannot keep is in memory."""

    def keep(self, experiment: str, result: Result) -> None:
        """Keep a result, if that can be."""
        try:
            super().keep(experiment, result)
        except OSError:
            logger.exception("a repeated run cannot be kept")

    def trim(self, most_bytes: float, keep_s: float = math.inf) -> None:
        """Delete what is too much or too old, if that can be."""
        with suppress(OSError):
            super().trim(most_bytes, keep_s)


class Repeats:
    """The repetitions of a server. Thread-safe; each has a thread as long as it goes on.

    engine: gives the engine. folder: keeps what was asked for, and the runs that have ended, by
    their address: whoever repeats the same again is given them. find: as of the engine. keep_s: how
    long, in s, what was asked for and its runs are kept.
    """

    def __init__(
        self,
        engine: Callable[[], Engine],
        folder: Path,
        find: Callable[[str], Experiment[Any]] = experiments.experiment,
        *,
        keep_s: float = math.inf,
    ):
        self._engine, self._folder, self._find = engine, folder, find
        self._keep_s = keep_s
        self._lock = threading.Lock()
        self._all: OrderedDict[str, Repetition] = OrderedDict()

    def start(self, experiment: str, config: Config, seeds: int, visitor: str) -> Repetition:
        """Repeat a config with the seeds from 0. Raises Problem where the visitor already does."""
        with self._lock:
            if any(one.visitor == visitor and not one.ended for one in self._all.values()):
                raise Problem(_UNDER_WAY)
            same = config.replace(seed=0)
            one = Repetition(
                secrets.token_urlsafe(12), experiment, same, list(range(seeds)), visitor
            )
            self._all[one.id] = one
            self._make_room()
        self._note(one)
        threading.Thread(target=self._attend, args=(one,), daemon=True).start()
        return one

    def find(self, repetition_id: str) -> Repetition | None:
        """The repetition of that id; None if there is none (any more).

        One of which the server's end has cut off the rest, or that goes on on another server of the
        same folder, has the runs that had ended by now.
        """
        with self._lock:
            known = self._all.get(repetition_id)
            if known and not (known.of_before and known.state == "stopped"):
                self._all.move_to_end(repetition_id)
                return known
        one = self._of_before(repetition_id)
        with self._lock:
            if one:
                self._all[one.id] = one
                self._make_room()
            return self._all.get(repetition_id)

    def of(self, visitor: str, experiment: str) -> list[Repetition]:
        """A visitor's repetitions of an experiment, oldest first, the last of each setting."""
        with self._lock:
            found = [
                one
                for one in self._all.values()
                if (one.visitor, one.experiment) == (visitor, experiment)
            ]
        return [*{one.config: one for one in found}.values()]

    def stop(self, repetition_id: str, visitor: str):
        """End a repetition with the runs that it has. Raises Problem for a stranger."""
        one = self.find(repetition_id)
        if one is None:
            raise Problem(NO_SUCH_RUN)
        if one.visitor != visitor:
            raise Problem(NOT_YOURS)
        one.stop.set()

    def _attend(self, one: Repetition):
        """Run by its thread."""
        state = "stopped"
        try:
            configs = [one.config.replace(seed=seed) for seed in one.seeds]
            folder = self._kept()
            runs = each(
                Plan(one.experiment, (), configs),
                self._engine(),
                folder,
                visitor=one.visitor,
                look_s=_LOOK_S,
            )
            with closing(runs):
                for result, done in runs:
                    one.done = done
                    if one.stop.is_set() or (result and result.is_cut_off):
                        break
                    if result:
                        one.results.append(result)
                else:
                    state = "finished"
            if folder:
                folder.trim(_KEPT_BYTES, self._keep_s)
        except Problem as problem:
            one.problem = problem
        except Exception:
            logger.exception("repetition %s (%s) broke off", one.id, one.experiment)
            one.problem = Problem(_BROKE)
        finally:
            self._note(one, state == "finished")  # first: who is told of the end finds it
            one.state = state

    def _note(self, one: Repetition, ended: bool = False):
        """Write down what was asked for; it is found as long as the server runs if that fails."""
        config = one.config.to_dict()
        note = Asked(one.id, one.experiment, config, len(one.seeds), one.visitor, ended)
        try:
            asked.write(self._folder / _ASKED, note)
            trim(self._folder / _ASKED, math.inf, self._keep_s)
        except OSError:
            logger.exception("repetition %s is not kept", one.id)

    def _of_before(self, repetition_id: str) -> Repetition | None:
        """A repetition of an earlier server; None where none of its runs is here."""
        note, folder = asked.read(self._folder / _ASKED, repetition_id), self._kept()
        config = note.settings(self._find) if note else None
        if note is None or config is None or folder is None:
            return None
        seeds = list(range(note.seeds))
        found = [folder.find(note.experiment, config.replace(seed=seed)) for seed in seeds]
        results = [result for result in found if result]
        if not results:
            return None
        state = "finished" if note.finished else "stopped"
        done = float(len(results))
        return Repetition(
            note.id,
            note.experiment,
            config,
            seeds,
            note.visitor,
            state,
            results,
            done,
            of_before=True,
        )

    def _kept(self) -> "_Forgiving | None":
        try:
            return _Forgiving(self._folder)
        except OSError:
            logger.exception("what is repeated cannot be kept")
            return None

    def _make_room(self):
        ended = [one for one in self._all.values() if one.ended]
        for one in ended[: max(0, len(self._all) - _MOST)]:
            del self._all[one.id]
