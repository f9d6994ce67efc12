"""A race of recurrent cells on a task that takes a long memory.

Plain Keras: it makes the same updates as the run on the page. It needs no data: every example is
made when it is needed.
"""

import keras
import numpy as np
import plotly.graph_objects as go
import tensorflow as tf

LENGTH, BATCH_SIZE, LEARNING_RATE, SEED = 100, 64, 0.01, 0
RECALL = 10  # symbols to be remembered
EPOCHS, EPOCH_UPDATES, TEST, VALIDATION = 60, 50, 1000, 500
CLIP_NORM = 1.0  # of the whole gradient
STOP_AT_GOAL = True
TASK = "adding"
RNN, IRNN, LSTM, GRU = True, True, True, True
NOTEBOOK = False

# %% The data
if TASK == "adding":
    from core.data.sequences.memory_tasks import Adding

    task = Adding(LENGTH)
else:
    from core.data.sequences.memory_tasks import Copy

    task = Copy(LENGTH, RECALL)
test_inputs, test_targets = task.examples(np.random.default_rng([0]), TEST)
others, their_targets = task.examples(np.random.default_rng([2]), VALIDATION)  # to rest by

# %% The networks
models = {}
if RNN:
    from core.experiments.kit.templates.networks import rnn

    models["rnn"] = rnn
if LSTM:
    from core.experiments.kit.templates.networks import lstm

    models["lstm"] = lstm
if GRU:
    from core.experiments.kit.templates.networks import gru

    models["gru"] = gru
if IRNN:
    from core.experiments.kit.templates.networks import irnn

    models["irnn"] = irnn

# %% The training
from core.experiments.kit.templates.training import update_of

if TASK == "adding":
    from core.experiments.kit.templates.training import squared_error

    loss_of = squared_error

    def score_of(outputs, targets):
        """The root mean squared error."""
        return np.sqrt(((outputs - targets) ** 2).mean())

    def reached(score):
        return score <= goal

    goal, unit = 0.05, "test RMSE"

else:

    def loss_of(targets, outputs):
        """The mean surprise, in nats a symbol."""
        surprise = keras.losses.sparse_categorical_crossentropy(targets, outputs, from_logits=True)
        return tf.reduce_mean(surprise)

    def score_of(outputs, targets):
        """The share of symbols that are right."""
        return (outputs.argmax(-1) == targets).mean()

    def reached(score):
        return score >= goal

    goal, unit = 0.99, "accuracy"

updates, losses, scores = {}, {name: [] for name in models}, {name: [] for name in models}
for name, model in models.items():
    print(f"{name}: {model.count_params()} weights")
    optimizer = keras.optimizers.Adam(
        LEARNING_RATE, global_clipnorm=CLIP_NORM if CLIP_NORM else None
    )
    updates[name] = update_of(model, loss_of, optimizer)
racing, step = list(models), 0
for epoch in range(1, EPOCHS + 1):
    for _ in range(EPOCH_UPDATES):
        inputs, targets = task.examples(np.random.default_rng([1, SEED, step]), BATCH_SIZE)
        step += 1
        for name in racing:
            losses[name].append(float(updates[name](tf.constant(inputs), tf.constant(targets))))
            if step <= 10 or step % 100 == 0:
                print(f"{name} step {step}: loss {losses[name][-1]:.7f}", flush=True)
    for name in list(racing):
        outputs = models[name].predict(test_inputs, batch_size=250, verbose=0)
        scores[name].append(score_of(outputs, test_targets))
        print(f"{name} epoch {epoch}: {unit} {scores[name][-1]:.4f}", flush=True)
        outputs = models[name].predict(others, batch_size=250, verbose=0)
        if STOP_AT_GOAL and reached(score_of(outputs, their_targets)):
            racing.remove(name)  # and it rests
    if not racing:
        break
for name, model in models.items():
    model.save(f"{name}.keras")

if NOTEBOOK:
    # %% The figures
    from core.experiments.kit.templates.training import loss_curve

    loss_curve(losses).show()
    figure = go.Figure([go.Scatter(y=curve, name=name) for name, curve in scores.items()])
    figure.add_hline(goal, annotation_text="goal")
    figure.update_layout(title="The race", xaxis_title="epoch", yaxis_title=unit)
    figure.show()
