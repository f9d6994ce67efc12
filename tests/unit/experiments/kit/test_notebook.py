"""A script as a notebook: its cells, its data, its language."""

import base64

import nbformat

from core.experiments.feed_forward.config import FeedForwardConfig
from core.experiments.kit import notebook as kit
from core.experiments.kit.notebook import in_language, keras_files, notebook

SCRIPT = '''\
"""What it does.

In a few words.
"""

import keras

# %% The data
rows = 1

# %% The training
# A remark.
print(rows)
'''


def cells_of(content):
    read = nbformat.reads(content.decode(), as_version=4)
    nbformat.validate(read)
    return read.cells


def test_a_part_is_a_heading_and_a_cell_of_code():
    cells = cells_of(notebook("gradient-flow", SCRIPT, {}))
    assert [(cell.cell_type, cell.source) for cell in cells[1:]] == [
        ("markdown", "What it does.\n\nIn a few words."),
        ("code", "import keras"),
        ("markdown", "## The data"),
        ("code", "rows = 1"),
        ("markdown", "## The training"),
        ("code", "# A remark.\nprint(rows)"),
    ]
    assert "vanishes" in cells[0].source and "$$" in cells[0].source


def test_data_lie_in_the_notebook_where_they_are_not_too_large(monkeypatch):
    monkeypatch.setattr(kit, "_LARGEST", 4)
    cells = cells_of(notebook("voltaire", SCRIPT, {"a.txt": b"abcd", "b.txt": b"abcde"}))
    said = [cell.source for cell in cells[3:6]]
    assert said[0] == "The file `a.txt` of this run, packed into the notebook."
    assert base64.b64encode(b"abcd").decode() in said[1]
    assert said[2] == (
        "The file `b.txt` of this run is too large for a notebook: lay it beside this one."
    )
    assert cells[6].source == "## The data"


def test_words_are_translated_and_code_is_not():
    data = {"a.txt": b"abc", "b.npz": b"x" * (kit._LARGEST + 1)}
    english = notebook("feed-forward", SCRIPT, data)
    french = {"The data": "Les données"}
    content = in_language(english, "feed-forward", "fr", lambda words: french.get(words, words))
    before, after = cells_of(english), cells_of(content)
    assert [c.source for c in before if c.cell_type == "code"] == [
        c.source for c in after if c.cell_type == "code"
    ]
    assert "fenêtre" in after[0].source
    assert "## Les données" in [c.source for c in after]
    assert in_language(english, "feed-forward", "en", str) == english


def test_a_notebook_does_what_the_script_does():
    networks = {name: f"{name} = keras.Sequential()" for name in ("dense", "rnn")}
    files = keras_files("feed-forward", FeedForwardConfig(cell="lstm"), NETWORKS=networks)
    cells = cells_of(files["train.ipynb"])
    code = [line for c in cells if c.cell_type == "code" for line in c.source.splitlines()]
    script = files["train.py"].decode().split('"""', 2)[2].splitlines()
    assert [line for line in script if not line.startswith("# %%") and line not in code] == []
    assert not any("core." in line for line in code)
