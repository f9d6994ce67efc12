"""Training, and what is told of it."""

import plotly.graph_objects as go
import tensorflow as tf

from core.experiments.kit.autoencoder_run import order
from core.experiments.kit.run import half_cosine

EPOCHS, BATCH_SIZE, LEARNING_RATE, SEED = 10, 32, 0.001, 0
losses = []


def update_of(model, loss_of, optimizer):
    """A step on a batch, compiled; it returns the loss before it."""
    optimizer.build(model.trainable_variables)

    @tf.function
    def update(inputs, targets):
        with tf.GradientTape() as tape:
            loss = loss_of(targets, model(inputs, training=True))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
        return loss

    return update


def squared_error(targets, outputs):
    """The mean over all numbers."""
    return tf.reduce_mean((outputs - targets) ** 2)


def train(update, optimizer, examples, batch_of, epochs=EPOCHS, unit=1.0):
    """Steps whose rate falls along half a cosine; each epoch's number is yielded after it.

    batch_of: (places, step) -> inputs and targets. unit: what a loss is told in.
    """
    for epoch in range(1, epochs + 1):
        optimizer.learning_rate = half_cosine(LEARNING_RATE, epoch, epochs)
        for places in order(SEED, epoch, examples, BATCH_SIZE):
            losses.append(unit * float(update(*batch_of(places, len(losses)))))
            if len(losses) <= 10 or len(losses) % 100 == 0:
                print(f"step {len(losses)}: loss {losses[-1]:.9f}", flush=True)
        yield epoch


def loss_curve(curves, unit="loss"):
    """The loss of every update, by the name of what it is the loss of."""
    figure = go.Figure([go.Scatter(y=losses, name=name) for name, losses in curves.items()])
    figure.update_layout(
        title="The loss of every update", xaxis_title="update", yaxis_title=unit, yaxis_type="log"
    )
    return figure
