"""Runs as one file to take away and bring back: a zip of the runs' own files, and a list."""

import hashlib
import hmac
import io
import json
import math
import re
import secrets
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from core.events import Finished
from core.messages import N_, Problem
from core.store import event_file
from core.store.event_file import Recording
from core.store.runs import Kept, Seen, ended

FORMAT = "pangloss work 1"
MAX_BYTES = 256_000_000  # of a file that is brought back
MAX_RUNS = 500
_LIST = "work.json"
_FIRST = re.compile(rb"PK\x03\x04.{26}\d+\.npz", re.DOTALL)  # member of what ``write`` writes
_MAX_LIST_BYTES = 1_000_000
_FOREIGN = N_("This is no file of runs that Pangloss wrote, or it is damaged.")
_CUT = N_(
    "The end of this file is missing, and with it the list of its runs: nothing was brought back. "
    "Fetch the whole file again."
)
_TOO_LARGE = N_("A file of runs may have {most} MB and {runs} runs: take or bring them in parts.")
_NO_RUN = N_("There is no finished run to take away.")


@dataclass(frozen=True)
class Brought:
    """A run of a file, as this installation will know it. write: writes its own file."""

    run: Kept
    name: str
    pinned: bool
    write: Callable[[BinaryIO], None]


def write(sink: BinaryIO, work: Sequence[Seen], path: Callable[[str], Path], key: bytes) -> None:
    """Write runs that have ended into one file.

    path: the hash of a run's file -> that file; one that is gone is left out. key: by which it is
    seen, when they come back, that they were made here. Raises OSError, and Problem where there is
    nothing to write, or too much.
    """
    if sum(seen.run.bytes for seen in work) > MAX_BYTES or len(work) > MAX_RUNS:
        raise Problem(_TOO_LARGE, most=MAX_BYTES // 1_000_000, runs=MAX_RUNS)
    rows = []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as members:
        for number, seen in enumerate(work, start=1):
            file = path(seen.run.file or "")
            if not file.is_file():
                continue
            members.write(file, f"{number}.npz")
            row: dict[str, Any] = {"file": f"{number}.npz", "name": seen.name}
            row["pinned"] = seen.pinned
            if seen.run.made_here:
                row["seal"] = _seal(key, seen.run.file or "")
            rows.append(row)
        if not rows:
            raise Problem(_NO_RUN)
        members.writestr(_LIST, json.dumps({"format": FORMAT, "runs": rows}, ensure_ascii=False))


def read(
    source: BinaryIO, key: bytes, check: Callable[[str, Mapping[str, Any]], object]
) -> list[Brought]:
    """The runs of what ``write`` wrote, or the run of a file of its own; each was read once.

    check: raises Problem for an experiment, by name, and a config that are not known here. Raises
    Problem for any other file, in one sentence. ``source`` is to stay open until all are written.
    """
    if source.seek(0, io.SEEK_END) > MAX_BYTES:
        raise Problem(_TOO_LARGE, most=MAX_BYTES // 1_000_000, runs=MAX_RUNS)
    try:
        members = _opened(source)
        if _LIST not in members.namelist():
            return [_brought({}, partial(_whole, source), key, check)]
        infos = members.infolist()
        if sum(info.file_size for info in infos) > MAX_BYTES or len(infos) > MAX_RUNS + 1:
            raise Problem(_TOO_LARGE, most=MAX_BYTES // 1_000_000, runs=MAX_RUNS)
        if any(info.compress_type != zipfile.ZIP_STORED for info in infos):
            raise Problem(_FOREIGN)
        if members.getinfo(_LIST).file_size > _MAX_LIST_BYTES:
            raise Problem(_FOREIGN)
        told = json.loads(members.read(_LIST))
        if told["format"] != FORMAT:
            raise Problem(_FOREIGN)
        return [
            _brought(row, partial(members.read, row["file"]), key, check) for row in told["runs"]
        ]
    except (
        *(zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError),
        *(ValueError, TypeError, KeyError, AttributeError, OverflowError),
    ) as error:
        if isinstance(error, Problem):
            raise
        raise Problem(_FOREIGN) from None


def _opened(source: BinaryIO) -> zipfile.ZipFile:
    """The file as a zip. Raises Problem for runs without their list, which is at the end.

    A run in them is a zip itself, for which the rest of the file would be taken.
    """
    source.seek(0)
    has_runs = _FIRST.match(source.read(64))
    try:
        members = zipfile.ZipFile(source)
    except zipfile.BadZipFile:
        raise Problem(_CUT if has_runs else _FOREIGN) from None
    if has_runs and _LIST not in members.namelist():
        raise Problem(_CUT)
    return members


def _whole(source: BinaryIO) -> bytes:
    source.seek(0)
    return source.read()


def _brought(
    row: Mapping[str, Any],
    read_file: Callable[[], bytes],
    key: bytes,
    check: Callable[[str, Mapping[str, Any]], object],
) -> Brought:
    raw = read_file()
    recording = event_file.read(io.BytesIO(raw))
    seal = _seal(key, hashlib.sha256(raw).hexdigest())
    made_here = hmac.compare_digest(str(row.get("seal", "")).encode(), seal.encode())
    told = recording.about
    if not isinstance(told["config"], dict):
        raise TypeError
    run = Kept(
        id=_text(told["id"], 64) if made_here else secrets.token_urlsafe(12),
        experiment=_text(told["experiment"], 64),
        version=_text(told["version"], 32),
        config=told["config"],
        owner="",
        begun_at=_time(told["begun_at"]),
        kept_at=0.0,
        made_here=made_here,
    )
    check(run.experiment, run.config)
    run = ended(run, recording.events, _time(told["ended_at"]))
    name = " ".join(_text(row.get("name", ""), 80).split())
    if not name.isprintable():
        raise ValueError(name)

    def write(sink: BinaryIO) -> None:  # reads it again: all of them at once may be large
        raw = read_file()
        if made_here:
            sink.write(raw)
        else:
            event_file.write(sink, _without_files(event_file.read(io.BytesIO(raw)), run.id))

    return Brought(run, name, row.get("pinned") is True, write)


def _without_files(recording: Recording, run_id: str) -> Recording:
    """A run of elsewhere under an id of ours, without code and models, which somebody may run."""
    result = recording.events[-1]
    if isinstance(result, Finished):
        result = replace(result, files={})
    return Recording(
        {**recording.about, "id": run_id}, [*recording.events[:-1], result], recording.times_s
    )


def _seal(key: bytes, digest: str) -> str:
    return hmac.new(key, digest.encode(), "sha256").hexdigest()


def _text(value: object, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise TypeError
    return value


def _time(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError
    return float(value)
