"""Templates of scripts: what is filled in, decided, put in and left out."""

from typing import Any

import numpy as np
import pytest

from core.experiments.kit import script
from core.experiments.kit.filling import written
from core.experiments.kit.script import keras_script

TEMPLATE = '''\
"""A script."""

import math
import keras
import numpy as np

UNITS, RATE = 16, 0.1  # of the layer, and of Adam
CELL = "lstm"
CLIP = 0.0
NOTEBOOK = False

# %% The data
from core.data.sequences.recall_task import training_batch


batch = training_batch


def unused():
    return math.pi


# %% The network
if CELL == "lstm":
    # With gates.
    layer = keras.layers.LSTM(UNITS)
elif CELL == "gru":
    # With fewer gates.
    layer = keras.layers.GRU(UNITS, reset_after=False)
else:
    layer = keras.layers.SimpleRNN(UNITS)
optimizer = keras.optimizers.Adam(RATE, global_clipnorm=CLIP if CLIP else None)
for step in range(3):
    if CLIP:
        print("é", step)
    else:
        print(np.zeros(step))  # nothing
if NOTEBOOK:
    # %% The figures
    print(layer)
'''


@pytest.fixture
def filled(tmp_path, monkeypatch):
    def fill(text, **values):
        folder = tmp_path / "core" / "experiments" / "mine"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "template.py").write_text(text, encoding="utf-8")
        core = tmp_path / "core" / "data"
        if not core.exists():
            core.symlink_to(script._ROOT / "core" / "data")
            monkeypatch.setattr(script, "_ROOT", tmp_path)
        return keras_script("mine", **values)

    return fill


def test_constants_take_values_and_choices_are_made(filled):
    text = filled(TEMPLATE, UNITS=8, CELL="gru", CLIP=0.0)
    assert "UNITS, RATE = 8, 0.1  # of the layer, and of Adam\n" in text
    body = text.partition("# %% The network\n")[2]
    assert body == (
        "# With fewer gates.\n"
        "layer = keras.layers.GRU(UNITS, reset_after=False)\n"
        "optimizer = keras.optimizers.Adam(RATE, global_clipnorm=None)\n"
        "for step in range(3):\n"
        "    print(np.zeros(step))  # nothing\n"
    )


def test_another_value_another_branch(filled):
    body = filled(TEMPLATE, CELL="rnn", CLIP=1.0, NOTEBOOK=True).partition("# %% The network\n")[2]
    assert body == (
        "layer = keras.layers.SimpleRNN(UNITS)\n"
        "optimizer = keras.optimizers.Adam(RATE, global_clipnorm=CLIP)\n"
        "for step in range(3):\n"
        '    print("é", step)\n'
        "# %% The figures\n"
        "print(layer)\n"
    )


def test_the_project_s_own_functions_are_put_in_with_what_they_need(filled):
    data = filled(TEMPLATE, CELL="rnn", CLIP=0.0).partition("# %% The data\n")[2]
    data = data.partition("# %% The network\n")[0]
    known: dict[str, Any] = {"np": np}
    exec(data, known)
    inputs, keys = known["training_batch"](6, 0, 0, 5)
    assert inputs.shape == (5, 6, 8) and keys.shape == (5,)
    assert "def examples" in data and "test_set" not in data and "core." not in data


def test_what_nothing_uses_is_left_out(filled):
    text = filled(TEMPLATE, CELL="rnn", CLIP=0.0)
    assert "unused" not in text and "math" not in text and "CELL" not in text
    head = text.partition("UNITS")[0]
    assert head.split("\n\n") == [
        '"""A script."""',
        "from __future__ import annotations",
        "import keras\nimport numpy as np",
        "",
    ]


def test_two_parts_of_one_name_are_refused(filled):
    twice = (
        '"""Both."""\n\nfrom core.data.sequences.recall_task import SYMBOLS\n'
        "from core.data.sequences.memory_tasks import Copy\n\nprint(SYMBOLS, Copy)\n"
    )
    with pytest.raises(ValueError, match=r"SYMBOLS is both in core\..*recall_task and in core\."):
        filled(twice)


def test_values_as_python_writes_them():
    assert written("a\n\"é'") == '"a\\n\\"é\'"'
    assert written({"rnn": (3,), "lstm": [0.5, None]}) == '{"rnn": (3,), "lstm": [0.5, None]}'
    long = [[float(i) for i in range(30)], [True]]
    assert eval(written(long)) == long
    assert max(map(len, written(long).splitlines())) <= 100
