"""Images and tables that a visitor brings: what is read, and what is refused word for word."""

import io
import os
import zipfile
from pathlib import Path

import numpy as np
import pytest
from sklearn.datasets import load_digits

from core.data import uploads
from core.data.images.files import read_images
from core.data.images.known import images
from core.messages import Problem

RNG = np.random.default_rng(0)
PICTURES = RNG.integers(0, 256, (60, 5, 6), dtype=np.uint8)
LABELS = np.arange(60) % 3


def npz(**arrays):
    out = io.BytesIO()
    np.savez_compressed(out, **arrays)
    return out.getvalue()


def npy(array):
    out = io.BytesIO()
    np.save(out, array)
    return out.getvalue()


def table(values, header, label=None):
    lines = [header]
    for row, cells in enumerate(values):
        said = [f"{cell:.6g}" for cell in cells]
        lines.append(",".join(said + ([label[row]] if label else [])))
    return "\n".join(lines).encode()


def test_grey_images_with_labels():
    known = read_images(npz(x=PICTURES, y=LABELS))
    assert known.shape == (5, 6) and known.class_names == ("0", "1", "2") and known.labelled
    expected = PICTURES.reshape(60, 30) / PICTURES.max()
    np.testing.assert_allclose(known.pixels, expected, rtol=1e-6)
    assert known.pixels.dtype == np.float32
    np.testing.assert_array_equal(known.labels, LABELS)


def test_images_of_one_channel_and_without_labels():
    known = read_images(npz(images=PICTURES[..., None] / 255.0))
    assert known.shape == (5, 6) and known.class_names == ("",) and not known.labelled
    np.testing.assert_allclose(known.pixels, PICTURES.reshape(60, 30) / 255, rtol=1e-6)
    training, test = known.split(0)
    assert (len(training), len(test)) == (45, 15)


def test_rows_of_a_square_number_are_images_as_scikit_learn_keeps_its_digits():
    x, y = load_digits(return_X_y=True)
    known, ours = read_images(npz(x=x, y=y)), images("digits")
    assert known.shape == (8, 8)
    np.testing.assert_allclose(known.pixels, ours.pixels)
    np.testing.assert_array_equal(known.labels, ours.labels)


def test_a_table_is_scaled_column_by_column():
    values = RNG.standard_normal((50, 3)) * [1, 10, 100] + 5
    label = ["ham" if row % 2 else "spam" for row in range(50)]
    known = read_images(table(values, "a,b,c,label", label))
    assert known.shape == (1, 3) and known.class_names == ("ham", "spam")
    np.testing.assert_allclose(known.pixels.min(0), 0, atol=1e-7)
    np.testing.assert_allclose(known.pixels.max(0), 1, atol=1e-7)
    expected = (values - values.min(0)) / np.ptp(values, axis=0)
    np.testing.assert_allclose(known.pixels, expected, atol=1e-4)


def test_columns_called_pixel_are_images():
    header = ",".join(["label", *(f"pixel{i}" for i in range(16))])
    values = np.column_stack([np.arange(40) % 4, RNG.integers(0, 256, (40, 16))])
    values[:, 1] = 0  # a corner is black in every image, as it is in many sets
    known = read_images(table(values, header))
    assert known.shape == (4, 4) and known.class_names == ("0", "1", "2", "3")
    np.testing.assert_allclose(known.pixels * values[:, 1:].max(), values[:, 1:], atol=1e-3)


