"""A stack of layers as ``model.summary()`` prints it."""

from collections.abc import Sequence

from core.numeric.recurrent.stack.layers import CLASSES, Layer
from core.numeric.recurrent.stack.shapes import rows, shape_text

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
        keras_class = "Bidirectional" if row.layer.bidirectional else CLASSES[row.layer.kind]
        name, shape = f"{row.name} ({keras_class})", shape_text(row.output_shape)
        lines += [_rule("├─┼┤")] * (i > 0) + [_line((name, shape, f"{row.params:,}"), "│")]
    lines += [
        _rule("└─┴┘"),
        f" Total params: {params:,} ({_memory(params)})",
        f" Trainable params: {params:,} ({_memory(params)})",
        " Non-trainable params: 0 (0.00 B)",
    ]
    return "\n".join(lines) + "\n"


def _line(cells: Sequence[str], bar: str) -> str:
    form = f"{bar} {{:<{_WIDTHS[0]}}} {bar} {{:<{_WIDTHS[1]}}} {bar} {{:>{_WIDTHS[2]}}} {bar}"
    return form.format(*cells)


def _rule(pieces: str) -> str:
    left, line, middle, right = pieces
    return left + middle.join(line * (width + 2) for width in _WIDTHS) + right


def _memory(params: int) -> str:
    size, unit = float(_BYTES * params), 0
    while size >= 1024:
        size, unit = size / 1024, unit + 1
    return f"{size:.2f} {_UNITS[unit]}"
