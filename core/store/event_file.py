"""A run as one file: its events as lines of JSON, its arrays as npy, together an npz.

``numpy.load`` reads the arrays. Nothing in it is ever executed, and sizes are checked before
anything is unpacked: a file may come from anybody.
"""

import dataclasses
import json
import math
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np

from core import events
from core.events import Arrays, Event, Failed, Finished
from core.messages import N_, Problem

FORMAT = "pangloss run 1"
MAX_BYTES = 256 * 2**20  # of all members together, unpacked
_MAX_LINES_BYTES = 64 * 2**20
_MAX_MEMBERS = 50_000
_MAX_VALUES = 4_000_000  # in the lines: each takes some 70 bytes once it is parsed
_LINES = "events.jsonl"
_KINDS = {
    kind.__name__.lower(): kind
    for kind in (
        events.Queued,
        events.Started,
        events.Step,
        events.Epoch,
        events.Changed,
        events.Moved,
        events.Paused,
        events.Resumed,
        events.Finished,
    )
}
# What numpy writes of plain numbers, and no more: nothing of a foreign header is evaluated.
_HEADER = re.compile(
    rb"\x93NUMPY\x01\x00..\{'descr': '(?P<dtype>[<|][fiub][1248])', "
    rb"'fortran_order': (?P<in_columns>True|False), "
    rb"'shape': \((?P<shape>|\d{1,9},|\d{1,9}(?:, \d{1,9}){1,7})\), \} *\n",
    re.DOTALL,
)
_DAMAGED = N_("The file is damaged, or no run that Pangloss wrote.")
_TOO_LARGE = N_("The file holds more than {most} MB; that is more than a run may have.")


@dataclass(frozen=True)
class Recording:
    """A run that has ended: what is known of it, its events, and when each was said.

    about: JSON values. times_s: seconds since the run's process began, without pauses.
    """

    about: Mapping[str, Any]
    events: Sequence[Event]
    times_s: Sequence[float]


def write(sink: BinaryIO, recording: Recording) -> None:
    """Write a run into a file that is open for writing; the same bytes for the same run.

    Raises OSError where it cannot be written, TypeError for what is neither JSON nor a number.
    """
    with zipfile.ZipFile(sink, "w") as members:
        count = 0

        def member(content: np.ndarray | bytes) -> str:
            nonlocal count
            count += 1
            is_array = isinstance(content, np.ndarray)
            name = f"{count}.npy" if is_array else f"{count}.bin"
            # Not packed, which would take ten times as long and leave weights nine tenths of their
            # size. Of 1980: no clock is in the file.
            with members.open(zipfile.ZipInfo(name), "w") as out:
                if isinstance(content, np.ndarray):
                    # as bytes of little end, whatever the machine
                    plain = content.astype(content.dtype.newbyteorder("<"), copy=False)
                    np.lib.format.write_array(out, plain, version=(1, 0), allow_pickle=False)
                else:
                    out.write(content)
            return name

        lines = [json.dumps({"format": FORMAT, "about": dict(recording.about)})]
        for event, at_s in zip(recording.events, recording.times_s, strict=True):
            row = {"event": type(event).__name__.lower(), "at_s": round(at_s, 4), **vars(event)}
            for kind in ("arrays", "files"):
                if kind in row:
                    row[kind] = {name: member(content) for name, content in row[kind].items()}
            lines.append(_JSON.encode(row))
        info = zipfile.ZipInfo(_LINES)
        info.compress_type = zipfile.ZIP_DEFLATED
        members.writestr(info, "\n".join(lines))


def _plain(value: object) -> Any:
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


_JSON = json.JSONEncoder(default=_plain, check_circular=False)


def read(source: BinaryIO, *, arrays: bool = True, failed: bool = False) -> Recording:
    """The run of a file that ``write`` wrote. arrays: with arrays and files; without, it is fast.

    failed: it may end with a failure, whose sentence is then taken as it stands: for a file of this
    installation alone. Raises Problem for any other file, or one that holds more than MAX_BYTES.
    """
    kinds = _KINDS | ({"failed": Failed} if failed else {})
    try:
        with zipfile.ZipFile(source) as members:
            _check_sizes(members.infolist())
            content = members.read if arrays else None
            lines = members.read(_LINES)
            if lines.count(b",") > _MAX_VALUES:
                raise Problem(_TOO_LARGE, most=MAX_BYTES // 2**20)
            head, *rows = map(json.loads, lines.splitlines())
            if head["format"] != FORMAT or not isinstance(head["about"], dict):
                raise ValueError
            times_s = [_real(row.pop("at_s")) for row in rows]
            told = [_event(kinds[row.pop("event")], row, content) for row in rows]
    except Problem:
        raise
    except (
        *(zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError),
        *(ValueError, TypeError, KeyError, AttributeError, OverflowError),
    ):
        raise Problem(_DAMAGED) from None
    end = Failed if failed else Finished
    if not told or not isinstance(told[-1], end) or times_s != sorted(times_s):
        raise Problem(_DAMAGED)
    return Recording(head["about"], told, times_s)


def _check_sizes(infos: Sequence[zipfile.ZipInfo]) -> None:
    # Methods other than these two unpack whatever there is, whatever size is stated.
    known = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    if any(info.compress_type not in known for info in infos):
        raise Problem(_DAMAGED)
    lines = sum(info.file_size for info in infos if info.filename == _LINES)
    total = sum(info.file_size for info in infos)
    if total > MAX_BYTES or lines > _MAX_LINES_BYTES or len(infos) > _MAX_MEMBERS:
        raise Problem(_TOO_LARGE, most=MAX_BYTES // 2**20)


def _event(kind: type[Event], row: dict[str, Any], content: Callable[[str], bytes] | None) -> Event:
    if content is None:
        row |= {name: {} for name in ("arrays", "files") if name in row}
    fields = {f.name: f.type for f in dataclasses.fields(kind)}
    if row.keys() != fields.keys():
        raise ValueError
    return kind(**{name: _field(fields[name], row[name], content) for name in fields})


def _field(kind: Any, value: Any, content: Callable[[str], bytes] | None) -> Any:
    if kind is float:
        return _real(value)
    if kind in (int, str, bool):
        if type(value) is not kind:
            raise TypeError
        return value
    if kind is Any:
        return _simple(value)
    if not isinstance(value, dict):
        raise TypeError
    if kind == Arrays:
        return {name: _array(_bytes(content, member)) for name, member in value.items()}
    if kind == Mapping[str, bytes]:
        return {name: _bytes(content, member) for name, member in value.items()}
    if kind == Mapping[str, str]:
        return {name: _field(str, text, content) for name, text in value.items()}
    return {
        name: {key: _simple(each) for key, each in one.items()}
        if isinstance(one, dict)
        else _simple(one)
        for name, one in value.items()
    }


def _bytes(content: Callable[[str], bytes] | None, member: Any) -> bytes:
    if content is None:
        raise ValueError
    return content(_field(str, member, None))


def _simple(value: Any) -> Any:
    if not isinstance(value, str | int | float | bool | None):
        raise TypeError
    return value


def _real(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return float(value)


def _array(raw: bytes) -> np.ndarray:
    header = _HEADER.match(raw)
    if header is None:
        raise ValueError
    shape = tuple(map(int, re.findall(rb"\d+", header["shape"])))
    dtype = np.dtype(header["dtype"].decode())
    if math.prod(shape) * dtype.itemsize != len(raw) - header.end():
        raise ValueError
    flat = np.frombuffer(raw, dtype, offset=header.end())
    return flat.reshape(shape, order="F" if header["in_columns"] == b"True" else "C")
