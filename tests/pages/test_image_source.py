"""A visitor's own images on a page: brought, or refused with a reason."""

import io
from pathlib import Path

import numpy as np
import pytest

from core.data import uploads
from tests import recorded
from tests.pages.lesson import checked, engine_fixture, notices, opened, url

PAGE = (
    Path(__file__).resolve().parents[2]
    / "pages"
    / "autoencoders"
    / "linear_autoencoder"
    / "page.py"
)
FILE = "linear_autoencoder.file"
RNG = np.random.default_rng(0)

engine = engine_fixture(recorded.find)


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "folder", lambda: tmp_path)


def page(**params):
    return opened(PAGE, **params)


def npz(**arrays):
    out = io.BytesIO()
    np.savez(out, **arrays)
    return out.getvalue()


def brought(at, name, raw):
    return checked(at.file_uploader(key=FILE).set_value((name, raw, "")).run())


def train(at):
    return at.button(key="linear-autoencoder.train")


def test_images_are_brought():
    at = page(data="upload", latent_dim="2")
    assert any(i.value == "Upload images or a table to train on them." for i in at.info)
    assert train(at).disabled
    pictures = RNG.integers(0, 256, (48, 6, 5), dtype=np.uint8)
    brought(at, "mine.npz", npz(x=pictures, y=np.arange(48) % 3))
    said = [c.value.replace("\\", "") for c in at.caption]
    about = "Your images: 48 of 6 × 5 pixels, 3 classes; 36 to learn from, the others are held out."
    assert about in said
    assert len(url(at)["upload"]) == 64
    assert not train(at).disabled


def test_a_table_without_labels():
    at = page(data="upload", lang="fr")
    values = RNG.standard_normal((50, 4))
    raw = "\n".join(["a,b,c,d", *(",".join(f"{v:.4f}" for v in row) for row in values)]).encode()
    brought(at, "mine.csv", raw)
    said = [c.value.replace("\\", "").replace("\xa0", " ") for c in at.caption]
    assert any(
        s.startswith("Votre tableau : 50 lignes de 4 nombres, sans étiquettes") for s in said
    )


def test_what_cannot_be_read_is_said_and_nothing_is_lost():
    at = page(data="upload", latent_dim="2")
    brought(at, "mine.npz", npz(x=RNG.random((48, 6, 5))))
    first = url(at)["upload"]
    brought(at, "films.npz", npz(x=RNG.random((48, 6, 5, 7))))
    said = [notice.replace("\\", "") for notice in notices(at)]
    assert any(s.startswith("x has the shape (48, 6, 5, 7); grey images are") for s in said)
    assert url(at)["upload"] == first and not train(at).disabled


def test_images_that_are_no_longer_here():
    at = page(data="upload", upload="0" * 64)
    said = [notice.replace("\\", "") for notice in notices(at)]
    assert any(s.startswith("The uploaded images are no longer here") for s in said)
    assert train(at).disabled
