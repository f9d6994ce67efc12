"""The Keras script of a run, made from a template: a Python module that is read, never imported.

A template is ``core/experiments/NAME/template.py``, a script that runs as it stands. Filling it in:

- a constant at its top, EPOCHS, takes the value of the config's field epochs, or one given;
- an ``if``, statement or expression, that such constants decide becomes the branch that it takes;
- ``from core... import x`` becomes the source of x and of what x needs there, at its place; of a
  part in ``templates``, what the template does not have itself;
- a network that is imported from ``templates.networks`` becomes its code, given in NETWORKS;
- what nothing uses any more is left out: imports, constants, functions.

A comment ``# %% The data`` begins a part of the script, which is a cell in a notebook. NOTEBOOK is
a constant of every template: whether it is filled in to be one.
"""

import ast
import builtins
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from core.experiments.kit.config import Config

_ROOT = Path(__file__).resolve().parents[3]
_WIDTH = 96  # of a value in one line
_TEMPLATES = re.compile(r"\.templates?\b")
_NETWORKS = "core.experiments.kit.templates.networks"
_Values = Mapping[str, Any]


def keras_script(name: str, config: Config | None = None, **values: Any) -> str:
    """The script of the experiment ``name`` with the values of ``config`` and those given.

    values: by the names of the template's constants. Raises ValueError where two parts that are put
    in have the same name, KeyError where one is not found.
    """
    module = f"core.experiments.{name.replace('-', '_')}.template"
    if config is not None:
        known = {name: getattr(config, name) for name in dir(config) if not name.startswith("_")}
        values = {name.upper(): value for name, value in known.items()} | values
    return _Script(module, {"NOTEBOOK": False, **values}).filled()


def written(value: Any, indent: str = "") -> str:
    """A value as Python source, over several lines where it is long."""
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if not isinstance(value, list | tuple | dict):
        return repr(value)
    inner = indent + "    "
    if isinstance(value, dict):
        items = [f"{written(k)}: {written(v, inner)}" for k, v in value.items()]
    else:
        items = [written(item, inner) for item in value]
    begin, end = {list: "[]", tuple: "()", dict: "{}"}[type(value)]
    line = begin + ", ".join(items) + ("," if len(items) == 1 and begin == "(" else "") + end
    if len(line) <= _WIDTH - len(indent) and "\n" not in line:
        return line
    return "\n".join([begin, *(f"{inner}{item}," for item in items), indent + end])


@dataclass(frozen=True)
class _Module:
    """The source of a module and its top-level statements."""

    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def definitions(self) -> dict[str, list[ast.stmt]]:
        """The statements that define each name."""
        statements: dict[str, list[ast.stmt]] = {}
        for statement in self.tree.body:
            for name in _defined(statement):
                statements.setdefault(name, []).append(statement)
        return statements

    @cached_property
    def imports(self) -> dict[str, tuple[str, str]]:
        """Name -> the module that it comes from, and the line that imports it."""
        return {n: m for s in self.tree.body for n, m in _imported(s).items()}

    def source(self, statement: ast.stmt) -> str:
        """A statement with the comments before it."""
        return "\n".join(self.text.splitlines()[slice(*_lines(self.text, statement))])