def bomb():
    """An archive of a few kilobytes that unpacks to 100 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.npy", bytes(100_000_000))
    assert len(out.getvalue()) < 200_000
    return out.getvalue()


def pickled():
    out = io.BytesIO()
    np.savez(out, x=np.array([{"run": os.system}] * 50, dtype=object))
    return out.getvalue()


WRONG = {
    "a zip bomb": (bomb, "The file holds more than 20 MB or 64 members."),
    "a pickle": (pickled, "x.npy is not a plain array of numbers."),
    "no zip": (lambda: b"PK not really", "The file is damaged or not a zip file."),
    "neither": (
        lambda: b"\x89PNG\r\n\x1a\n\x00\x00",
        "The file is neither an .npz of NumPy nor a table of text (CSV).",
    ),
    "no images": (
        lambda: npz(weights=LABELS),
        "The file has no array called x or images; its arrays are: weights. Save it by "
        "np.savez(file, x=images, y=labels).",
    ),
    "too few": (
        lambda: npz(x=PICTURES[:9]),
        "The file holds 9 examples; from 40 to 20,000 are accepted.",
    ),
    "too large": (
        lambda: npz(x=np.zeros((40, 65, 8), np.uint8)),
        "The images are 65 × 8 pixels; sides from 4 to 64 are accepted.",
    ),
    "NaN": (
        lambda: npz(x=np.where(np.arange(30) == 7, np.nan, PICTURES.reshape(60, 30))),
        "60 values are not numbers (NaN or infinite); every pixel needs one.",
    ),
    "all alike": (
        lambda: npz(x=np.full((50, 8, 8), 3)),
        "All images are the same: there is nothing to learn.",
    ),
    "few columns": (
        lambda: table(RNG.random((50, 2)), "a,b"),
        "There are 2 columns of numbers; from 3 to 4,096 are accepted.",
    ),
    "empty": (
        lambda: b"",
        "The file is empty; rows of values are expected.",
    ),
}


SHAPE = PICTURES.shape[1:]
MANY = np.arange(60) // 5  # twelve classes of five
READ = {  # what is brought -> shape of the images, classes, what is said
    "a label missing": (
        npz(x=PICTURES, y=np.where(np.arange(60) == 3, np.nan, LABELS)),
        (SHAPE, 1, ["y, of shape (60,), has no label for each image: left out"]),
    ),
    "colours": (npz(x=np.stack([PICTURES] * 3, -1), y=LABELS), (SHAPE, 3, ["colours made grey"])),
    "negative": (
        npz(x=PICTURES / 127.5 - 1.0),
        (
            SHAPE,
            1,
            [f"brightness from {PICTURES.min() / 127.5 - 1:g} to {PICTURES.max() / 127.5 - 1:g}"],
        ),
    ),
    "labels of another length": (
        npz(x=PICTURES, y=LABELS[:-1]),
        (SHAPE, 1, ["arrays left out: y"]),
    ),
    "many classes": (
        npz(x=PICTURES, y=MANY),
        (SHAPE, 10, ["12 classes: the rarest are one"]),
    ),
    "a class of one": (
        npz(x=PICTURES, y=(np.arange(60) == 3)),
        (SHAPE, 1, ["the labels say too little of each class: left out"]),
    ),
    "arrays without names": (npz(arr_0=PICTURES, arr_1=LABELS), (SHAPE, 3, [])),
    "labels in a column": (
        npz(train_images=PICTURES, train_labels=LABELS[:, None]),
        (SHAPE, 3, []),
    ),
    "one-hot labels": (npz(X=PICTURES, Y=np.eye(3)[LABELS]), (SHAPE, 3, [])),
    "colours first": (npz(x=np.stack([PICTURES] * 3, 1)), (SHAPE, 1, ["colours made grey"])),
    "an array alone": (npy(PICTURES), (SHAPE, 1, [])),
    "words": (npz(x=PICTURES, y=np.array(["cat", "dog", "cow"])[LABELS]), (SHAPE, 3, [])),
    "truth": (npz(x=PICTURES, y=LABELS == 1), (SHAPE, 2, [])),
    "a constant column": (
        table(np.column_stack([RNG.random((50, 3)), np.ones(50)]), "a,b,c,size"),
        ((1, 3), 1, ["the same value in every row, left out: size"]),
    ),
    "pixels by row and column": (
        table(RNG.random((50, 16)), ",".join(f"{r}x{c}" for r in range(1, 5) for c in range(1, 5))),
        ((4, 4), 1, []),
    ),
    "pixels by number": (
        table(RNG.random((50, 16)), ",".join(map(str, range(16)))),
        ((4, 4), 1, []),
    ),
}


@pytest.mark.parametrize("brought", READ, ids=READ)
def test_what_a_person_would_read_is_read(brought):
    raw, (shape, classes, notes) = READ[brought]
    known = read_images(raw)
    assert known.shape == shape and len(known.class_names) == classes
    assert [str(note) for note in known.notes] == notes
    assert known.pixels.min() >= 0 and known.pixels.max() <= 1


@pytest.mark.parametrize("made", WRONG, ids=WRONG)
def test_what_is_wrong_is_said(made):
    raw, sentence = WRONG[made]
    with pytest.raises(Problem) as told:
        read_images(raw())
    assert told.value.template.format(**told.value.values) == sentence


def test_stored_images_are_found_by_their_hash(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "folder", lambda: tmp_path)
    raw = npz(x=PICTURES, y=LABELS)
    known = images("upload", uploads.store_images(raw))
    np.testing.assert_array_equal(known.pixels, read_images(raw).pixels)
    with pytest.raises(Problem) as told:
        images("upload", "0" * 64)
    assert str(told.value.template).startswith("The uploaded images are no longer here")
    with pytest.raises(Problem):
        uploads.store_images(bomb())
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.skipif("PANGLOSS_DATA" not in os.environ, reason="the data are not here")
def test_a_part_of_mnist_as_numpy_saved_it():
    file = Path(os.environ["PANGLOSS_DATA"]) / "mnist_t10k.npz"
    if not file.exists():
        pytest.skip("the data are not here")
    known = read_images(file.read_bytes())
    assert known.shape == (28, 28) and len(known.pixels) == 10_000
    assert known.class_names == tuple("0123456789") and known.pixels.max() == 1


def test_the_labels_of_a_table_can_be_chosen_or_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "folder", lambda: tmp_path)
    rows = "".join(f"{i},{i * i % 11},{i % 7}.5,{'xy'[i % 2]},{'rgb'[i % 3]}\n" for i in range(60))
    raw = f"a,b,c,label,colour\n{rows}".encode()
    (asked,) = read_images(raw).questions
    assert (asked.name, asked.chosen, list(asked.options)) == (
        "label",
        "label",
        ["", "label", "colour"],
    )
    chosen = images("upload", uploads.store_images(raw, {"label": "colour"}))
    assert chosen.class_names == ("b", "g", "r")
    assert not images("upload", uploads.store_images(raw, {"label": ""})).labelled
    assert read_images(npz(x=PICTURES)).questions == ()
