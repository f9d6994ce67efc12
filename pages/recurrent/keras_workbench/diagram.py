"""The diagram of a stack: what flows between its layers, and where their parameters come from."""

from collections.abc import Callable

from core.figures import style
from core.messages import N_
from core.numeric.recurrent.stack.faults import Fault
from core.numeric.recurrent.stack.layers import CLASSES, Layer, Stack, activation_of
from core.numeric.recurrent.stack.shapes import Row, Shape, Weight, rows
from ui.components import component
from ui.texts import _, number, say

_DIAGRAM = component(
    __file__,
    "stack",
    """<div class="pangloss-stack"><div class="both">
      <div class="flow pangloss-figure" role="group"></div>
      <div class="details" aria-live="polite"></div>
    </div></div>""",
)
KEY = "workbench.diagram"

_SIGNS = {
    "embedding": "E",
    "rnn": "RNN",
    "lstm": "LSTM",
    "gru": "GRU",
    "dense": "D",
    "dropout": "×",
}
_ABOUT = {
    "embedding": N_(
        "A table with a row for each integer: the layer looks up the row. Nothing is "
        "multiplied, and neighbouring integers have nothing in common until the layer has "
        "learned it."
    ),
    "rnn": N_(
        "h = tanh(U x + V h + b) at each step, with the same U, V and b: a longer sequence costs "
        "time, but no parameter."
    ),
    "lstm": N_(
        "Three gates (I, F, O) and the candidate for the cell (c), each with a W, a U and a b of "
        "its own: hence four times the parameters of a plain RNN of this size."
    ),
    "gru": N_(
        "Two gates (Z, R) and the candidate for the state (h), each with a W, a U and a b of its "
        "own: hence three times the parameters of a plain RNN of this size. This is the course's "
        "form, reset_after=False."
    ),
    "gru_after": N_(
        "Keras's default form, reset_after=True: the reset gate is applied after the product with "
        "U, so U needs a second bias, and the layer has 3 × U parameters more than the course's."
    ),
    "dense": N_("Each output is a weighted sum of all that comes in, and a bias."),
    "dropout": N_(
        "In training it sets each number to 0 with this probability; afterwards it does "
        "nothing. It has nothing to learn."
    ),
}
_BOTH_WAYS = N_(
    "Bidirectional: a second layer of the same size reads from the end, so there are twice the "
    "parameters, and the two states are set side by side."
)
_WHERE = {
    "embedding": N_("N: integers that it knows, {inputs}; E: numbers for each, {units}."),
    "other": N_("D: features that come in, {features}; U: units, {units}."),
}
_LETTERS = {"kernel": "W", "recurrent_kernel": "U", "bias": "b"}
_DESCRIPTIONS = {
    "embeddings": N_("one row for each integer"),
    "kernel": N_("from what comes in"),
    "recurrent_kernel": N_("from the state of the step before"),
    "bias": N_("added"),
}

_FLOWS = {
    "integers": N_("an integer at each step"),
    "sequence": N_("a vector at each step"),
    "vector": N_("one vector"),
}


def diagram(layers: Stack, fault: Fault | None, selected: int, on_choose: Callable[[], None]):
    """Draws a stack. selected: the layer that is marked; on_choose: called when one is clicked,
    whose place is then ``st.session_state[KEY]["index"]``.
    """
    table = rows(layers)
    params = max(1, sum(row.params for row in table))
    wrong = {fault.layer: say(fault.problem)} if fault and fault.layer is not None else {}
    shapes: list[Shape] = [(None, None), *(row.output_shape for row in table)]
    unknown = {"shape": "?", "what": "", "kind": "", "features": None}
    data = {
        "layers": [
            _layer(layers, i, table[i] if i < len(table) else None, params, wrong.get(i, ""))
            for i in range(len(layers))
        ],
        # What flows into the first layer and out of each; nothing is known after a wrong one.
        "tensors": [_tensor(shape) for shape in shapes] + [unknown] * (len(layers) - len(table)),
        "selected": selected,
        "alt": _("The layers from the input down to the output; choose one to see its formula."),
    }
    _DIAGRAM(key=KEY, data=data, on_index_change=on_choose, height="content")


