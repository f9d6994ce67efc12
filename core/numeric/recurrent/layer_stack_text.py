"""A stack of layers as Keras prints it, and as the Keras code that makes it."""

from collections.abc import Sequence

from core.numeric.recurrent.layer_stack import CLASSES, Layer, Row, activation_of, rows, shape_text

_WIDTHS = (31, 22, 13)  # of the columns where a terminal has 80 characters
_HEADS = ("Layer (type)", "Output Shape", "Param #")
_BYTES = 4  # a float32
_UNITS = ("B", "KB", "MB")


def summary(layers: Sequence[Layer]) -> str:
    """What ``model.summary()`` of Keras 3 prints in a terminal of 80 characters."""
    told = rows(layers)
    params = sum(row.params for row in told)
    lines = ['Model: "sequential"', _rule("┏━┳┓"), _line(_HEADS, "┃"), _rule("┡━╇┩")]
    for i, row in enumerate(told):
        lines += [_rule("├─┼┤")] * (i > 0) + [_line(_cells(row), "│")]
    lines += [
        _rule("└─┴┘"),
        f" Total params: {params:,} ({_memory(params)})",
        f" Trainable params: {params:,} ({_memory(params)})",
        " Non-trainable params: 0 (0.00 B)",
    ]
    return "\n".join(lines) + "\n"


def keras_code(layers: Sequence[Layer]) -> str:
    """A script that makes the model and prints its summary."""
    lines = [
        "import keras",
        "from keras import layers",
        "",
        "model = keras.Sequential()",
        "# Integers, any number of steps.",
        'model.add(keras.Input(shape=(None,), dtype="int32"))',
        *(f"model.add({layer_code(layers, place)})" for place in range(len(layers))),
        "model.summary()",
    ]
    return "\n".join(lines) + "\n"


def layer_code(layers: Sequence[Layer], place: int) -> str:
    """The expression that makes one layer, with Keras's default weights."""
    layer = layers[place]
    match layer.kind:
        case "embedding":
            return f"layers.Embedding(input_dim={layer.inputs}, output_dim={layer.units})"
        case "dropout":
            return f"layers.Dropout({layer.rate:g})"
        case "dense":
            return f'layers.Dense({layer.units}, activation="{activation_of(layers, place)}")'
    inside = ", ".join([str(layer.units), *options_code(layer)])
    code = f"layers.{CLASSES[layer.kind]}({inside})"
    return f"layers.Bidirectional({code})" if layer.bidirectional else code


def options_code(layer: Layer) -> list[str]:
    """A recurrent layer's keyword arguments, where they are not Keras's defaults."""
    said = ["return_sequences=True"] if layer.sequences else []
    if layer.kind == "gru" and not layer.reset_after:
        said.append("reset_after=False")
    return said


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