@dataclass
class _Script:
    """A script in the making: what is put in, from where, and what has to be imported for it."""

    template: str
    values: _Values
    modules: dict[str, _Module] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    imports: dict[str, str] = field(default_factory=dict)

    def filled(self) -> str:
        template = self._module(self.template)
        body = _pruned("\n".join(self._body(template)))
        head = [template.source(template.tree.body[0]), *_import_blocks(self.imports, body)]
        text = "\n\n".join([*head, body.strip("\n") + "\n"])
        text = re.sub(r"\n\n(?=(def|class|@)\b)", "\n\n\n", text)
        return re.sub(r"\n{4,}", "\n\n\n", text)

    def _body(self, module: _Module) -> Iterator[str]:
        """The lines of a template behind its docstring, in which what it imports is put in."""
        own = {} if module.name == self.template else self._module(self.template).definitions
        docstring, *statements = module.tree.body
        end = docstring.end_lineno
        for statement in statements:
            first, last = _lines(module.text, statement)
            yield from module.text.splitlines()[end:first]
            end = last
            foreign = _imported(statement)
            for name, (origin, line) in foreign.items():
                if not origin.startswith("core"):
                    self.imports[name] = line
                elif name not in own:
                    yield from self._put_in(origin, name)
            names = _defined(statement)
            if not foreign and not (names and own.keys() >= set(names)):
                yield module.source(statement)

    def _module(self, name: str) -> _Module:
        if name not in self.modules:
            path = _ROOT.joinpath(*name.split("."))
            path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
            text = path.read_text(encoding="utf-8")
            if _TEMPLATES.search(name):
                text = _decided(_with_values(text, self.values), self.values)
            self.modules[name] = _Module(name, text)
        return self.modules[name]

    def _put_in(self, name: str, wanted: str) -> Iterator[str]:
        """The source of a name and, before it, of all that it needs; of each once."""
        if name == _NETWORKS:
            self.imports |= {"keras": "import keras", "np": "import numpy as np"}
            yield self.values["NETWORKS"][wanted]
            return
        if _is_template(f"{name}.{wanted}"):
            yield from self._body(self._module(f"{name}.{wanted}"))
            return
        module = self._module(name)
        of_script = _TEMPLATES.search(name) and wanted in self._module(self.template).definitions
        if of_script or self.origins.get(wanted) == name:
            return
        if wanted in module.imports:
            origin, line = module.imports[wanted]
            if origin.startswith("core"):
                yield from self._put_in(origin, wanted)
            else:
                self.imports[wanted] = line
            return
        statements = module.definitions[wanted]
        defined = [n for statement in statements for n in _defined(statement)]
        for other in defined:
            if (origin := self.origins.setdefault(other, name)) != name:
                raise ValueError(f"{other} is both in {origin} and in {name}")
        if "annotations" in module.imports:
            self.imports["annotations"] = module.imports["annotations"][1]
        for used in _used(ast.Module(statements, [])):
            if used not in defined and (used in module.definitions or used in module.imports):
                yield from self._put_in(name, used)
        for statement in statements:
            gap = "\n\n" if isinstance(statement, ast.FunctionDef | ast.ClassDef) else ""
            yield gap + module.source(statement) + gap


def _is_template(name: str) -> bool:
    path = _ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() and bool(_TEMPLATES.search(name))


def _defined(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return [statement.name]
    targets: Sequence[ast.expr] = ()
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign | ast.AugAssign):
        targets = [statement.target]
    return [n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)]


def _imported(statement: ast.stmt) -> dict[str, tuple[str, str]]:
    """Name -> the module that it is imported from, and the line that imports it alone."""
    if isinstance(statement, ast.Import):
        return {
            alias.asname or alias.name.split(".")[0]: (
                alias.name,
                f"import {alias.name}" + (f" as {alias.asname}" if alias.asname else ""),
            )
            for alias in statement.names
        }
    if isinstance(statement, ast.ImportFrom):
        module = statement.module or ""
        names = [alias.name for alias in statement.names]
        return {name: (module, f"from {module} import {name}") for name in names}
    return {}


def _used(node: ast.AST) -> list[str]:
    """The names that a node reads, each once."""
    names = [n.id for n in ast.walk(node) if isinstance(n, ast.Name)]
    return [name for name in dict.fromkeys(names) if not hasattr(builtins, name)]


def _lines(text: str, statement: ast.stmt) -> tuple[int, int]:
    """The first line of a statement, its comments and decorators included, from 0, and its end."""
    lines = text.splitlines()
    decorators = getattr(statement, "decorator_list", [])
    first = min([statement.lineno, *(d.lineno for d in decorators)]) - 1
    while first and lines[first - 1].startswith("#") and not lines[first - 1].startswith("# %%"):
        first -= 1
    return first, statement.end_lineno or first + 1


def _edited(text: str, node: Any, new: str) -> str:
    """``text`` with the source of an expression exchanged."""
    lines = [line.encode() for line in text.splitlines(keepends=True)]
    starts = np.cumsum([0, *map(len, lines)])
    whole = b"".join(lines)
    first = starts[node.lineno - 1] + node.col_offset
    last = starts[node.end_lineno - 1] + node.end_col_offset
    return (whole[:first] + new.encode() + whole[last:]).decode()


