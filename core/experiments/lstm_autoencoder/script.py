"""The beats that the Keras code of a run reads."""

import io

import numpy as np

from core.experiments.lstm_autoencoder.task import EcgTask

DATA_FILE = "beats.npz"
_TRAINING, _VALIDATION, _TEST = 0, 1, 2


def data_file(task: EcgTask) -> bytes:
    """The beats that a run learned from and was tested on, as the script reads them.

    An npz of signals, float32 (n, samples); part, int8 (n,), 0 for training, 1 for validation, 2
    for test; abnormal, bool (n,).
    """
    split = task.split
    parts = {_TRAINING: split.training, _VALIDATION: split.validation, _TEST: split.test}
    which = np.concatenate(list(parts.values()))
    out = io.BytesIO()
    np.savez_compressed(
        out,
        signals=task.beats.signals[which],
        part=np.repeat(np.array(list(parts), np.int8), [len(p) for p in parts.values()]),
        abnormal=task.beats.abnormal[which],
    )
    return out.getvalue()
