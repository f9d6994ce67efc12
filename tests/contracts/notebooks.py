"""What every notebook that is taken away must be, as far as it can be told without running it."""

import json
import re
from collections import Counter
from collections.abc import Mapping

import nbformat

from core.experiments.kit.notebook import in_language

_PART = re.compile(r"^# %% (.+)\n", re.MULTILINE)
_SAME = ("The network", "The networks", "The training")  # the data may lie in the notebook itself


def check_notebook(name: str, files: Mapping[str, bytes]) -> None:
    """Valid, of code that compiles and is the script's; another language changes words alone."""
    content, script = files["train.ipynb"], files["train.py"].decode()
    cells = _cells(content)
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    compile(code, "train.ipynb", "exec")
    compile(script, "train.py", "exec")
    assert "NOTEBOOK" not in code and "core." not in code
    of_script, of_notebook = _parts(script), _parts(_as_script(cells))
    assert of_script.keys() <= of_notebook.keys() and "The figures" in of_notebook
    same = [heading for heading in of_script if heading in _SAME]
    assert same[-1] == "The training"
    for heading in same:
        missing = _lines(of_script[heading]) - _lines(of_notebook[heading])
        assert not missing, f"{heading}: {sorted(missing)}"
    for i, cell in enumerate(cells):
        if cell.id.startswith("unpacking"):  # nothing is left to be fetched but what is too large
            file = re.search(r"`(.+?)`", cells[i - 1].source)
            assert file is not None and f'Path("{file[1]}").write_bytes(' in cell.source
    french = _cells(in_language(content, name, "fr", lambda words: words))
    assert [c.source for c in french if c.cell_type == "code"] == [
        c.source for c in cells if c.cell_type == "code"
    ]
    assert french[0].source != cells[0].source


def _cells(content: bytes) -> list:
    notebook = nbformat.from_dict(json.loads(content))
    nbformat.validate(notebook)
    return nbformat.reads(content.decode(), as_version=4).cells


def _as_script(cells: list) -> str:
    """The cells as a script, its parts marked as in ``train.py``."""
    return "\n".join(
        re.sub(r"^## ", "# %% ", cell.source) if cell.id.startswith("heading") else cell.source
        for cell in cells
        if cell.cell_type == "code" or cell.id.startswith("heading")
    )


def _lines(code: str) -> Counter[str]:
    """The lines of code and how often they come; what was inlined may stand in another order."""
    return Counter(filter(None, code.splitlines()))


def _parts(script: str) -> dict[str, str]:
    """The parts of a script by their headings."""
    _, *parts = _PART.split(script)
    return dict(zip(parts[::2], parts[1::2], strict=True))