def _with_values(text: str, values: _Values) -> str:
    """A template whose constants have their values."""
    pairs = []
    for statement in ast.parse(text).body:
        if isinstance(statement, ast.Assign):
            target, value = statement.targets[0], statement.value
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                pairs += zip(target.elts, value.elts, strict=True)
            else:
                pairs.append((target, value))
    for target, value in reversed(pairs):
        if isinstance(target, ast.Name) and target.id in values:
            text = _edited(text, value, written(values[target.id]))
    return text


def _decided(text: str, values: _Values) -> str:
    """A template in which every choice that the values decide has been made."""
    while choice := _choice(ast.parse(text), values):
        lines = text.splitlines()
        if isinstance(choice, ast.IfExp):
            taken = choice.body if _truth(choice.test, values) else choice.orelse
            text = _edited(text, choice, ast.get_source_segment(text, taken) or "")
            continue
        node, first = choice, choice.lineno
        branch, first = choice.body, (choice.test.end_lineno or first)
        while not _truth(node.test, values):
            branch = node.orelse
            if not branch:
                break
            first = branch[0].lineno
            while lines[first - 1].strip() != "else:" and not _is_elif(lines, branch[0]):
                first -= 1
            if not _is_elif(lines, branch[0]):
                break
            node = branch[0]
            branch, first = node.body, node.test.end_lineno
        kept: list[str] = []
        if branch:
            surplus = branch[0].col_offset - choice.col_offset
            kept = [
                line[surplus:] if line[:surplus].isspace() else line
                for line in lines[first : branch[-1].end_lineno]
            ]
        text = "\n".join([*lines[: choice.lineno - 1], *kept, *lines[choice.end_lineno :]]) + "\n"
    return text


def _is_elif(lines: list[str], statement: ast.stmt) -> Any:
    return lines[statement.lineno - 1][statement.col_offset :].startswith("elif ")


def _choice(tree: ast.Module, values: _Values) -> Any:
    """The first choice of a tree that the values decide, or None."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.IfExp):
            names = [n.id for n in ast.walk(node.test) if isinstance(n, ast.Name)]
            calls = [n for n in ast.walk(node.test) if isinstance(n, ast.Call)]
            if names and all(name in values for name in names) and not calls:
                return node
    return None


def _truth(test: ast.expr, values: _Values) -> bool:
    code = compile(ast.Expression(test), "template", "eval")
    return bool(eval(code, {"__builtins__": {}}, dict(values)))


def _pruned(text: str) -> str:
    """A script's body without constants and definitions that nothing uses."""
    while True:
        tree = ast.parse(text)
        used = {
            n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)
        }
        lines, kept, end = text.splitlines(), [], 0
        for statement in tree.body:
            first, last = _lines(text, statement)
            names = _defined(statement)
            definition = isinstance(statement, ast.FunctionDef | ast.ClassDef)
            constant = isinstance(statement, ast.Assign) and all(map(str.isupper, names))
            if names and (definition or constant) and not used & set(names):
                kept += lines[end:first]
            else:
                kept += lines[end:last]
            end = last
        kept += lines[end:]
        if len(kept) == len(lines):
            return text
        text = "\n".join(kept)


def _import_blocks(imports: Mapping[str, str], body: str) -> list[str]:
    """The imports that a body needs, in blocks: of the future, of Python, of others."""
    used = {n.id for n in ast.walk(ast.parse(body)) if isinstance(n, ast.Name)} | {"annotations"}
    names: dict[str, list[str]] = {}
    for name in sorted(used & set(imports)):
        line = imports[name]
        begin, _, rest = line.partition(" import ")
        names.setdefault(begin if rest else line, []).append(rest)
    lines = [
        f"{begin} import {', '.join(sorted(rest))}" if any(rest) else begin
        for begin, rest in names.items()
    ]
    lines.sort(key=lambda line: (line.startswith("from"), line))
    blocks: dict[int, list[str]] = {0: [], 1: [], 2: []}
    for line in lines:
        module = re.split(r"[ .]", line)[1]
        kind = 0 if module == "__future__" else 1 if module in sys.stdlib_module_names else 2
        blocks[kind].append(line)
    return ["\n".join(block) for block in blocks.values() if block]
