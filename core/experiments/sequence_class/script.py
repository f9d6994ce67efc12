"""What the Keras code of a run is given, and the data that it reads."""

from typing import Any

import numpy as np

from core.data.sequences.labelled import Labelled
from core.numeric.recurrent.stack.code import keras_code

_OPEN = {"D": "AGT", "R": "AG", "S": "CG", "N": "ACGT"}  # letters that leave several open


def keras_values(config: Any, data: Labelled, training: np.ndarray, updates: int) -> dict[str, Any]:
    """The values of the template.

    training: indices of the sequences to learn from. updates: of an epoch.
    """
    batch = min(config.batch_size, len(training))
    known = data.inputs[training]
    single = all(len(letter) == 1 for letter in data.letters)
    return {
        "NETWORKS": {"model": keras_code(config.network(len(data.classes)), data.inputs.shape[1:])},
        "CLASSES": data.classes,
        "LETTERS": "".join(data.letters) if single else list(data.letters),
        "OPEN": _OPEN if "".join(data.letters) == "ACGT" else {},
        "MEAN": float(known.mean()),
        "SPREAD": float(known.std()) or 1.0,
        "STEPS": data.steps,
        "BATCH": batch,
        "READINGS": updates // (len(training) // batch),
    }


def data_file(data: Labelled, test: np.ndarray) -> str:
    """The sequences, one a line, as the script reads them."""
    held_out = set(test.tolist())
    lines = [
        "\t".join(["test" if i in held_out else "train", str(label), *_exact(data, i)])
        for i, label in enumerate(data.labels)
    ]
    return "\n".join(lines) + "\n"


def _exact(data: Labelled, i: int) -> tuple[str, ...]:
    if data.letters:
        return data.tokens[i]
    return tuple(repr(float(x)) for x in data.inputs[i, :, 0])