def counted(row: Row) -> str:
    """A layer's parameter count with its formula in numbers."""
    if not row.params:
        return _("no parameters")
    return f"{row.worked} = {number(row.params, 0)}"


def _layer(layers: Stack, place: int, row: Row | None, params: int, fault: str) -> dict:
    layer = layers[place]
    name = CLASSES[layer.kind]
    title = f"Bidirectional({name})" if layer.bidirectional else name
    options = _options(layers, place)
    colour = {"embedding": "pca", "dense": "baseline", "dropout": "baseline"}.get(layer.kind)
    colours = [colours[colour or layer.kind] for colours in style.COLOURS.values()]
    spoken = [_("Layer {place}").format(place=place + 1), title, options]
    drawn = {
        "title": title,
        "options": options,
        "heading": f"{place + 1}. {title}",
        "sign": _SIGNS[layer.kind],
        "colours": colours,
        "recurrent": layer.is_recurrent,
        "bidirectional": layer.bidirectional,
        "fault": fault,
        "about": _about(layer),
        "spoken": ", ".join(part for part in spoken if part),
        "worked": "",
        "share": None,
        "takes": "",
        "gives": "",
        "formula": "",
        "weights": [],
    }
    if row is None:
        return drawn
    drawn |= {
        "heading": f"{place + 1}. {title} · {row.name}",
        "takes": _kind(row.input_shape),
        "gives": _kind(row.output_shape),
        "worked": counted(row),
        "spoken": f"{drawn['spoken']}: {counted(row)}",
        "share": row.params / params,
        "weights": [_weight(layer, w) for w in row.weights if not w.name.startswith("backward")],
        "twice": _("And the same once more, for reading backwards.") if layer.bidirectional else "",
    }
    if row.params:
        where = _WHERE["embedding" if layer.kind == "embedding" else "other"]
        features = row.input_shape[-1]
        drawn |= {
            "formula": row.formula,
            "numbers": row.worked,
            "params": _("{params} parameters").format(params=number(row.params, 0)),
            "where": _(where).format(inputs=layer.inputs, units=layer.units, features=features),
        }
    return drawn


def _about(layer: Layer) -> str:
    kind = "gru_after" if layer.kind == "gru" and layer.reset_after else layer.kind
    return _(_ABOUT[kind]) + (" " + _(_BOTH_WAYS) if layer.bidirectional else "")


def _options(layers: Stack, place: int) -> str:
    layer = layers[place]
    match layer.kind:
        case "embedding":
            return _("{inputs} integers, {units} numbers each").format(
                inputs=layer.inputs, units=layer.units
            )
        case "dropout":
            return number(layer.rate, 2)
    options = [_("{units} units").format(units=layer.units)]
    if layer.kind == "dense":
        options.append(activation_of(layers, place))
    options += ["return_sequences"] * layer.sequences + ["reset_after"] * layer.reset_after
    return ", ".join(options)


def _weight(layer: Layer, weight: Weight) -> dict:
    plain = weight.name.removeprefix("forward ")
    return {
        "name": plain,
        "said": _(_DESCRIPTIONS[plain]),
        "shape": list(weight.shape),
        "blocks": [_block(layer, plain, gate) for gate in weight.gates],
    }


def _block(layer: Layer, weight: str, gate: str) -> str:
    """The course's letter for a block of a weight array: the RNN's are U, V and b_h."""
    if layer.kind == "rnn":
        return {"kernel": "U", "recurrent_kernel": "V", "bias": "b_h"}[weight]
    return f"{_LETTERS[weight]}_{gate}"


def _tensor(shape: Shape) -> dict:
    kind = _kind(shape)
    axes = ["batch"] if kind == "vector" else ["batch", "time"]
    sizes = [str(size) for size in shape if size is not None]
    return {
        "shape": "(" + ", ".join([*axes, *sizes]) + ")",
        "what": _(_FLOWS[kind]),
        "kind": kind,
        "features": shape[-1],
    }


def _kind(shape: Shape) -> str:
    if shape[-1] is None:
        return "integers"
    return "sequence" if len(shape) == 3 else "vector"
