"""What XLA has compiled is kept for other processes, in a folder of this machine's own."""

import os
import subprocess
import sys

import pytest

from core.models.recurrent import compiled

FLAGS = "TF_XLA_FLAGS"
COMPILES = """
import numpy as np
from core.models.recurrent.layers import recurrent_layer
layer = recurrent_layer("rnn", 2, seed=0)
print(float(np.sum(layer(np.ones((1, 12, 1), "float32")))))
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("PANGLOSS_HOME", str(tmp_path))
    monkeypatch.delenv(FLAGS, raising=False)
    return tmp_path


@pytest.mark.slow
def test_another_process_reads_what_was_compiled_and_one_cut_short_is_compiled_anew(home):
    def run():
        said = subprocess.run(
            [sys.executable, "-c", COMPILES], capture_output=True, text=True, check=True
        )
        files = list(home.glob("compiled/*/*"))
        return said.stdout, {file: file.stat().st_mtime_ns for file in files}

    first, written = run()
    again, kept = run()
    assert written and (again, kept) == (first, written)
    for at, file in enumerate(written):  # cut short here and there
        file.write_bytes(file.read_bytes()[: -1 if at else 3000])
    repaired, mended = run()
    assert repaired == first and mended.keys() == written.keys()


def test_only_a_folder_of_ones_own_is_used(home, monkeypatch):
    compiled.keep_compiled()
    assert str(home / "compiled") in os.environ[FLAGS]
    (folder,) = (home / "compiled").iterdir()
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o777)  # where others can put what would be run
    monkeypatch.delenv(FLAGS)
    compiled.keep_compiled()
    assert FLAGS not in os.environ


def test_what_was_written_longest_ago_goes_first(home, monkeypatch):
    compiled.keep_compiled()
    (folder,) = (home / "compiled").iterdir()
    for age in range(3):
        file = folder / str(age)
        file.write_bytes(b"\x0a\x08" + bytes(8))
        os.utime(file, (1000 - age, 1000 - age))
    (folder / "short").write_bytes(b"\x0a\x08" + bytes(7))
    (folder / "empty").touch()
    monkeypatch.setattr(compiled, "_MOST_BYTES", 29)
    monkeypatch.delenv(FLAGS)
    compiled.keep_compiled()
    assert sorted(file.name for file in folder.iterdir()) == ["0", "1"]
