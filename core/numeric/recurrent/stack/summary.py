"""A stack of layers as ``model.summary()`` prints it."""

from collections.abc import Sequence

from core.numeric.recurrent.stack.layers import Layer
from core.numeric.recurrent.stack.shapes import Row, rows, shape_text

_WIDTHS = (31, 22, 13)  # of the columns where a terminal has 80 characters
_HEADS = ("Layer (type)", "Output Shape", "Param #")
_BYTES = 4  # a float32
_UNITS = ("B", "KB", "MB")


def summary(layers: Sequence[Layer]) -> str:
    """What ``model.summary()`` of Keras 3 prints in a terminal of 80 characters."""
    table = rows(layers)
    params = sum(row.params for row in table)
    lines = ['Model: "sequential"', _rule("┏━┳┓"), _line(_HEADS, "┃"), _rule("┡━╇┩")]
    for i, row in enumerate(table):
        lines += [_rule("├─┼┤")] * (i > 0) + [_line(_cells(row), "│")]
    lines += [
        _rule("└─┴┘"),
        f" Total params: {params:,} ({_memory(params)})",
        f" Trainable params: {params:,} ({_memory(params)})",
        " Non-trainable params: 0 (0.00 B)",
    ]
    return "\n".join(lines) + "\n"


def _cells(row: Row) -> tuple[str, str, str]:
    name = f"{row.name} ({row.layer.keras_class})"
    return name, shape_text(row.output_shape), f"{row.params:,}"


def _line(cells: Sequence[str], bar: str) -> str:
    name, shape, params = (
        cell.rjust(width) if i == 2 else cell.ljust(width)
        for i, (cell, width) in enumerate(zip(cells, _WIDTHS, strict=True))
    )
    return f"{bar} {name} {bar} {shape} {bar} {params} {bar}"


def _rule(pieces: str) -> str:
    left, line, middle, right = pieces
    return left + middle.join(line * (width + 2) for width in _WIDTHS) + right


def _memory(params: int) -> str:
    size, unit = float(_BYTES * params), 0
    while size >= 1024:
        size, unit = size / 1024, unit + 1
    return f"{size:.2f} {_UNITS[unit]}"
