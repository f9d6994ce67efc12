"""A step of training, and what is told of it."""

import plotly.graph_objects as go
import tensorflow as tf


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


def loss_curve(curves, unit="loss"):
    """The loss of every update, by the name of what it is the loss of."""
    figure = go.Figure([go.Scatter(y=losses, name=name) for name, losses in curves.items()])
    figure.update_layout(
        title="The loss of every update", xaxis_title="update", yaxis_title=unit, yaxis_type="log"
    )
    return figure
