"""The first symbol, asked for after the last: a dense network on a window, a recurrent network.

Plain Keras: it makes the same updates as the run on the page. It needs no data: every example is
made when it is needed.
"""

import keras
import numpy as np
import plotly.graph_objects as go

LONGEST, WINDOW = 12, 6
EPOCHS, EPOCH_UPDATES, BATCH_SIZE, LEARNING_RATE, SEED = 20, 20, 32, 0.01, 0
NOTEBOOK = False

# %% The data
from core.data.sequences.recall_task import (
    accuracy_by_length,
    test_set,
    training_batch,
    window_of,
)

# %% The networks
from core.experiments.kit.templates.networks import dense, rnn

for model in (dense, rnn):
    model.compile(
        keras.optimizers.Adam(LEARNING_RATE, global_clipnorm=1.0),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    model.summary()

# %% The training
losses = {"dense": [], "recurrent": []}
test_inputs, test_keys, lengths = test_set(2 * LONGEST, 100)
step = 0
for epoch in range(1, EPOCHS + 1):
    for _ in range(EPOCH_UPDATES):
        inputs, keys = training_batch(LONGEST, SEED, step, BATCH_SIZE)
        step += 1
        for name, model, rows in (
            ("dense", dense, window_of(inputs, WINDOW)),
            ("recurrent", rnn, inputs),
        ):
            losses[name].append(float(model.train_on_batch(rows, keys)))
            model.reset_metrics()  # or the next loss would be the mean of all
        if step <= 10 or step % 50 == 0:
            now = " ".join(f"{name} {values[-1]:.7f}" for name, values in losses.items())
            print(f"step {step}: {now}", flush=True)
    known = lengths <= LONGEST
    read = (test_inputs[known][:, -LONGEST:], test_inputs[~known])  # filled as in training
    scores = {
        "dense": dense.predict(window_of(test_inputs, WINDOW), verbose=0),
        "recurrent": np.concatenate([rnn.predict(some, verbose=0) for some in read]),
    }
    right = {name: accuracy_by_length(s, test_keys, lengths) for name, s in scores.items()}
    shares = ", ".join(f"{name} {by[: LONGEST - 1].mean():.4f}" for name, by in right.items())
    print(f"epoch {epoch}: right answers: {shares}", flush=True)
dense.save("dense.keras")
rnn.save("rnn.keras")

if NOTEBOOK:
    # %% The figures
    from core.experiments.kit.templates.training import loss_curve

    loss_curve(losses).show()
    figure = go.Figure(
        [go.Scatter(x=np.unique(lengths), y=by, name=name) for name, by in right.items()]
    )
    figure.add_vline(WINDOW + 0.5, annotation_text="window")
    figure.add_vline(LONGEST + 0.5, annotation_text="longest in training")
    figure.update_layout(
        title="Right answers by length", xaxis_title="length", yaxis_title="share of right answers"
    )
    figure.show()
