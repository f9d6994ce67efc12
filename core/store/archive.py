"""What lasts, as a server uses it: asked at once, written to by a thread of its own."""

import contextlib
import dataclasses
import logging
import queue
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO

from core import __version__
from core.events import Event, Finished
from core.messages import N_, Problem
from core.store import event_file, runs, work_file
from core.store.blobs import Blobs
from core.store.classes import opening, trained
from core.store.classes.service import Classes
from core.store.database import Database, in_a_sentence, reason
from core.store.event_file import Recording
from core.store.runs import Kept, Seen
from core.store.settings import Settings
from core.store.under_way import UnderWay

logger = logging.getLogger(__name__)

MAX_NAME = 80  # characters
_TIDY_S = 3600
_CLOSE_S = 30
_UNKEPT = 1000  # runs of which it is remembered why they could not be kept
_NOT_KEPT = N_("The run is not kept beyond the next hour: {why}. Take away what you need of it.")
_NOT_READ = N_("What is kept of your runs cannot be read or changed now: {why}.")


@dataclass(frozen=True)
class _Task:
    """What the thread is to do. run_id: whose run is not kept where it fails, "" for nobody's."""

    do: Callable[[], None]
    run_id: str = ""


class Archive:
    """The runs that are kept. Thread-safe.

    Whatever the disk does, no call of a run's way raises: the run itself is in memory, and
    ``trouble`` says what became of it. clock: seconds since 1970.
    """

    def __init__(self, settings: Settings, *, clock: Callable[[], float] = time.time):
        self.settings, self._clock = settings, clock
        self._blobs = Blobs(settings.home / "runs")
        self._under_way = UnderWay(settings.home / "under-way")
        self.classes = Classes(self._open, self._remove_files, clock, keep_s=settings.keep_class_s)
        self._db: Database | None = None
        self._unkept: OrderedDict[str, Problem] = OrderedDict()
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self.closed_by: Problem | None = None
        try:
            self._db = Database(settings.url)
        except Problem as problem:
            logger.error("Runs are not kept: %s", problem)
            self.closed_by = problem
        self._writer = threading.Thread(target=self._write, name="pangloss-archive", daemon=True)
        self._writer.start()
        self._tasks.put(_Task(self.tidy))

    # --- a run's way: written later, by the thread ---

    def begin(self, run_id: str, experiment: str, config: dict[str, Any], visitor: str) -> None:
        """Note a run that was asked for."""
        now = self._clock()
        run = Kept(run_id, experiment, __version__, config, visitor, now, now)
        self._later(run_id, partial(self._begin, run))

    def asked(self, visitor: str, run_id: str) -> None:
        """Note that a visitor, perhaps another than its owner, has asked for a run.

        It is a run of the class, too, that the visitor is in.
        """
        self._later("", partial(self._asked, visitor, run_id))

    def end(self, run_id: str, events: Sequence[Event], times_s: Sequence[float]) -> None:
        """Keep a run that has ended with a result; of those that have failed, a class's.

        times_s: when each event was said.
        """
        keep = partial(self._keep, run_id, list(events), list(times_s))
        if isinstance(events[-1], Finished):
            self._later(run_id, keep)
        else:
            self._later("", partial(self._keep_failed, run_id, keep))

    def flush(self, timeout_s: float = _CLOSE_S) -> bool:
        """Wait until all is written that was asked for until now; whether it is."""
        done = threading.Event()
        self._tasks.put(_Task(done.set))
        return done.wait(timeout_s)

    def close(self) -> None:
        """Write what there is to be written, and let go of the database."""
        self._tasks.put(None)
        self._writer.join(_CLOSE_S)
        self._under_way.close()
        if self._db:
            self._db.close()

    # --- asked at once ---

    def trouble(self, run_id: str) -> Problem | None:
        """Why a run that has ended could not be kept."""
        return self.closed_by or self._unkept.get(run_id)

    def find(self, run_id: str) -> Kept | None:
        """What is known of a run; None if nothing is, or the database cannot be asked."""
        with self._quietly(), self._open().reading() as db:
            return runs.find(db, run_id)

    def under_way(self, run: Kept) -> bool:
        """Whether a server, this or another of the same database and folder, computes it now."""
        shared = self._db is not None and self._db.is_shared  # else there is no other server
        return shared and not run.ended and self._under_way.has(run.id)

    def recording(self, run: Kept, *, arrays: bool = True) -> Recording | None:
        """The events of a run that has ended; None where its file is gone or damaged.

        arrays: with their arrays and files; without, it is fast.
        """
        if run.file is None:
            return None
        try:
            with self._blobs.path(run.file).open("rb") as file:
                return event_file.read(file, arrays=arrays, failed=run.state == runs.FAILED)
        except (OSError, Problem) as error:
            logger.error("The file of run %s cannot be read: %s", run.id, error)
            return None

    def runs_of(self, visitor: str, experiment: str) -> list[Kept]:
        """A visitor's runs of an experiment that have ended, oldest first; none in trouble."""
        with self._quietly(), self._open().reading() as db:
            found = runs.work_of(db, visitor, experiment=experiment)
            return [seen.run for seen in reversed(found) if seen.run.ended]
        return []

    def work(self, visitor: str, ids: Collection[str] = ()) -> list[Seen]:
        """A visitor's runs, the newest first: all, or those with these ids. Raises Problem."""
        with in_a_sentence(_NOT_READ), self._open().reading() as db:
            return runs.work_of(db, visitor, ids)

    def rename(self, visitor: str, run_id: str, name: str) -> None:
        """Give one's run a name of at most MAX_NAME characters, "" for none. Raises Problem."""
        name = " ".join(name.split())
        if len(name) > MAX_NAME or not name.isprintable():
            raise Problem(
                N_("A name has at most {most} characters, all of them printable."), most=MAX_NAME
            )
        with in_a_sentence(_NOT_READ), self._open().writing() as db:
            runs.change(db, visitor, [run_id], name=name)

    def pin(self, visitor: str, ids: Collection[str], pinned: bool) -> None:
        """Have one's runs kept whatever their age, or no longer. Raises Problem."""
        with in_a_sentence(_NOT_READ), self._open().writing() as db:
            runs.change(db, visitor, ids, pinned=pinned)

    def delete(self, visitor: str, ids: Collection[str]) -> list[str]:
        """Delete one's runs; returns the ids of those that nobody else has: their files are gone.

        Raises Problem.
        """
        with in_a_sentence(_NOT_READ):
            with self._open().writing() as db:
                of_classes = trained.classes_of(db, ids)
                gone = runs.leave(db, visitor, ids)
                for number in of_classes:  # whose wall may be without them now
                    opening.touch(db, number)
            self._remove_files(gone)
        return list(gone)

    def take_away(self, visitor: str, ids: Collection[str], sink: BinaryIO) -> None:
        """Write one's ended runs into one file, for ``bring_back``. Raises Problem."""
        with in_a_sentence(_NOT_READ):
            with self._open().writing() as db:
                found, key = runs.work_of(db, visitor, ids), runs.seal_key(db)
            work_file.write(sink, [s for s in found if s.run.ended], self._blobs.path, key)

    def bring_back(
        self, visitor: str, source: BinaryIO, check: Callable[[str, Mapping[str, Any]], object]
    ) -> int:
        """Take the runs of a file: of ``take_away``, or of a run alone; returns how many.

        What was made elsewhere gets a new id, and the code and models in it are left out: nobody
        is to be handed, by a link of this server, what the server has not made.
        check: as of ``work_file.read``. Raises Problem.
        """
        with in_a_sentence(_NOT_READ):
            with self._open().writing() as db:
                key = runs.seal_key(db)
            brought = work_file.read(source, key, check)
            for one in brought:
                digest, size = self._blobs.put(one.write)
                with self._open().writing() as db:
                    now = self._clock()
                    if runs.find(db, one.run.id) is None:
                        ours = {"owner": visitor, "kept_at": now, "file": digest, "bytes": size}
                        runs.insert(db, dataclasses.replace(one.run, **ours))
                    runs.ask(db, visitor, one.run.id, now, one.name, one.pinned)
        self._later("", self._make_room)
        return len(brought)

    def tidy(self) -> None:
        """Let go of what is too old or too much, and of what a crash has left."""
        self._make_room()
        self.classes.purge()
        with self._open().reading() as db:
            known = runs.files(db)
        self._blobs.sweep(known)
        self._under_way.sweep()

    # --- by the thread ---

    def _begin(self, run: Kept) -> None:
        if self._open().is_shared:
            self._under_way.begin(run.id)
        with self._open().writing() as db:
            runs.insert(db, run)
            runs.ask(db, run.owner, run.id, run.begun_at)

    def _asked(self, visitor: str, run_id: str) -> None:
        with self._open().writing() as db:
            runs.ask(db, visitor, run_id, self._clock())
        self.classes.note_run(visitor, run_id)

    def _keep(self, run_id: str, events: Sequence[Event], times_s: Sequence[float]) -> None:
        with self._open().reading() as db:
            run = runs.find(db, run_id)
        if run is None:  # deleted in the meantime
            return
        run = runs.ended(run, events, self._clock())
        recording = Recording(run.about, events, times_s)
        digest, size = self._blobs.put(lambda file: event_file.write(file, recording))
        with self._open().writing() as db:
            known = runs.finish(db, dataclasses.replace(run, file=digest, bytes=size))
        self._under_way.end(run.id)
        if not known:
            self._blobs.remove(digest)
        self._make_room()

    def _keep_failed(self, run_id: str, keep: Callable[[], None]) -> None:
        """A run that failed is nobody's work, and stays on the wall of its class."""
        self._under_way.end(run_id)
        with self._open().writing() as db:
            if not trained.is_of_a_class(db, run_id):
                runs.remove(db, [run_id])
                return
            runs.disown(db, run_id)
        keep()

    def _make_room(self) -> None:
        settings = self.settings
        with self._open().writing() as db:
            gone = runs.overdue(db, self._clock(), settings.keep_s, settings.keep_bytes)
            runs.remove(db, gone)
        self._remove_files(gone)

    def _remove_files(self, gone: Mapping[str, str | None]) -> None:
        for digest in filter(None, gone.values()):
            self._blobs.remove(digest)

    def _later(self, run_id: str, do: Callable[[], None]) -> None:
        if self._db:
            self._tasks.put(_Task(do, run_id))

    def _write(self) -> None:
        while True:
            try:
                task = self._tasks.get(timeout=_TIDY_S)
            except queue.Empty:
                task = _Task(self.tidy)
            if task is None:
                return
            self._do(task)
            del task  # which holds a whole run

    def _do(self, task: _Task) -> None:
        try:
            task.do()
        except Problem:  # the database is not open, which is known
            pass
        except Exception as error:  # the next task may go well
            logger.exception("the archive could not be written to (run %s)", task.run_id)
            if task.run_id:
                self._remember(task.run_id, Problem(_NOT_KEPT, why=reason(error)))

    def _remember(self, run_id: str, problem: Problem) -> None:
        self._unkept[run_id] = problem
        while len(self._unkept) > _UNKEPT:
            self._unkept.popitem(last=False)

    # --- the database, or a sentence ---

    def _open(self) -> Database:
        if self._db is None:
            raise self.closed_by or Problem(_NOT_READ, why="")
        return self._db

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        with contextlib.suppress(Problem), in_a_sentence(_NOT_READ):
            yield
