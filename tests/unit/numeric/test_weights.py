"""Exported models come back; whatever else is offered is refused in one sentence."""

import io
import json
import pickle
import zipfile

import numpy as np
import pytest

from core.messages import Problem
from core.numeric import weights
from core.numeric.weights import export_model, import_model, read_npz, write_npz

DAMAGED = "The file is damaged or not a zip file."
NO_ARRAY = "bias_0.npy is not a plain array of numbers."


def zipped(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def npy(array, **header):
    out = io.BytesIO()
    np.save(out, array)
    return out.getvalue()


def with_member(data, name, content):
    """An exported model with a member of its npz replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        about, arrays = archive.read("model.json"), archive.read("weights.npz")
    with zipfile.ZipFile(io.BytesIO(arrays)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    return zipped({"model.json": about, "weights.npz": zipped(members | {name: content})})


def refusal(data):
    with pytest.raises(Problem) as caught:
        import_model(data)
    return str(caught.value)


def test_a_model_comes_back_in_half_precision(make_model):
    model = make_model("gru", (6, 5))
    card = {"name": "mien", "metrics": {"bits_per_char": 2.5}, "accents": "é «»"}
    loaded, about = import_model(export_model(model, card))
    assert about == card
    assert (loaded.cell, loaded.vocabulary) == ("gru", model.vocabulary)
    assert set(loaded.weights) == set(model.weights)
    for name, array in model.weights.items():
        assert loaded.weights[name].dtype == np.float32
        np.testing.assert_array_equal(loaded.weights[name], array.astype(np.float16))
    assert export_model(loaded, card) == export_model(model, card)


def test_arrays_in_column_order_come_back():
    array = np.asfortranarray(np.arange(6, dtype=np.float32).reshape(2, 3))
    np.testing.assert_array_equal(read_npz(zipped({"a.npy": npy(array)}))["a"], array)


def test_npz_is_what_numpy_reads_and_writes():
    arrays = {"b": np.array([1.5, 2.5]), "a": np.array([[3.0]]), "c": np.array([2**30], np.int32)}
    with np.load(io.BytesIO(write_npz(arrays)), allow_pickle=False) as loaded:
        assert sorted(loaded.files) == ["a", "b", "c"]
        assert loaded["b"].dtype == np.float16 and loaded["c"].tolist() == [2**30]
        np.testing.assert_array_equal(loaded["b"], arrays["b"])
    out = io.BytesIO()
    np.savez(out, words=np.arange(3, dtype=np.uint8), scalar=np.float64(2), none=np.zeros((0, 4)))
    read = read_npz(out.getvalue())
    assert read["words"].tolist() == [0, 1, 2]
    assert read["scalar"] == 2
    assert read["none"].shape == (0, 4)


@pytest.mark.parametrize("data", [b"", b"PK", b"hello" * 100])
def test_no_zip(data):
    assert refusal(data) == DAMAGED


def test_a_truncated_file(make_model):
    data = export_model(make_model(), {})
    assert refusal(data[: len(data) // 2]) == DAMAGED


def test_a_changed_byte(make_model):
    data = bytearray(export_model(make_model(), {}))
    data[data.index(b"weights.npz") + 60] ^= 0xFF
    assert refusal(bytes(data)) == DAMAGED


def test_other_files():
    sentence = (
        "This is not a model that Pangloss exported: such a file holds model.json, weights.npz."
    )
    assert refusal(zipped({"config.json": "{}", "model.weights.h5": b"\x89HDF"})) == sentence
    assert refusal(zipped({"model.json": "{}"})) == sentence


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ("[" * 100_000, "The model's description cannot be read as JSON."),
        ("[]", "The model's description cannot be read as JSON."),
        ('{"format": "\\ud800"}', "The model's description cannot be read as JSON."),
        (b"\xff\xfe{", "The model's description cannot be read as JSON."),
        (" " * 1_000_001 + "{}", "The model's description cannot be read as JSON."),
        ("{}", "The file model.json is not one that Pangloss wrote."),
        ('{"format": "pangloss language model 1", "card": 3}', None),
    ],
)
def test_wrong_descriptions(about, sentence):
    data = zipped({"model.json": about, "weights.npz": zipped({})})
    assert refusal(data) == (sentence or "The file model.json is not one that Pangloss wrote.")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"cell": ["lstm"]}, """The cell must be one of rnn, lstm, gru, not "['lstm']"."""),
        ({"vocabulary": 3}, "The vocabulary must be a text of 2 to 4096 characters."),
        (
            {"vocabulary": "\ufffdabc"},
            "The weights embedding must have the shape (4, 4), not (13, 4).",
        ),
    ],
)
def test_wrong_fields_of_the_description(make_model, change, sentence):
    with zipfile.ZipFile(io.BytesIO(export_model(make_model(), {}))) as archive:
        about = json.loads(archive.read("model.json")) | change
        arrays = archive.read("weights.npz")
    assert refusal(zipped({"model.json": json.dumps(about), "weights.npz": arrays})) == sentence


class Harmful:
    def __reduce__(self):
        return (pytest.fail, ("a pickle was loaded",))


def test_an_array_of_objects_is_not_unpickled(make_model):
    array = np.array([None, Harmful()], dtype=object)
    out = io.BytesIO()
    np.lib.format.write_array(out, array, allow_pickle=True)
    data = with_member(export_model(make_model(), {}), "bias_0.npy", out.getvalue())
    assert refusal(data) == NO_ARRAY
    data = with_member(export_model(make_model(), {}), "bias_0.npy", pickle.dumps(Harmful()))
    assert refusal(data) == NO_ARRAY


def header(shape, dtype="<f2"):
    text = f"{{'descr': '{dtype}', 'fortran_order': False, 'shape': {shape}, }}\n".encode()
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text


@pytest.mark.parametrize(
    "content",
    [
        header("(999999999, 999999999)"),
        header("(-1, -24)") + b"\0" * 48,
        header("(24, )") + b"\0" * 48,
        header("(24,)") + b"\0" * 46,
        header("(24,)") + b"\0" * 50,
        header("(24,)", "|V2") + b"\0" * 48,
        header("(24,)", "<U1") + b"\0" * 96,
        header("((" * 500) + b"\0" * 48,
        header("__import__('os')") + b"\0" * 48,
        b"",
    ],
)
def test_headers_that_promise_what_is_not_there(make_model, content):
    data = with_member(export_model(make_model(), {}), "bias_0.npy", content)
    assert refusal(data) == NO_ARRAY


def test_wrong_numbers(make_model):
    data = export_model(make_model(), {})
    sentence = "The weights bias_0 hold values that are not numbers or are too large."
    assert refusal(with_member(data, "bias_0.npy", npy(np.full(24, np.inf)))) == sentence
    assert refusal(with_member(data, "bias_0.npy", npy(np.zeros(24, np.int32)))) == (
        "The weights bias_0 must be floating-point numbers."
    )
    assert refusal(with_member(data, "surprise.npy", npy(np.zeros(2)))) == (
        "The model has no place for the weights surprise."
    )
    assert refusal(with_member(data, "run.py", b"print()")) == (
        "The file holds run.py, which is not an array."
    )


def test_what_would_unpack_to_too_much_is_not_unpacked(monkeypatch):
    bomb = zipped({"model.json": "{}", "weights.npz": b"\0" * (weights.MAX_BYTES + 1)})
    assert len(bomb) < 100_000
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("it was unpacked"))
    sentence = "The file holds more than 20 MB or 64 members."
    assert refusal(bomb) == sentence
    assert refusal(zipped({f"{i}.npy": b"" for i in range(65)})) == sentence
    assert refusal(zipped({"model.json": b"\0" * 1000}, zipfile.ZIP_BZIP2)) == sentence


def test_a_member_that_understates_its_size(make_model):
    bomb = bytearray(zipped({"model.json": b" " * 5_000_000, "weights.npz": b""}))
    true_size, small = (5_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little")
    assert bomb.count(true_size) == 2
    assert refusal(bytes(bomb.replace(true_size, small))) == DAMAGED
