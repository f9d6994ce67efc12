"""What is taken away as code of a run that learns from images, and the images that it reads."""

import io
from typing import Any

import numpy as np

from core.data.images.known import images
from core.experiments.kit.notebook import keras_files


def image_files(name: str, config: Any, **values: Any) -> dict[str, bytes]:
    """As ``keras_files``, the template being given SHAPE; beside them a visitor's own images.

    config: has the fields data and upload.
    """
    known = images(config.data, config.upload)
    own = {}
    if config.data == "upload":
        out = io.BytesIO()
        np.savez_compressed(out, x=known.pixels, y=known.labels)
        own["images.npz"] = out.getvalue()
    return {**keras_files(name, config, own, SHAPE=known.shape, **values), **own}
