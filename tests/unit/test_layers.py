"""Imports point one way, and the server's side is free of TensorFlow."""

import ast
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GROUND = {"core", "core.messages", "core.events"}
BELOW_MODELS = GROUND | {"core.numeric", "core.data"}
# Room -> the rooms that it may import, besides itself.
MAY_IMPORT = {
    "core": set(),
    "core.messages": set(),
    "core.events": {"core.messages"},
    "core.numeric": GROUND,
    "core.data": GROUND | {"core.numeric"},
    "core.figures": GROUND,
    "core.models": BELOW_MODELS,
    "core.pretrained": BELOW_MODELS,
    "core.experiments": BELOW_MODELS | {"core.models", "core.pretrained"},
    "core.store": GROUND,
    "core.classes": GROUND | {"core.store"},
    "core.engine": GROUND | {"core.experiments", "core.store"},
    "core.engine.local.preload": GROUND | {"core.experiments", "core.models"},
    "core.engine.cluster": GROUND | {"core.engine", "core.experiments", "core.data"},
    "core.sweeps": GROUND
    | {"core.experiments", "core.engine", "core.engine.cluster", "core.store"},
    "core.cli": {"core.*"},
    "core.__main__": {"core.*"},
    "ui": {"core.*"},
    "pages": {"core.*", "ui"},
    "ui.frame": {"core.*", "ui"},
    "app": {"core.*", "ui", "ui.frame"},
}
ROOMS_OF_KERAS = ("core.models", "core.engine.local.preload")
KERAS = {"keras", "tensorflow"}
KIT = "core.experiments.kit"
TEMPLATES = (".template", ".templates.")  # of scripts: read as source, never imported


def module_name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_template(module):
    return module.endswith(TEMPLATES[0]) or TEMPLATES[1] in module


@cache
def modules():
    """The file of each module."""
    files = [p for folder in ("core", "ui", "pages") for p in (ROOT / folder).rglob("*.py")]
    return {module_name(path): path for path in [ROOT / "app.py", *files]}


def room(module):
    """The entry of MAY_IMPORT that a module of ours belongs to, None for others' modules."""
    known = (name for name in MAY_IMPORT if module == name or module.startswith(f"{name}."))
    found = max(known, key=len, default=None)
    return None if found == "core" and module != "core" else found


def imported(node, within=False):
    """Each module that import statements name, and whether only a call imports it.

    within: whether the node stands in a function.
    """
    if isinstance(node, ast.Import):
        yield from ((alias.name, within) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0 and node.module, "absolute imports only"
        for alias in node.names:
            whole = f"{node.module}.{alias.name}"
            yield whole if whole in modules() else node.module, within
    within = within or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case):
            yield from imported(child, within)


@cache
def all_imports():
    """Of each module what ``imported`` says."""
    trees = ((name, ast.parse(path.read_text("utf-8"))) for name, path in modules().items())
    return {name: set(imported(tree)) for name, tree in trees}


def imports():
    """Of each module the modules that it names."""
    return {module: sorted({name for name, _ in named}) for module, named in all_imports().items()}


def tops(names):
    """The packages that modules are in."""
    return {name.split(".")[0] for name in names}


def test_imports_point_one_way():
    assert [module for module in modules() if room(module) is None] == []
    assert [
        f"{module} imports {name}"
        for module, names in imports().items()
        for name in names
        if not may_import(room(module), room(name))
    ] == []


def may_import(here, there):
    allowed = MAY_IMPORT[here]
    anything_of_core = "core.*" in allowed and (there or "").startswith("core")
    return there in (None, here, *allowed) or anything_of_core


def package(module, depth=3):
    """The first names of a module, which say what it is a part of; None above that depth."""
    names = module.split(".")
    return ".".join(names[:depth]) if len(names) >= depth else None


@pytest.mark.parametrize(
    ("kind", "shared"), [("pages.", set()), ("core.experiments.", {KIT})], ids=["pages", "core"]
)
def test_lessons_and_experiments_import_none_of_their_like(kind, shared):
    """A lesson is pages.CHAPTER.NAME, an experiment core.experiments.NAME; these share a kit."""
    for module, names in imports().items():
        if module.startswith(kind) and package(module):
            others = {package(name) for name in names if name.startswith(kind)} - {None}
            assert others <= {package(module), *shared}, module


def test_what_experiments_share_knows_none_of_them():
    """Nor asks for one by name, as ``core.experiments`` does."""
    for module, names in imports().items():
        if package(module) == KIT:
            known = [name for name in names if name.startswith("core.experiments")]
            assert {package(name) for name in known} <= {KIT}, module


def test_only_the_models_import_keras_when_they_are_imported():
    for module, named in all_imports().items():
        if not module.startswith(ROOMS_OF_KERAS) and not is_template(module):
            assert not tops(name for name, within in named if not within) & KERAS, module


def test_nobody_imports_a_template():
    for module, names in imports().items():
        assert is_template(module) or not any(map(is_template, names)), module


def test_streamlit_stays_out_of_core():
    for module, names in imports().items():
        if module.startswith("core"):
            assert not tops(names) & {"streamlit", "ui", "pages"}, module


def test_the_rules_can_fail():
    tree = ast.parse("def f():\n    import keras\nif True:\n    from tensorflow import data\n")
    assert set(imported(tree)) == {("keras", True), ("tensorflow", False)}
    assert room("core.models.language.char_lm") == "core.models"
    assert room("core.nowhere") is None
    assert room("ui.frame.script") == "ui.frame"
    assert room("numpy") is None


def test_the_server_imports_no_tensorflow():
    names = [
        name
        for name in modules()
        if not name.startswith((*ROOMS_OF_KERAS, "pages", "ui.frame.script"))
        and name != "core.__main__"
        and (find_spec("distributed") or not name.startswith("core.engine.cluster"))
        and not is_template(name)
    ]
    code = (
        "import importlib, sys\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'keras', 'tensorflow'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
