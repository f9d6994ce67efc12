"""Imports point one way, and the server's side is free of TensorFlow."""

import ast
import subprocess
import sys
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
    "core.engine": GROUND | {"core.experiments"},
    "core.cli": {"core.*"},
    "core.__main__": {"core.*"},
    "ui": {"core.*"},
    "pages": {"core.*", "ui"},
    "ui.frame": {"core.*", "ui"},
    "app": {"core.*", "ui", "ui.frame"},
}
ROOMS_OF_KERAS = ("core.models", "core.engine.preload")
KERAS = {"keras", "tensorflow"}
KIT = "core.experiments.kit"
TEMPLATES = (".template", ".templates.")  # of scripts: read as source, never imported


def module_name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_template(module):
    return module.endswith(TEMPLATES[0]) or TEMPLATES[1] in module


SOURCES = {
    module_name(path): ast.parse(path.read_text(encoding="utf-8"))
    for path in [
        ROOT / "app.py",
        *(p for d in ("core", "ui", "pages") for p in (ROOT / d).rglob("*.py")),
    ]
}


def room(module):
    """The entry of MAY_IMPORT that a module of ours belongs to, None for others' modules."""
    known = (name for name in MAY_IMPORT if module == name or module.startswith(f"{name}."))
    found = max(known, key=len, default=None)
    return None if found == "core" and module != "core" else found


def imported(tree):
    """The modules that a tree names in its import statements, wherever they stand."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "absolute imports only"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in SOURCES else node.module


def at_top(tree):
    """The statements that run on import: all but what stands in functions and classes' methods."""
    inside = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    ]
    hidden = {id(child) for function in inside for child in ast.walk(function)}
    return ast.Module(
        [n for n in ast.walk(tree) if isinstance(n, ast.stmt) and id(n) not in hidden], []
    )


@pytest.mark.parametrize("module", SOURCES)
def test_imports_point_one_way(module):
    here = room(module)
    assert here is not None, f"{module} is in no known room"
    allowed = MAY_IMPORT[here]
    for name in imported(SOURCES[module]):
        there = room(name)
        if there is None or there == here:
            continue
        assert there in allowed or ("core.*" in allowed and there.startswith("core")), (
            f"{module} imports {name}"
        )


def package(module, depth):
    """The first names of a module, which say what it is a part of; None above that depth."""
    names = module.split(".")
    return ".".join(names[:depth]) if len(names) >= depth else None


@pytest.mark.parametrize("module", [name for name in SOURCES if package(name, 3)])
def test_lessons_and_experiments_import_none_of_their_like(module):
    """A lesson is pages.CHAPTER.NAME, an experiment core.experiments.NAME; these share a kit."""
    if not module.startswith(("pages.", "core.experiments.")):
        return
    kind, own = module[: module.index(".") + 1], package(module, 3)
    kind = "core.experiments." if kind == "core." else kind
    others = {package(name, 3) for name in imported(SOURCES[module]) if name.startswith(kind)}
    allowed = {own} if kind == "pages." else {own, KIT}
    assert others - {None} <= allowed


@pytest.mark.parametrize(
    "module", [name for name in SOURCES if name.startswith("core.experiments.kit")]
)
def test_what_experiments_share_knows_none_of_them(module):
    known = [name for name in imported(SOURCES[module]) if name.startswith("core.experiments")]
    assert [name for name in known if not name.startswith("core.experiments.kit")] == []


@pytest.mark.parametrize("module", SOURCES)
def test_only_the_models_import_keras_when_they_are_imported(module):
    if not module.startswith(ROOMS_OF_KERAS) and not is_template(module):
        tops = {name.split(".")[0] for name in imported(at_top(SOURCES[module]))}
        assert not tops & KERAS


def test_nobody_imports_a_template():
    for module, tree in SOURCES.items():
        assert is_template(module) or not any(map(is_template, imported(tree)))


@pytest.mark.parametrize("module", [name for name in SOURCES if name.startswith("core")])
def test_streamlit_stays_out_of_core(module):
    tops = {name.split(".")[0] for name in imported(SOURCES[module])}
    assert not tops & {"streamlit", "ui", "pages"}


def test_the_rules_can_fail():
    tree = ast.parse("def f():\n    import keras\nif True:\n    from tensorflow import data\n")
    assert set(imported(tree)) == {"keras", "tensorflow"}
    assert set(imported(at_top(tree))) == {"tensorflow"}
    assert room("core.models.language.char_lm") == "core.models"
    assert room("core.nowhere") is None
    assert room("ui.frame.script") == "ui.frame"
    assert room("numpy") is None


def test_the_server_imports_no_tensorflow():
    modules = [
        name
        for name in SOURCES
        if not name.startswith((*ROOMS_OF_KERAS, "pages", "ui.frame.script"))
        and name != "core.__main__"
        and not is_template(name)
    ]
    code = (
        "import importlib, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'keras', 'tensorflow'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
