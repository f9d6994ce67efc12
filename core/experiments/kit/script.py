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
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.experiments.kit.config import Config
from core.experiments.kit.filling import decided, with_values
from core.experiments.kit.source import (
    Module,
    line_range,
    names_defined,
    names_imported,
    names_used,
)

_ROOT = Path(__file__).resolve().parents[3]
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


@dataclass
class _Script:
    """A script in the making: what is put in, from where, and what has to be imported for it."""

    template: str
    values: _Values
    modules: dict[str, Module] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    imports: dict[str, str] = field(default_factory=dict)

    def filled(self) -> str:
        template = self._module(self.template)
        body = _pruned("\n".join(self._body(template)))
        head = [template.source(template.tree.body[0]), *_import_blocks(self.imports, body)]
        text = "\n\n".join([*head, body.strip("\n") + "\n"])
        text = re.sub(r"\n\n(?=(def|class|@)\b)", "\n\n\n", text)
        return re.sub(r"\n{4,}", "\n\n\n", text)

    def _body(self, module: Module) -> Iterator[str]:
        """The lines of a template behind its docstring, in which what it imports is put in."""
        own = {} if module.name == self.template else self._module(self.template).definitions
        docstring, *statements = module.tree.body
        end = docstring.end_lineno
        for statement in statements:
            first, last = line_range(module.text, statement)
            yield from module.text.splitlines()[end:first]
            end = last
            foreign = names_imported(statement)
            for name, (origin, line) in foreign.items():
                if not origin.startswith("core"):
                    self.imports[name] = line
                elif name not in own:
                    yield from self._put_in(origin, name)
            names = names_defined(statement)
            if not foreign and not (names and own.keys() >= set(names)):
                yield module.source(statement)

    def _module(self, name: str) -> Module:
        if name not in self.modules:
            path = _ROOT.joinpath(*name.split("."))
            path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
            text = path.read_text(encoding="utf-8")
            if _TEMPLATES.search(name):
                text = decided(with_values(text, self.values), self.values)
            self.modules[name] = Module(name, text)
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
        defined = [n for statement in statements for n in names_defined(statement)]
        for other in defined:
            if (origin := self.origins.setdefault(other, name)) != name:
                raise ValueError(f"{other} is both in {origin} and in {name}")
        if "annotations" in module.imports:
            self.imports["annotations"] = module.imports["annotations"][1]
        for used in names_used(ast.Module(statements, [])):
            if used not in defined and (used in module.definitions or used in module.imports):
                yield from self._put_in(name, used)
        for statement in statements:
            gap = "\n\n" if isinstance(statement, ast.FunctionDef | ast.ClassDef) else ""
            yield gap + module.source(statement) + gap


def _is_template(name: str) -> bool:
    path = _ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() and bool(_TEMPLATES.search(name))


def _pruned(text: str) -> str:
    """A script's body without constants and definitions that nothing uses."""
    while True:
        tree = ast.parse(text)
        used = {
            n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)
        }
        lines, kept, end = text.splitlines(), [], 0
        for statement in tree.body:
            first, last = line_range(text, statement)
            names = names_defined(statement)
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
