"""The next value of a series.

Run it beside the numbers of the page: python train.py data.txt
Plain Keras: it makes the same updates as the run on the page.
"""

import sys

import keras
import numpy as np
import plotly.graph_objects as go

STEPS, BATCH, EPOCHS, LEARNING_RATE, DECAY, SEED = 90, 32, 20, 0.005, 0.9, 0
MEAN, SCALE = 0.0, 1.0  # of the numbers to learn from
WINDOW = 24
CUT, END = 750, 1000  # the held-out part is that between
CLIP_NORM = 1.0  # of the whole gradient
DATA, TARGET = "sunspots", "value"
NOTEBOOK = False

# %% The data
file = "data.txt" if NOTEBOOK else sys.argv[1]
if DATA == "generation":
    # A row: 1 if it is held out, the window (number, 1 where a sequence begins, 1 where there is a
    # number, for each step), and the number that comes next.
    rows = np.loadtxt(file)
    test = rows[:, 0] == 1
    sequences = rows[~test, 1:-1].reshape(-1, WINDOW, 3).astype("float32")
    targets = ((rows[~test, -1:] - MEAN) / SCALE).astype("float32")
    test_sequences = rows[test, 1:-1].reshape(-1, WINDOW, 3).astype("float32")
    test_values = rows[test, -1]
else:
    values = np.loadtxt(file)
    scaled = ((values - MEAN) / SCALE).astype("float32")

    def windows(places):
        return np.stack([scaled[place - WINDOW : place] for place in places])[..., None]

    sequences = windows(range(WINDOW, CUT))
    targets = ((values[WINDOW:CUT] - MEAN) / SCALE)[:, None].astype("float32")
    test_sequences, test_values = windows(range(CUT, END)), values[CUT:END]
if TARGET == "change":
    targets = targets - sequences[:, -1, :1]  # it tells the change from the last value

# %% The network
from core.experiments.kit.templates.networks import model

model.summary()

# %% The training
from core.experiments.kit.run import shuffled
from core.experiments.kit.templates.training import squared_error, update_of

losses = []
optimizer = keras.optimizers.Adam(global_clipnorm=CLIP_NORM if CLIP_NORM else None)
update = update_of(model, squared_error, optimizer)
for epoch in range(1, EPOCHS + 1):
    optimizer.learning_rate = LEARNING_RATE * DECAY ** (epoch - 1)
    for some in shuffled([SEED, epoch], np.arange(len(sequences)), BATCH)[:STEPS]:
        losses.append(float(update(sequences[some], targets[some])))
        if len(losses) <= 10 or len(losses) % 50 == 0:
            print(f"step {len(losses)}: loss {losses[-1]:.7f}", flush=True)
    outputs = model.predict(test_sequences, batch_size=500, verbose=0)[:, 0]
    if TARGET == "change":
        outputs = outputs + test_sequences[:, -1, 0]
    forecast = MEAN + SCALE * outputs
    rmse = np.sqrt(np.mean((forecast - test_values) ** 2))
    print(f"epoch {epoch}: held-out RMSE {rmse:.6g}", flush=True)
model.save("model.keras")

if NOTEBOOK:
    # %% The figures
    from core.experiments.kit.templates.training import loss_curve

    loss_curve({"training": losses}, "mean squared error").show()
    curves = {"held out": test_values, "one step ahead": forecast}
    figure = go.Figure([go.Scatter(y=curve, name=name) for name, curve in curves.items()])
    figure.update_layout(title="Held-out values, and the network's", xaxis_title="step")
    figure.show()
