"""One small cell with an output, small enough to follow by eye: read, hold a gate, take gradients.

The output is the course's o_t = sigma_o(W h_t + b_o), one number at every step.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from core.numeric.activations import linear, relu, sigmoid
from core.numeric.recurrent.cell_gradients import Gradients, backward
from core.numeric.recurrent.cells import Trace, Weights, trace

# The blocks of the weights, in Keras's order; each is ``units`` columns wide.
BLOCKS = {
    "rnn": ("hidden",),
    "lstm": ("input_gate", "forget_gate", "candidate", "output_gate"),
    "gru": ("update_gate", "reset_gate", "candidate"),
}
OUTPUTS = {"linear": linear, "relu": relu, "sigmoid": sigmoid}
_SHUT = 50.0  # sigmoid(-50) is exactly 0 here, and 2e-22 in Keras


@dataclass(frozen=True)
class CellModel:
    """A cell of one feature, and its output.

    cell: "rnn", "lstm" or "gru". weights: float64 of the cell, in Keras's order.
    output_kernel: (units, 1), the course's W; output_bias: (1,), its b_o.
    activation: the RNN's, a key of ``ACTIVATIONS``; output: a key of ``OUTPUTS``.
    """

    cell: str
    weights: Weights
    output_kernel: np.ndarray
    output_bias: np.ndarray
    activation: str = "tanh"
    output: str = "linear"

    @property
    def units(self) -> int:
        """The number of units."""
        return self.weights.recurrent.shape[0]

    def flat(self) -> np.ndarray:
        """All weights in one row: kernel, recurrent, bias, output kernel, output bias."""
        arrays = (*self.weights, self.output_kernel, self.output_bias)
        return np.concatenate([array.ravel() for array in arrays])

    def with_flat(self, values: np.ndarray) -> "CellModel":
        """A copy with other weights, given in the order of ``flat``."""
        shapes = [a.shape for a in (*self.weights, self.output_kernel, self.output_bias)]
        ends = np.cumsum([int(np.prod(shape)) for shape in shapes])
        parts = [
            part.reshape(shape)
            for part, shape in zip(np.split(values, ends[:-1]), shapes, strict=True)
        ]
        return replace(
            self, weights=Weights(*parts[:3]), output_kernel=parts[3], output_bias=parts[4]
        )

    def columns(self, block: str) -> slice:
        """Where a gate's weights stand in kernel, recurrent and bias."""
        at = BLOCKS[self.cell].index(block) * self.units
        return slice(at, at + self.units)

    def held(self, gates: Mapping[str, bool]) -> "CellModel":
        """A copy whose named gates stay open (True: 1) or shut (False: 0) whatever comes.

        The formulas stay as they are: the gate's weights are zero and its bias is far out.
        """
        kernel, recurrent, bias = (array.copy() for array in self.weights)
        for gate, is_open in gates.items():
            columns = self.columns(gate)
            kernel[:, columns] = recurrent[:, columns] = 0
            bias[columns] = _SHUT if is_open else -_SHUT
        return replace(self, weights=Weights(kernel, recurrent, bias))

    def read(self, sequence: np.ndarray) -> "Reading":
        """What the cell does with a sequence, float (time,). Raises ValueError if it is empty."""
        traced = trace(self.cell, sequence[:, None], self.weights, activation=self.activation)
        sums = traced.steps["hidden"] @ self.output_kernel + self.output_bias
        return Reading(self, traced, OUTPUTS[self.output](sums[:, 0]))


@dataclass(frozen=True)
class Reading:
    """What a cell held and said while it read a sequence. outputs: o_t, float (time,)."""

    model: CellModel
    trace: Trace
    outputs: np.ndarray

    def gradients(self) -> Gradients:
        """Of the last output with respect to every input, gate and weight of the cell."""
        last = float(self.outputs[-1])
        slope = {"linear": 1.0, "relu": float(last > 0), "sigmoid": last * (1 - last)}
        d_hidden = np.zeros_like(self.trace.steps["hidden"])
        d_hidden[-1] = slope[self.model.output] * self.model.output_kernel[:, 0]
        return backward(self.trace, d_hidden)

    def table(self) -> tuple[list[str], np.ndarray]:
        """Everything over time: the columns' names and float (time, columns).

        A unit's column is named by quantity and number: "forget_gate_1".
        """
        steps = np.arange(1, len(self.outputs) + 1)
        names, columns = ["step", "input"], [steps, self.trace.inputs[:, 0]]
        for name, values in self.trace.steps.items():
            names += [f"{name}_{unit + 1}" for unit in range(self.model.units)]
            columns += list(values.T)
        return [*names, "output"], np.stack([*columns, self.outputs], axis=1)
