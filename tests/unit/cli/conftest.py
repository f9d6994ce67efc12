"""The command line in this process and as one of its own, on a little model and experiment."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from core import experiments, pretrained
from core.cli import main
from core.numeric.language.language_model import LanguageModel

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
VOCABULARY = "\ufffd\n abcdefghijklmnopqrstuvwxyzé."
_START = """
import sys
from pathlib import Path
from core import experiments, pretrained
from core.cli import main
experiments._PACKAGES = {"little": "little_experiment"}
pretrained.WEIGHTS = Path(sys.argv[1])
"""


class Said(NamedTuple):
    """Exit status, standard output and standard error of a command."""

    status: int
    out: str
    err: str


@pytest.fixture
def model():
    """An LSTM of eight units with random weights."""
    rng = np.random.default_rng(0)
    size, width, units = len(VOCABULARY), 4, 8
    shapes = {
        "embedding": (size, width),
        "kernel_0": (width, 4 * units),
        "recurrent_0": (units, 4 * units),
        "bias_0": (4 * units,),
        "logits_kernel": (units, size),
        "logits_bias": (size,),
    }
    weights = {
        name: rng.normal(size=shape).astype(np.float16).astype(np.float32)
        for name, shape in shapes.items()
    }
    return LanguageModel("lstm", VOCABULARY, weights)


@pytest.fixture
def weights(model, tmp_path, monkeypatch):
    """A folder with the little model, shipped as voltaire."""
    folder = tmp_path / "weights"
    metrics = {"params": model.params, "bits_per_char": {"micromegas": 4.25}}
    card = {"about": "A little model.", "metrics": metrics}
    pretrained.save("voltaire", model, card, folder)
    monkeypatch.setattr(pretrained, "WEIGHTS", folder)
    pretrained.load.cache_clear()
    yield folder
    pretrained.load.cache_clear()


@pytest.fixture
def little(monkeypatch):
    """The little experiment as the only one."""
    monkeypatch.syspath_prepend(str(HERE))
    monkeypatch.setattr(experiments, "_PACKAGES", {"little": "little_experiment"})


@pytest.fixture
def say(capsys):
    """A function that runs a command in this process."""

    def run(*args: str) -> Said:
        status = main([str(arg) for arg in args])
        said = capsys.readouterr()
        return Said(status, said.out, said.err)

    return run


@pytest.fixture
def process(weights):
    """A function that starts Python on a program, with ``main`` and the little things at hand."""
    started = []

    def start(program: str, *args: str) -> subprocess.Popen:
        path = os.pathsep.join([str(ROOT), str(HERE)])
        child = subprocess.Popen(
            [sys.executable, "-c", _START + program, str(weights), *map(str, args)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )
        started.append(child)
        return child

    yield start
    for child in started:
        child.kill()
        child.communicate()
