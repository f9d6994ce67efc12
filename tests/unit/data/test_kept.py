"""What is kept of data sets: found again, and made anew where something has changed."""

import errno
import os
from pathlib import Path

import platformdirs
import pytest

from core.data import kept as module
from core.data.kept import kept
from core.data.language.pairs import tatoeba


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *a, **k: tmp_path)
    return tmp_path / "some"


def made(settings: str = "", most: int = 1, value: bytes = b"made") -> tuple[bytes, int]:
    """What is returned, and how often it was made."""
    times = []

    def make() -> bytes:
        times.append(1)
        return value

    return kept("some", [tatoeba.FILE], [module], make, settings, most), len(times)


def test_it_is_made_once():
    assert made() == (b"made", 1)
    assert made(value=b"other") == (b"made", 0)


def test_other_settings_make_it_anew():
    made("a")
    assert made("b", value=b"b") == (b"b", 1)


def test_the_last_ones_are_kept(folder):
    for age, settings in enumerate("cba"):  # the clock of a disk is coarse
        made(settings, most=3)
        (newest,) = [f for f in folder.iterdir() if f.stat().st_mtime > 1_000_000]
        os.utime(newest, (1000 - age, 1000 - age))
    made("d", most=3)
    assert [made(settings, most=9)[1] for settings in "dcba"] == [0, 0, 0, 1]


def test_other_code_makes_it_anew(tmp_path, monkeypatch):
    made()
    code = tmp_path / "code.py"
    code.write_text("changed")
    monkeypatch.setattr(module, "__file__", str(code))
    assert made()[1] == 1


def test_what_is_damaged_is_made_anew(folder):
    made()
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    assert made() == (b"made", 1)
    assert made() == (b"made", 0)


def test_a_full_disk_leaves_nothing_half_written(folder, monkeypatch):
    def full(path: Path, _stored: bytes):
        path.touch()
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert made() == (b"made", 1)
    assert list(folder.iterdir()) == []


def test_where_nothing_can_be_written_it_is_made_each_time(folder):
    folder.write_text("a file in the folder's place")
    assert made() == (b"made", 1)
    assert made() == (b"made", 1)
