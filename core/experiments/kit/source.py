"""Python source in its statements: what each defines, imports and uses, and where it stands."""

import ast
import builtins
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Module:
    """The source of a module and its top-level statements."""

    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The whole."""
        return ast.parse(self.text)

    @cached_property
    def definitions(self) -> dict[str, list[ast.stmt]]:
        """The statements that define each name."""
        statements: dict[str, list[ast.stmt]] = {}
        for statement in self.tree.body:
            for name in names_defined(statement):
                statements.setdefault(name, []).append(statement)
        return statements

    @cached_property
    def imports(self) -> dict[str, tuple[str, str]]:
        """Name -> the module that it comes from, and the line that imports it."""
        return {n: m for s in self.tree.body for n, m in names_imported(s).items()}

    def source(self, statement: ast.stmt) -> str:
        """A statement with the comments before it."""
        return "\n".join(self.text.splitlines()[slice(*line_range(self.text, statement))])


def names_defined(statement: ast.stmt) -> list[str]:
    """The names that a definition or an assignment gives."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return [statement.name]
    targets: Sequence[ast.expr] = ()
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign | ast.AugAssign):
        targets = [statement.target]
    return [n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)]


def names_imported(statement: ast.stmt) -> dict[str, tuple[str, str]]:
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


def names_used(node: ast.AST) -> list[str]:
    """The names that a node reads, each once."""
    names = [n.id for n in ast.walk(node) if isinstance(n, ast.Name)]
    return [name for name in dict.fromkeys(names) if not hasattr(builtins, name)]


def line_range(text: str, statement: ast.stmt) -> tuple[int, int]:
    """The first line of a statement, its comments and decorators included, from 0, and its end."""
    lines = text.splitlines()
    decorators = getattr(statement, "decorator_list", [])
    first = min([statement.lineno, *(d.lineno for d in decorators)]) - 1
    while first and lines[first - 1].startswith("#") and not lines[first - 1].startswith("# %%"):
        first -= 1
    return first, statement.end_lineno or first + 1


def edited(text: str, node: Any, new: str) -> str:
    """``text`` with the source of an expression exchanged."""
    lines = [line.encode() for line in text.splitlines(keepends=True)]
    starts = np.cumsum([0, *map(len, lines)])
    whole = b"".join(lines)
    first = starts[node.lineno - 1] + node.col_offset
    last = starts[node.end_lineno - 1] + node.end_col_offset
    return (whole[:first] + new.encode() + whole[last:]).decode()
