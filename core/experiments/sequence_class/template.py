"""The class of a sequence.

Run it beside the sequences of the page: python train.py data.txt
Plain Keras: it makes the same updates as the run on the page.
"""

import sys
from pathlib import Path

import keras
import numpy as np
import plotly.graph_objects as go
import tensorflow as tf

CLASSES = ("good", "bad")
LETTERS = "ACGT"
OPEN = {"N": "ACGT"}  # letters that leave several open
MEAN, SPREAD = 0.0, 1.0  # of the numbers to learn from
STEPS, BATCH, EPOCHS, LEARNING_RATE, SEED = 60, 32, 20, 0.005, 0
READINGS = 1  # of the training sequences in an epoch
CLIP_NORM = 1.0  # of the whole gradient
NOTEBOOK = False

# %% The data
# A line: "test" or "train", the class's number, and what stands at each step, all parted by tabs.
file = "data.txt" if NOTEBOOK else sys.argv[1]
lines = Path(file).read_text("utf-8").strip("\n").split("\n")
rows = [line.split("\t") for line in lines]
test = np.array([row[0] == "test" for row in rows])
labels = np.array([int(row[1]) for row in rows])
if LETTERS:
    sequences = np.zeros((len(rows), STEPS, len(LETTERS)), "float32")
    for i, row in enumerate(rows):
        for t, sign in enumerate(row[2:], STEPS - len(row) + 2):  # zeros before a shorter sequence
            known = [LETTERS.index(c) for c in OPEN.get(sign, [sign])]
            sequences[i, t, known] = 1 / len(known)
else:
    values = np.array([[float(x) for x in row[2:]] for row in rows], "float32")
    sequences = ((values - MEAN) / SPREAD)[..., None].astype("float32")

# %% The network
from core.experiments.kit.templates.networks import model

model.summary()

# %% The training
from core.experiments.kit.run import half_cosine, shuffled
from core.experiments.kit.templates.training import update_of


def loss_of(targets, logits):
    """The mean cross-entropy."""
    surprise = keras.losses.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    return tf.reduce_mean(surprise)


losses = []
optimizer = keras.optimizers.Adam(global_clipnorm=CLIP_NORM if CLIP_NORM else None)
update = update_of(model, loss_of, optimizer)
training = np.flatnonzero(~test)
whole = len(training) // BATCH * BATCH
for epoch in range(1, EPOCHS + 1):
    optimizer.learning_rate = half_cosine(LEARNING_RATE, epoch, EPOCHS)
    rng = np.random.default_rng([SEED, epoch])
    orders = [rng.permutation(training)[:whole] for _ in range(READINGS)]
    for some in np.concatenate(orders).reshape(-1, BATCH):
        losses.append(float(update(sequences[some], labels[some].astype("int32"))))
        if len(losses) <= 10 or len(losses) % 50 == 0:
            print(f"step {len(losses)}: loss {losses[-1]:.7f}", flush=True)
    answers = model.predict(sequences[test], batch_size=250, verbose=0).argmax(1)
    accuracy = (answers == labels[test]).mean()
    print(f"epoch {epoch}: held-out accuracy {accuracy:.4f}", flush=True)
model.save("model.keras")

if NOTEBOOK:
    # %% The figures
    from core.experiments.kit.templates.training import loss_curve

    loss_curve({"training": losses}, "nats").show()
    counts = np.zeros((len(CLASSES), len(CLASSES)), int)
    np.add.at(counts, (labels[test], answers), 1)
    figure = go.Figure(go.Heatmap(z=counts, x=CLASSES, y=CLASSES, texttemplate="%{z}"))
    figure.update_layout(
        title="Held-out sequences", xaxis_title="answer", yaxis_title="class", yaxis_type="category"
    )
    figure.show()
