"""The images of a lesson, which of them are held out, and how some are shown."""

import keras
import numpy as np
import plotly.graph_objects as go
from sklearn.datasets import load_digits

from core.data.images.image_set import stratified_split
from core.experiments.kit.image_task import MOST_IMAGES
from core.models.seeds import glorot

DATA, SEED, SHAPE = "digits", 0, (8, 8)

if DATA == "digits":
    digits = load_digits()
    pixels, labels = (digits.data / 16).astype("float32"), digits.target
elif DATA == "mnist":
    (images, labels), _ = keras.datasets.mnist.load_data()
    pixels = images.reshape(len(images), -1).astype("float32") / 255
else:
    stored = np.load("images.npz")  # lies beside this
    pixels, labels = stored["x"], stored["y"]
training, test = (some[some < MOST_IMAGES] for some in stratified_split(labels, SEED))


def pictures(title, *rows):
    """The first dozen images of each row, (n, pixels), one row above the other."""
    strips = []
    for row in rows:
        images = np.zeros((12, *SHAPE))
        images[: len(row)] = np.reshape(row[:12], (-1, *SHAPE))
        strips.append(np.concatenate([*images], axis=1))
    figure = go.Figure(go.Heatmap(z=np.concatenate(strips), colorscale="gray", showscale=False))
    figure.update_yaxes(autorange="reversed", scaleanchor="x", visible=False)
    figure.update_xaxes(visible=False)
    figure.update_layout(title=title)
    return figure


def plane(title, codes, labels):
    """The first two numbers of codes (n, k), coloured by class."""
    marks = {"color": labels, "colorscale": "Turbo", "showscale": True}
    figure = go.Figure(go.Scatter(x=codes[:, 0], y=codes[:, 1], mode="markers", marker=marks))
    figure.update_layout(title=title, xaxis_title="code 1", yaxis_title="code 2")
    return figure


def dense(units, activation, seed):
    return keras.layers.Dense(units, activation, kernel_initializer=glorot(SEED + seed))
