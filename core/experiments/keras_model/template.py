"""A stack of layers, trained on sequences of integers.

It makes the same steps as the run on the page. Where the data are not scikit-learn's digits, run it
with those of the run: python train.py data.npz
"""

import sys

import keras
import numpy as np
import plotly.graph_objects as go
from sklearn.datasets import load_digits

EPOCHS, BATCH_SIZE, LEARNING_RATE, SEED = 10, 32, 0.005, 0
CLIP_NORM = 1.0  # of the whole gradient
TASK = "digits"
NOTEBOOK = False

# %% The data
if TASK == "digits":
    from core.data.sequences.coded_tasks import pixel_codes, split

    digits = load_digits()
    codes, labels = pixel_codes(digits.images), digits.target
    train, test = split(len(codes), SEED)
    train_labels, test_labels = labels[train], labels[test]
    train, test = codes[train], codes[test]
else:
    data = np.load("data.npz" if NOTEBOOK else sys.argv[1])
    train, train_labels = data["train"], data["train_labels"]
    test, test_labels = data["test"], data["test_labels"]

# %% The network
from core.experiments.kit.templates.networks import model

model.summary()

# %% The training
model.compile(
    keras.optimizers.Adam(LEARNING_RATE, global_clipnorm=CLIP_NORM if CLIP_NORM else None),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
losses = []
shuffle = np.random.default_rng(SEED)
steps = len(train) // BATCH_SIZE
for epoch in range(1, EPOCHS + 1):
    order = shuffle.permutation(len(train))
    for step in range(steps):
        batch = order[step * BATCH_SIZE : (step + 1) * BATCH_SIZE]
        model.reset_metrics()
        losses.append(float(model.train_on_batch(train[batch], train_labels[batch])[0]))
        if epoch == 1 and step < 10:
            print(f"step {step + 1}: loss {losses[-1]:.6f}", flush=True)
    loss, accuracy = model.evaluate(test, test_labels, verbose=0)
    print(f"epoch {epoch}: held-out loss {loss:.4f}, accuracy {accuracy:.4f}", flush=True)
model.save("model.keras")

if NOTEBOOK:
    # %% The figures
    from core.experiments.kit.templates.training import loss_curve

    loss_curve({"training": losses}, "nats").show()
    answers = model.predict(test, verbose=0).argmax(1)
    classes = np.unique(test_labels)
    right = [(answers == test_labels)[test_labels == c].mean() for c in classes]
    figure = go.Figure(go.Bar(x=classes, y=right))
    figure.update_layout(
        title="Held-out sequences that are right", xaxis_title="class", yaxis_title="share"
    )
    figure.show()
