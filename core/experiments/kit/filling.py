"""A template's constants take their values, and the choices that these decide are made."""

import ast
import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from core.experiments.kit.source import edited

_WIDTH = 96  # of a value in one line
_Values = Mapping[str, Any]


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


def with_values(text: str, values: _Values) -> str:
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
            text = edited(text, value, written(values[target.id]))
    return text


def decided(text: str, values: _Values) -> str:
    """A template in which every choice that the values decide has been made."""
    while choice := _choice(ast.parse(text), values):
        lines = text.splitlines()
        if isinstance(choice, ast.IfExp):
            taken = choice.body if _truth(choice.test, values) else choice.orelse
            text = edited(text, choice, ast.get_source_segment(text, taken) or "")
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
