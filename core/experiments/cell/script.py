"""The Keras script of one small cell with given weights: it prints what it holds at each step."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from core.experiments.kit.script import keras_script
from core.numeric.recurrent.cell_models import CellModel


def cell_script(model: CellModel, sequence: Sequence[float] | np.ndarray) -> str:
    """A Python script of Keras alone that builds ``model`` and reads ``sequence``."""
    values: dict[str, Any] = vars(model) | model.weights._asdict() | {"units": model.units}
    values["sequence"] = [float(x) for x in sequence]
    return keras_script("cell", **{name.upper(): value for name, value in values.items()})
