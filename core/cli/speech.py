"""What every command says alike: JSON, and text that no terminal obeys."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def shown(text: str) -> str:
    """``text`` with U+FFFD for control characters, which could steer a terminal."""
    return _COMMANDS.sub("\ufffd", text)


def as_json(value: Any) -> str:
    """``value`` as one line of JSON; null where a number is infinite or none."""
    return json.dumps(_finite(value), ensure_ascii=False, allow_nan=False)


def _finite(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _finite(item) for name, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_finite(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Rows as lines, their cells below each other."""
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
