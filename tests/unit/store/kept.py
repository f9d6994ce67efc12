"""What the tests of the store share: a clock, a small run, and what must hold of a folder."""

import io
import sqlite3

import numpy as np

from core.events import Changed, Epoch, Failed, Finished, Moved, Queued, Started, Step
from core.store import event_file
from core.store.event_file import Recording

DAY_S = 86_400.0
CONFIG = {"units": 8, "rate": 0.5, "cell": "lstm", "fast": True}


class Clock:
    """Seconds since 1970, as far as they are set."""

    def __init__(self):
        self.now_s = 1.8e9

    def __call__(self):
        return self.now_s


def events(number=0, noise=0):
    """A run: every kind of event, numbers that JSON has trouble with. noise: numbers to store."""
    rng = np.random.default_rng(number)
    weights = {"kernel": rng.normal(size=(3, 2)), "empty": np.zeros((0, 4), np.float32)}
    return [
        Queued(1),
        Started("count", CONFIG, 12, 4, 2, {"guess": 0.5, "by class": {"a": 0.25, "b": 1}}),
        Step(1, 0.5, 0.01, {"loss": float("inf")}),
        Changed(2, "rate", 0.25),
        Epoch(1, 2, 0.02, {"loss": np.float32(0.5)}, weights, {"sample": "Écrasez l’infâme\n"}),
        Epoch(2, 4, 0.04, {"loss": 0.25 + number}, {"noise": rng.random(noise)}),
        Moved(1),
        Finished(
            {"accuracy": 0.75, "lost": float("nan")},
            {"mask": np.array([True, False]), "codes": np.arange(6).reshape(3, 2).T},
            {"train.py": b"print('trained')\n", "model.keras": b"\x00keras"},
        ),
    ]


def times(told):
    return [0.125 * place for place in range(len(told))]


def begin(archive, run_id, visitor="ada", experiment="count"):
    archive.begin(run_id, experiment, CONFIG, visitor)


def keep(archive, run_id, visitor="ada", number=0, noise=0, **more):
    """Keep a run, and wait for it."""
    begin(archive, run_id, visitor, **more)
    told = events(number, noise)
    archive.end(run_id, told, times(told))
    assert archive.flush()


def fail(archive, run_id):
    archive.end(run_id, [Failed("It broke.")], [0.0])
    assert archive.flush()


def as_bytes(recording: Recording) -> bytes:
    out = io.BytesIO()
    event_file.write(out, recording)
    return out.getvalue()


def ids(archive, visitor="ada"):
    """The visitor's runs, the newest first."""
    return [seen.run.id for seen in archive.work(visitor)]


def files(home):
    """The names of the files of runs, finished or not."""
    return sorted(path.name for path in (home / "runs").rglob("*") if path.is_file())


def assert_nothing_is_half_there(home):
    """Every row is of a run under way or has its file, whole; the database is sound."""
    with sqlite3.connect(home / "pangloss.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        rows = db.execute("SELECT state, ended_at, file, bytes FROM runs").fetchall()
    db.close()
    for state, ended_at, file, size in rows:
        assert (state == "under way") == (ended_at is None) == (file is None)
        if file:
            path = home / "runs" / file[:2] / f"{file}.npz"
            assert path.stat().st_size == size
            with path.open("rb") as content:
                assert isinstance(event_file.read(content).events[-1], Finished)
