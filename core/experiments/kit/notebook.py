"""A run's script as a notebook for Jupyter or Colab, with the lesson's text and the run's data."""

import base64
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from core.experiments.kit.config import Config
from core.experiments.kit.script import keras_script
from core.messages import N_

_TEXTS = Path(__file__).resolve().parents[3] / "assets" / "texts"
_LARGEST = 2_000_000  # bytes of a file that is put into a notebook
_LESSONS = {  # where a lesson's text is not called as its experiment is
    "feed-forward": "sequential-data/feed_forward",
    "keras-model": "keras-workbench/intro",
}
_HEADINGS = {
    "The data": N_("The data"),
    "The network": N_("The network"),
    "The networks": N_("The networks"),
    "The training": N_("The training"),
    "The figures": N_("The figures"),
}
_INSIDE = N_("The file {name} of this run, packed into the notebook.")
_BESIDE = N_("The file {name} of this run is too large for a notebook: lay it beside this one.")


def keras_files(
    name: str, config: Config | None = None, data: Mapping[str, bytes] | None = None, **values: Any
) -> dict[str, bytes]:
    """What can be taken away of a run as code: train.py and train.ipynb, which does the same.

    data: what the code reads, by file name. values: as for ``keras_script``.
    """
    script = keras_script(name, config, **values)
    cells = keras_script(name, config, NOTEBOOK=True, **values)
    return {"train.py": script.encode(), "train.ipynb": notebook(name, cells, data or {})}


def notebook(name: str, script: str, data: Mapping[str, bytes]) -> bytes:
    """A notebook (nbformat 4.5) of a script, cut at its ``# %%``; its words are English.

    name: of the experiment, whose lesson's text stands first. data: files that the script reads;
    they are packed into the notebook, but for those that are too large.
    """
    begin, *parts = re.split(r"^# %% (.+)\n", script, flags=re.MULTILINE)
    _, about, imports = begin.split('"""', 2)
    cells = [_cell("lesson", _lesson(name, "en")), _cell("about", about), _cell("imports", imports)]
    for i, (file, content) in enumerate(data.items()):
        fits = len(content) <= _LARGEST
        cells.append(_cell(f"file-{i}", (_INSIDE if fits else _BESIDE).format(name=f"`{file}`")))
        if fits:
            cells.append(_cell(f"unpacking-{i}", _unpacking(file, content)))
    for i, (heading, code) in enumerate(zip(parts[::2], parts[1::2], strict=True)):
        cells += [_cell(f"heading-{i}", f"## {heading}"), _cell(f"part-{i}", code)]
    return _json(cells)


def in_language(content: bytes, name: str, language: str, translate: Callable[[str], str]) -> bytes:
    """A notebook of ``notebook`` whose text and headings are in a language; its code is as it was.

    translate: gives an English sentence in that language.
    """
    cells = []
    for cell in json.loads(content)["cells"]:
        words = "".join(cell["source"])
        if cell["id"] == "lesson":
            words = _lesson(name, language)
        elif cell["id"].startswith("heading"):
            words = f"## {translate(_HEADINGS[words.removeprefix('## ')])}"
        elif cell["id"].startswith("file"):
            template = _BESIDE if "too large" in words else _INSIDE
            words = translate(template).format(name=f"`{words.split('`')[1]}`")
        cells.append(_cell(cell["id"], words))
    return _json(cells)


def _lesson(name: str, language: str) -> str:
    path = _TEXTS / language / f"{_LESSONS.get(name, f'{name}/intro')}.md"
    return path.read_text(encoding="utf-8")


def _unpacking(file: str, content: bytes) -> str:
    packed = base64.b64encode(content).decode()
    return (
        "import base64\nfrom pathlib import Path\n\n"
        f'Path("{file}").write_bytes(base64.b64decode("{packed}"))'
    )


def _cell(id: str, source: str) -> dict[str, Any]:
    """A cell by its id: those of code are the imports, unpacking-N and part-N."""
    lines = source.strip("\n").splitlines(keepends=True)
    cell = {"id": id, "metadata": {}, "source": lines}
    if id.startswith(("imports", "unpacking", "part")):
        return {**cell, "cell_type": "code", "execution_count": None, "outputs": []}
    return {**cell, "cell_type": "markdown"}


def _json(cells: list[dict[str, Any]]) -> bytes:
    python = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": python, "language_info": {"name": "python"}}
    whole = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()
