"""Three recurrent cells learn the adding problem, and the gradient's way back is measured.

Plain Keras: it makes the same updates as the run on the page. It needs no data: every example is
made when it is needed.
"""

import keras
import numpy as np
import plotly.graph_objects as go
import tensorflow as tf

LENGTH, BATCH_SIZE, LEARNING_RATE, SEED = 100, 64, 0.01, 0
EPOCHS, EPOCH_UPDATES = 30, 20
TEST, MEASURED = 512, 32  # test sequences; those along which the gradient is followed
CLIP_NORM = 1.0  # of the whole gradient
NOTEBOOK = False

# %% The data
from core.data.sequences.memory_tasks import Adding

task = Adding(LENGTH)
test_inputs, test_targets = task.examples(np.random.default_rng([0]), TEST)

# %% The networks
from core.experiments.kit.templates.networks import gru, lstm, rnn

models = {"rnn": rnn, "lstm": lstm, "gru": gru}

# %% The training
from core.experiments.kit.templates.training import squared_error, update_of


def gradient_curve(model, inputs):
    """|dL/dh_t| over |dL/dh_T|, t counted from the end, the median of the sequences.

    By automatic differentiation: the cell is stepped by hand, so that every h_t is there to be
    asked for.
    """
    layer, dense = model.layers
    states = layer.get_initial_state(len(inputs))
    states = list(states) if isinstance(states, (list, tuple)) else [states]
    hidden = []
    with tf.GradientTape() as tape:
        for t in range(LENGTH):
            tape.watch(states)
            _, states = layer.cell(inputs[:, t], states)
            states = [tf.identity(state) for state in states]
            tape.watch(states)
            hidden.append(states[0])
        loss = tf.reduce_sum(dense(states[0]))
    norms = np.stack([np.linalg.norm(g.numpy(), axis=-1) for g in tape.gradient(loss, hidden)])
    return np.median(norms / norms[-1], axis=1)[::-1]


updates, losses = {}, {name: [] for name in models}
for name, model in models.items():
    print(f"{name}: {model.count_params()} weights")
    optimizer = keras.optimizers.Adam(
        LEARNING_RATE, global_clipnorm=CLIP_NORM if CLIP_NORM else None
    )
    updates[name] = update_of(model, squared_error, optimizer)
step = 0
for epoch in range(1, EPOCHS + 1):
    for _ in range(EPOCH_UPDATES):
        inputs, targets = task.examples(np.random.default_rng([1, SEED, step]), BATCH_SIZE)
        step += 1
        for name, update in updates.items():
            losses[name].append(float(update(tf.constant(inputs), tf.constant(targets))))
            if step <= 10 or step % 100 == 0:
                print(f"{name} step {step}: loss {losses[name][-1]:.7f}", flush=True)
    curves = {}
    for name, model in models.items():
        outputs = model.predict(test_inputs, verbose=0)
        rmse = np.sqrt(((outputs - test_targets) ** 2).mean())
        curves[name] = gradient_curve(model, tf.constant(test_inputs[:MEASURED]))
        below = np.flatnonzero(curves[name] < 0.01)  # how far back 1 % of the gradient reaches
        steps = int(below[0]) if len(below) else LENGTH
        print(f"{name} epoch {epoch}: test RMSE {rmse:.4f}, horizon {steps} steps", flush=True)
for name, model in models.items():
    model.save(f"{name}.keras")

if NOTEBOOK:
    # %% The figures
    from core.experiments.kit.templates.training import loss_curve

    loss_curve(losses, "mean squared error").show()
    figure = go.Figure([go.Scatter(y=curve, name=name) for name, curve in curves.items()])
    figure.update_layout(
        title="How much of the gradient is left",
        xaxis_title="steps back",
        yaxis_title="|dL/dh_t| / |dL/dh_T|",
        yaxis_type="log",
    )
    figure.show()
