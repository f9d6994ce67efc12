"""The Keras script of one small cell with given weights: it prints what it holds at each step."""

from collections.abc import Sequence

import numpy as np

from core.experiments.kit.script import keras_script
from core.numeric.recurrent.cell_models import CellModel


def cell_script(model: CellModel, sequence: Sequence[float] | np.ndarray) -> str:
    """A Python script of Keras alone that builds ``model`` and reads ``sequence``."""
    return keras_script(
        "cell",
        SEQUENCE=[float(x) for x in sequence],
        KERNEL=model.weights.kernel,
        RECURRENT=model.weights.recurrent,
        BIAS=model.weights.bias,
        OUTPUT_KERNEL=model.output_kernel,
        OUTPUT_BIAS=model.output_bias,
        CELL=model.cell,
        UNITS=model.units,
        ACTIVATION=model.activation,
        OUTPUT=model.output,
    )
