"""A run's file: what is written is read again, and nothing else is."""

import io
import json
import zipfile
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from core.events import Epoch, Finished, Started
from core.messages import Problem
from core.store import event_file
from core.store.event_file import Recording
from tests.unit.store.kept import CONFIG, as_bytes, events, times

DAMAGED = "The file is damaged, or no run that Pangloss wrote."
NUMBERS = st.floats(allow_nan=False) | st.integers(-(2**60), 2**60) | st.booleans()
NAMES = st.text(max_size=8)
DTYPES = st.sampled_from(["<f2", "<f4", "<f8", "<i4", "<i8", "|u1", "|i1", "|b1"])
ARRAYS = DTYPES.flatmap(lambda dtype: arrays(dtype, array_shapes(min_side=0)))


def read(raw, **more):
    return event_file.read(io.BytesIO(raw), **more)


def recording(told=None):
    told = told or events()
    return Recording({"id": "one"}, told, times(told))


def members(raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def zipped(content, method=zipfile.ZIP_STORED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, raw in content.items():
            archive.writestr(name, raw)
    return out.getvalue()


def assert_same(mine, read):
    assert type(mine) is type(read)
    for name, value in vars(mine).items():
        again = getattr(read, name)
        if name == "arrays":
            assert value.keys() == again.keys()
            for key, array in value.items():
                assert (array.dtype, array.shape) == (again[key].dtype, again[key].shape)
                np.testing.assert_array_equal(array, again[key])
        elif name == "metrics":
            np.testing.assert_equal(again, value)
        else:
            assert value == again


def test_a_run_is_read_as_it_was_said():
    again = read(as_bytes(recording()))
    assert again.about == {"id": "one"} and again.times_s == times(events())
    for mine, event in zip(events(), again.events, strict=True):
        assert_same(mine, event)


def test_the_same_run_is_the_same_file_and_numpy_reads_its_arrays():
    raw = as_bytes(recording())
    assert raw == as_bytes(recording())
    with np.load(io.BytesIO(raw), allow_pickle=False) as loaded:
        np.testing.assert_array_equal(loaded["1"], events()[4].arrays["kernel"])


@given(
    st.dictionaries(NAMES, NUMBERS | st.dictionaries(NAMES, NUMBERS, max_size=3), max_size=4),
    st.dictionaries(NAMES, ARRAYS, max_size=3),
    st.dictionaries(NAMES, st.binary(max_size=50), max_size=2),
    st.text(alphabet=st.characters(exclude_categories=["Cs"])),
)
def test_whatever_a_run_says_is_read_again(metrics, kept, files, text):
    told = [
        Started("count", CONFIG, 1, 1, 1, metrics),
        Epoch(1, 1, 0.5, metrics, kept, {"sample": text}),
        Finished(metrics, kept, files, stopped=True),
    ]
    for mine, event in zip(told, read(as_bytes(recording(told))).events, strict=True):
        assert_same(mine, event)


@given(st.data())
def test_a_damaged_file_is_one_sentence(data):
    raw = bytearray(as_bytes(recording()))
    if data.draw(st.booleans()):
        raw = raw[: data.draw(st.integers(0, len(raw) - 1))]
    for _ in range(data.draw(st.integers(1, 4))):
        if raw:
            raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Problem):  # any other error is one
        assert isinstance(read(bytes(raw)).events[-1], Finished)


def line(at, **changes):
    """The file with some fields of one of its lines changed, None: taken away."""
    content = members(as_bytes(recording()))
    rows = [json.loads(row) for row in content["events.jsonl"].splitlines()]
    rows[at] |= changes
    rows[at] = {name: value for name, value in rows[at].items() if value is not None}
    content["events.jsonl"] = "\n".join(map(json.dumps, rows)).encode()
    return zipped(content)


def array(raw):
    """The file with other bytes for its first array."""
    return zipped(members(as_bytes(recording())) | {"1.npy": raw})


def npy(value, **more):
    out = io.BytesIO()
    np.save(out, value, **more)
    return out.getvalue()


FOREIGN = {
    "nothing": b"",
    "no zip": b"events",
    "no events": zipped({"1.npy": b""}),
    "another format": line(0, format="pangloss run 9"),
    "an unknown kind": line(1, event="os"),
    "a failure with a template": line(1, event="failed"),
    "a field too many": line(3, more=1),
    "a field too few": line(3, step=None),
    "a number that is a text": line(3, step="1"),
    "a list": line(3, metrics=[1]),
    "a deep list": line(3, metrics={"a": {"b": {"c": 1}}}),
    "a truth value for a time": line(3, at_s=True),
    "time that goes back": line(3, at_s=100.0),
    "an array that is not there": line(5, arrays={"kernel": "9.npy"}),
    "an array that is a number": line(5, arrays={"kernel": 1}),
    "lines for an array": line(5, arrays={"kernel": "events.jsonl"}),
    "no end": zipped({"events.jsonl": b'{"format": "pangloss run 1", "about": {}}'}),
    "pickled objects": array(npy(np.array([{"a": 1}], object), allow_pickle=True)),
    "words": array(npy(np.array(["a"]))),
    "more numbers than there are": array(npy(np.zeros(3))[:-1]),
    "a terabyte": array(npy(np.zeros(3)).replace(b"(3,)", b"(99999999,)")),
    "another packing": zipped(members(as_bytes(recording())), zipfile.ZIP_BZIP2),
}


def test_what_is_packed_again_unchanged_is_read():
    for raw in (zipped(members(as_bytes(recording()))), line(3, at_s=0.3), array(npy(np.zeros(3)))):
        assert len(read(raw).events) == len(events())


@pytest.mark.parametrize("raw", FOREIGN.values(), ids=FOREIGN.keys())
def test_what_no_run_has_written_is_refused_in_a_sentence(raw):
    with pytest.raises(Problem) as refused:
        read(raw)
    assert str(refused.value) == DAMAGED


def test_sizes_are_looked_at_before_anything_is_unpacked(monkeypatch):
    raw = zipped(members(as_bytes(recording())) | {"9.npy": bytes(10_000)}, zipfile.ZIP_DEFLATED)
    monkeypatch.setattr(event_file, "MAX_BYTES", 10_000)
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("it was unpacked"))
    with pytest.raises(Problem, match=r"^The file holds more than 0 MB; that is more than a run"):
        read(raw)


def test_lines_of_more_values_than_a_run_has_are_refused_before_they_are_parsed():
    about = '{"format": "pangloss run 1", "about": [' + "{}," * 4_000_001 + "{}]}"
    with pytest.raises(Problem, match=r"^The file holds more than 256 MB; "):
        read(zipped({"events.jsonl": about}, zipfile.ZIP_DEFLATED))
