"""Every stack: the reader, the model that is built and the code that is written are one network."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import keras
import numpy as np
import pytest

from core.experiments.feed_forward.config import FeedForwardConfig
from core.experiments.gradient_flow.config import GradientFlowConfig
from core.experiments.keras_model.config import KerasModelConfig
from core.experiments.long_memory.config import LongMemoryConfig
from core.experiments.next_value.config import NextValueConfig
from core.experiments.sequence_class.config import SequenceClassConfig
from core.models.recurrent.stack import build_stack, stack_weights
from core.numeric.recurrent.stack.code import keras_code
from core.numeric.recurrent.stack.layers import recurrent_stack
from core.numeric.recurrent.stack.read import stack_outputs
from core.numeric.recurrent.stack.shapes import count_params

pytestmark = pytest.mark.own_process  # each compiles networks of its own

TIME, FEATURES = 12, 3
CELLS = ("rnn", "lstm", "gru")


def of_experiments():
    """The networks of the experiments, at their boldest settings: name -> stack, input shape."""
    memory = {"irnn": True, "open_gates": 2.5, "length": 20, "params": 3000, "seed": 3}
    for task in ("adding", "copy"):
        for more in ({}, {"bidirectional": True, "layers": 2}):
            config = LongMemoryConfig(task=task, **memory, **more)
            for cell, stack in config.networks.items():
                yield f"{task} {cell} {len(stack)}", stack, config.input_shapes[cell]
    flow = GradientFlowConfig(forget_bias=3.0, update_bias=-1.0, params=500, seed=5)
    for cell, stack in flow.networks.items():
        yield f"flow {cell}", stack, (TIME, 2)
    recall = FeedForwardConfig(cell="lstm", window=3, seed=2)
    for name, stack in recall.networks.items():
        yield f"recall {name}", stack, recall.input_shapes[name]
    for cell in CELLS:
        for skip, both in ((False, True), (True, False), (True, True)):
            config = NextValueConfig(
                cell=cell, units=5, layers=2, skip=skip, bidirectional=both, dropout=0.2, seed=1
            )
            yield f"value {cell} {skip} {both}", config.network, (TIME, FEATURES)
        for direction, pooling, layers in (
            ("one", "last", 2),
            ("both", "max", 2),
            ("both", "last", 1),
            ("middle", "last", 2),
            ("middle", "max", 1),
        ):
            config = SequenceClassConfig(
                cell=cell,
                units=5,
                layers=layers,
                direction=direction,
                pooling=pooling,
                skip=layers > 1,
                seed=4,
            )
            yield f"class {cell} {direction} {pooling}", config.network(4), (TIME - 1, FEATURES)
    line = "embedding:9:4,lstm:5:bidirectional:sequences,dropout:0.2,rnn:6,dense:7,dense:3"
    yield "workbench", KerasModelConfig(stack=line, task="spam", seed=6).layers, (None,)
    yield "patterns", recurrent_stack("gru", 6, 4, pooling="none", seed=3), (TIME, 4)


STACKS = {name: (stack, shape) for name, stack, shape in of_experiments()}


def inputs_of(stack, shape):
    rng = np.random.default_rng(0)
    shape = (5, *(size or TIME for size in shape))
    if stack[0].kind == "embedding":
        return rng.integers(0, stack[0].inputs, shape)
    return rng.standard_normal(shape).astype("float32")


def written(stack, shape) -> Any:
    """The model that the written code makes."""
    scope: dict[str, Any] = {"keras": keras, "np": np}
    exec(keras_code(stack, shape, "network"), scope)
    return scope["network"]


@pytest.mark.parametrize(
    "name",
    # Every fifth in every run of the tests: each kind with some cell.
    [
        pytest.param(name, marks=[pytest.mark.slow] if i % 5 else [])
        for i, name in enumerate(STACKS)
    ],
)
def test_reader_model_and_code_are_one_network(name):
    stack, shape = STACKS[name]
    model, code = build_stack(stack, shape), written(stack, shape)
    for ours, theirs in zip(model.get_weights(), code.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    inputs = inputs_of(stack, shape)
    np.testing.assert_allclose(  # the dropouts, too
        model(inputs, training=True), code(inputs, training=True), atol=1e-5
    )
    rng = np.random.default_rng(1)
    model.set_weights([w + 0.05 * rng.standard_normal(w.shape) for w in model.get_weights()])
    expected = np.asarray(model(inputs))
    outputs = stack_outputs(stack, stack_weights(model, stack), inputs)
    size = max(1.0, float(np.abs(expected).max()))  # states of a ReLU have no bound
    np.testing.assert_allclose(outputs, expected, rtol=1e-5, atol=2e-5 * size)
    if len(shape) == 2 and not any(layer.skip or layer.kind == "split" for layer in stack):
        assert count_params(stack, shape[-1]) == model.count_params()


def test_code_and_model_have_the_gru_of_keras_too():
    stack = recurrent_stack("gru", 4, 2, seed=1)
    stack = (replace(stack[0], reset_after=True), stack[1])
    inputs = inputs_of(stack, (TIME, FEATURES))
    model, code = build_stack(stack, (TIME, FEATURES)), written(stack, (TIME, FEATURES))
    np.testing.assert_allclose(model(inputs), code(inputs), atol=1e-6)


@pytest.mark.parametrize(
    ("cell", "gate", "start"), [("lstm", slice(5, 10), 1), ("gru", slice(0, 5), 0)]
)
def test_the_gate_that_keeps_starts_where_it_is_told(cell, gate, start):
    def built(bias):
        stack = recurrent_stack(cell, 5, 1, gate_bias=bias)
        return stack_weights(build_stack(stack, (4, 2)), stack)

    keras_s, opened = built(None), built(3.5)
    assert (keras_s["0.forward.bias"][gate] == start).all()
    change = opened["0.forward.bias"] - keras_s["0.forward.bias"]
    assert (change[gate] == 3.5 - start).all() and change.sum() == 5 * (3.5 - start)
    np.testing.assert_array_equal(keras_s["0.forward.kernel"], opened["0.forward.kernel"])


def test_the_relu_rnn_starts_at_the_identity():
    stack = recurrent_stack("irnn", 5, 1)
    weights = stack_weights(build_stack(stack, (4, 2)), stack)
    np.testing.assert_array_equal(weights["0.forward.recurrent"], np.eye(5))
    assert np.abs(weights["0.forward.kernel"]).max() < 0.01


def test_layers_and_directions_start_with_weights_of_their_own():
    stack = recurrent_stack("gru", 4, 1, layers=2, direction="both")
    weights = stack_weights(build_stack(stack, (5, 8)), stack)
    kernels = [weights[name] for name in weights if name[0].isdigit() and "kernel" in name]
    assert len(kernels) == 4
    assert not any(np.array_equal(a, b) for a, b in combinations(kernels, 2))


def test_directions_to_the_middle_never_see_the_other_half():
    stack = recurrent_stack("gru", 4, 2, direction="middle", seed=1)
    weights = stack_weights(build_stack(stack, (8, 2)), stack)
    weights = {n: np.zeros_like(w) if "backward" in n else w for n, w in weights.items()}
    inputs = np.random.default_rng(1).standard_normal((1, 8, 2)).astype("float32")
    changed = inputs.copy()
    changed[:, 4:] = 0
    output = stack_outputs(stack, weights, inputs)
    np.testing.assert_array_equal(output, stack_outputs(stack, weights, changed))
    assert not np.array_equal(stack_outputs(stack, weights, 0 * inputs), output)
