"""Patterns that nobody named: continue sequences, and group what the network held.

Run it beside the sequences of the page: python train.py data.txt
Plain Keras: it makes the same updates as the run on the page.
"""

import sys
from pathlib import Path

import keras
import numpy as np
import plotly.graph_objects as go
import tensorflow as tf
from sklearn.cluster import KMeans

LETTERS = "0123456789"
BATCH, EPOCHS, LEARNING_RATE, SEED = 32, 20, 0.01, 0
CLUSTERS, STATE = 4, "spread"
CLIP_NORM = 1.0  # of the whole gradient
NOTEBOOK = False

# %% The data
# A line: "test" or "train", and the signs of a sequence; nobody says of which kind it is.
file = "data.txt" if NOTEBOOK else sys.argv[1]
rows = [line.split("\t") for line in Path(file).read_text("utf-8").strip("\n").split("\n")]
held_out = np.array([row[0] == "test" for row in rows])
signs = np.array([[LETTERS.index(sign) for sign in row[1]] for row in rows])
inputs = np.eye(len(LETTERS), dtype="float32")[signs[:, :-1]]
following = signs[:, 1:].astype("int32")

# %% The network
from core.experiments.kit.templates.networks import model

model.summary()
reader = keras.Model(model.inputs[0], model.layers[0].output)

# %% The training
from core.experiments.kit.run import shuffled
from core.experiments.kit.templates.training import update_of


def loss_of(targets, logits):
    """The mean cross-entropy of the next signs, in nats."""
    surprise = keras.losses.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    return tf.reduce_mean(surprise)


losses = []
update = update_of(model, loss_of, keras.optimizers.Adam(LEARNING_RATE, global_clipnorm=CLIP_NORM))
training = np.flatnonzero(~held_out)
for epoch in range(1, EPOCHS + 1):
    for some in shuffled([SEED, epoch], training, BATCH):
        losses.append(float(update(inputs[some], following[some])))
        if len(losses) <= 10 or len(losses) % 50 == 0:
            print(f"step {len(losses)}: loss {losses[-1]:.7f}", flush=True)
    logits = model.predict(inputs[held_out], batch_size=400, verbose=0)
    bits = float(loss_of(following[held_out], logits)) / np.log(2)
    print(f"epoch {epoch}: {bits:.4f} bits per held-out sign", flush=True)
model.save("model.keras")

hidden = reader.predict(inputs, batch_size=400, verbose=0)
late = hidden[:, hidden.shape[1] // 2 :]
points = {"last": hidden[:, -1], "mean": late.mean(1), "spread": late.std(1)}[STATE]
groups = KMeans(CLUSTERS, n_init=5, random_state=SEED).fit_predict(points.astype("float64"))
for group in range(CLUSTERS):
    print(f"group {group + 1}: {np.sum(groups == group)} sequences")

if NOTEBOOK:
    # %% The figures
    from core.experiments.kit.templates.training import loss_curve

    loss_curve({"training": losses}, "nats").show()
    centred = points - points.mean(0)
    plane = centred @ np.linalg.svd(centred, full_matrices=False)[2][:2].T
    marks = {"color": groups, "colorscale": "Viridis"}
    texts = [row[1] for row in rows]
    figure = go.Figure(
        go.Scatter(x=plane[:, 0], y=plane[:, 1], mode="markers", marker=marks, text=texts)
    )
    figure.update_layout(
        title="What the network held, in groups",
        xaxis_title="first component",
        yaxis_title="second component",
    )
    figure.show()
