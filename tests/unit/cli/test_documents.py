"""What README.md says of commands, paths and licences is so."""

import re
from fnmatch import fnmatch
from importlib import import_module
from pathlib import Path

import pytest

from core.data import fetch

ROOT = Path(__file__).parents[3]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DATA = dict(re.findall(r"^\| ((?:`[\w*.]+` ?)+)\| .* \| (.*) \|$", README, re.MULTILINE))
PATHS = re.findall(r"^\| `([\w./]+)` \| [^|]+ \|$", README, re.MULTILINE)
COMMANDS = re.findall(r"^    python -m core (\w+)(?: (\w+))?(.*)$", README, re.MULTILINE)


def test_every_data_set_stands_there_once_with_its_licence():
    for file, known in fetch.manifest().items():
        rows = [
            licence
            for files, licence in DATA.items()
            if any(fnmatch(file, pattern) for pattern in re.findall(r"`(.+?)`", files))
        ]
        assert len(rows) == 1, file
        assert rows[0].startswith(re.split(r"[;(]", known["licence"])[0].strip()), file


@pytest.mark.parametrize("path", PATHS)
def test_every_path_is_there(path):
    assert list(ROOT.glob(re.sub("[A-Z]{4,}", "*", path)))  # NAME stands for any


def test_the_tree_is_whole():
    assert len(PATHS) == 21
    rooms = {
        folder.name for folder in (ROOT / "core").iterdir() if (folder / "__init__.py").exists()
    }
    assert {f"core/{room}/" for room in rooms} <= {path.removesuffix("NAME/") for path in PATHS}


@pytest.mark.parametrize(("command", "more", "rest"), COMMANDS)
def test_every_command_and_option_is_known(say, command, more, rest):
    group = command in ("data", "pretrained")
    result = say(command, more, "--help") if group else say(command, "--help")
    assert (result.status, result.err) == (0, "")
    for option in re.findall(r" (--[\w-]+)", rest):
        assert re.search(rf"{option}[ ,]", result.out), option


@pytest.mark.parametrize("target", re.findall(r"^    make (\w+)", README, re.MULTILINE))
def test_every_make_target_is_there(target):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^(?:[\w-]+ )*{target}(?: [\w-]+)*:", makefile, re.MULTILINE)


@pytest.mark.parametrize(
    ("module", "name"), re.findall(r"^from (core[\w.]*) import (\w+)$", README, re.MULTILINE)
)
def test_every_import_of_a_notebook_is_possible(module, name):
    assert hasattr(import_module(module), name)
