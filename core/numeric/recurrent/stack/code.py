"""A stack of layers as the Keras code that makes it."""

from collections.abc import Sequence
from textwrap import indent

from core.numeric.recurrent.stack.layers import (
    CLASSES,
    DIRECTIONS,
    KEEPING_GATES,
    Layer,
    Stack,
    activation_of,
    is_sequential,
    walk,
)

_WIDTH = 88


def keras_code(
    layers: Stack, input_shape: Sequence[int | None], name: str = "model", *, seeded: bool = True
) -> str:
    """Lines that make the model and call it ``name``; they need ``import keras`` (and NumPy, where
    a layer has a gate_bias).

    input_shape: (time, features), or (time,) of integers. seeded: with the seeds of the layers,
    else with Keras's defaults.
    """
    dtype = ', dtype="int32"' if layers[0].kind == "embedding" else ""
    inputs = f"keras.Input(shape={tuple(input_shape)}{dtype})"
    if not is_sequential(layers):
        return "\n".join(_functional(layers, inputs, name))
    lines = [f"{name} = keras.Sequential()", f"{name}.add({inputs})"]
    for place in range(len(layers)):
        lines.append(_call(f"{name}.add", [layer_code(layers, place, seeded=seeded)]))
    for place, layer in enumerate(layers):
        if layer.gate_bias is not None:
            lines += _gate_bias(layer, f"{name}.layers[{place}]")
    return "\n".join(lines)


def summary_script(layers: Stack) -> str:
    """A script that makes a model of integers with Keras's defaults and prints its summary."""
    code = keras_code(layers, (None,), seeded=False).replace("keras.layers.", "layers.")
    first, *others = code.splitlines()
    lines = ["import keras", "from keras import layers", "", first]
    lines += ["# Integers, any number of steps.", *others, "model.summary()"]
    return "\n".join(lines) + "\n"


def layer_code(
    layers: Sequence[Layer], place: int, direction: str = "", *, seeded: bool = True
) -> str:
    """The expression that makes one layer; direction: of a layer after a split."""
    layer = layers[place]
    match layer.kind:
        case "embedding":
            arguments = [f"input_dim={layer.inputs}", f"output_dim={layer.units}"]
            arguments += seeded * [
                f"embeddings_initializer={_initial('RandomUniform', layer.seed)}"
            ]
        case "dropout":
            arguments = [f"{layer.rate:g}"]
            arguments += layer.whole_steps * ["noise_shape=(None, None, 1)"]
            arguments += seeded * [f"seed={layer.seed}"]
        case "crop":
            arguments = [f"({layer.steps}, 0)"]
        case "max_pooling":
            arguments = []
        case "dense":
            activation = activation_of(layers, place)
            arguments = [str(layer.units)]
            arguments += (activation != "linear") * [f'activation="{activation}"']
            arguments += seeded * [f"kernel_initializer={_initial('GlorotUniform', layer.seed)}"]
        case _:
            return _recurrent(layer, direction, seeded)
    return _call(f"keras.layers.{CLASSES[layer.kind]}", arguments)


def _functional(layers: Stack, inputs: str, name: str) -> list[str]:
    lines, count = [f"inputs = {inputs}"], 0

    def put(expression: str) -> str:
        nonlocal count
        count += 1
        lines.append(f"x{count} = {expression}")
        return f"x{count}"

    def apply(place: int, direction: str, x: str) -> str:
        return put(f"{layer_code(layers, place, direction)}({x})")

    def split(x: str) -> tuple[str, str]:
        lines.append(f"half = {x}.shape[1] // 2  # one reader from each end, to the middle")
        first = put(f"keras.layers.Cropping1D((0, {x}.shape[1] - half))({x})")
        second = put(f"keras.ops.flip(keras.layers.Cropping1D((half, 0))({x}), axis=1)")
        return first, second

    def join(values: Sequence[str]) -> str:
        return put(f"keras.layers.Concatenate()([{', '.join(values)}])")

    outputs = walk(layers, "inputs", apply, split, join)
    return [*lines, f"{name} = keras.Model(inputs, {outputs})"]


def _recurrent(layer: Layer, direction: str, seeded: bool) -> str:
    if direction or not layer.bidirectional:
        return _one_direction(layer, layer.seed + 2 * (direction == "backward"), seeded)
    parts = [_one_direction(layer, layer.seed, seeded)]
    if seeded:  # made of one layer, both directions would begin with the same weights
        backward = _one_direction(layer, layer.seed + 2, seeded, ["go_backwards=True"])
        parts.append(f"backward_layer={backward}")
    return _call("keras.layers.Bidirectional", parts)


def _one_direction(layer: Layer, seed: int, seeded: bool, more: Sequence[str] = ()) -> str:
    arguments = [str(layer.units), *more]
    arguments += (layer.kind == "irnn") * ['activation="relu"']
    arguments += layer.sequences * ["return_sequences=True"]
    arguments += (layer.kind == "gru" and not layer.reset_after) * ["reset_after=False"]
    if layer.kind == "irnn":
        normal = f"keras.initializers.RandomNormal(stddev=0.001, seed={seed})"
        arguments += [f"kernel_initializer={normal}"]
        arguments += ["recurrent_initializer=keras.initializers.Identity()"]
    elif seeded:
        arguments += [f"kernel_initializer={_initial('GlorotUniform', seed)}"]
        arguments += [f"recurrent_initializer={_initial('Orthogonal', seed + 1)}"]
    return _call(f"keras.layers.{CLASSES[layer.kind]}", arguments)


def _gate_bias(layer: Layer, expression: str) -> list[str]:
    cells = [f"{expression}.cell"]
    if layer.bidirectional:
        cells = [f"{expression}.{direction}_layer.cell" for direction in DIRECTIONS]
    first = KEEPING_GATES[layer.kind] * layer.units
    return [
        f"for cell in ({', '.join(cells)},):",
        "    bias = np.array(cell.bias)",
        f"    bias[{first}:{first + layer.units}] = {layer.gate_bias}  # of the gate that keeps",
        "    cell.bias.assign(bias)",
    ]


def _initial(name: str, seed: int) -> str:
    return f"keras.initializers.{name}(seed={seed})"


def _call(function: str, arguments: Sequence[str]) -> str:
    """A call in one line where it fits, else with an argument a line."""
    line = f"{function}({', '.join(arguments)})"
    if len(line) <= _WIDTH and "\n" not in line:
        return line
    end = ",\n)" if len(arguments) > 1 else "\n)"
    return f"{function}(\n" + indent(",\n".join(arguments), "    ") + end
