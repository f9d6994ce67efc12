"""The Keras script that a visitor takes away from the lesson on gradient flow."""

from typing import Any

from core.numeric.recurrent.stack.code import keras_code

_SCRIPT = '''\
"""Three recurrent cells learn the adding problem, and the gradient's way back is measured.

Plain Keras: it makes the same updates as the run on the page. It needs no data: every example is
made when it is needed.
"""

import keras
import numpy as np
import tensorflow as tf

LENGTH, BATCH, RATE, SEED = {length}, {batch}, {rate}, {seed}
EPOCHS, UPDATES = {epochs}, {updates}


def examples(rng, count):
    """Numbers from 0 to 1, one marked in each half; the target is the sum of the two."""
    inputs = np.zeros((count, LENGTH, 2), "float32")
    inputs[..., 0] = rng.random((count, LENGTH), "float32")
    rows = np.arange(count)
    inputs[rows, rng.integers(0, LENGTH // 2, count), 1] = 1
    inputs[rows, rng.integers(LENGTH // 2, LENGTH, count), 1] = 1
    return inputs, (inputs[..., 0] * inputs[..., 1]).sum(1, keepdims=True)


{models}
MODELS = {{"rnn": rnn, "lstm": lstm, "gru": gru}}


def update_of(model, optimizer):
    @tf.function
    def update(inputs, targets):
        with tf.GradientTape() as tape:
            outputs = model(inputs, training=True)
            loss = tf.reduce_mean(keras.losses.mean_squared_error(targets, outputs))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    return update


def horizon(layer, dense, inputs):
    """After how many steps back |dL/dh_t| is below 1 % of |dL/dh_T|, by automatic differentiation.

    The cell is stepped by hand, so that every h_t is there to be asked for.
    """
    states = layer.get_initial_state(len(inputs))
    states = list(states) if isinstance(states, (list, tuple)) else [states]
    hidden = []
    with tf.GradientTape() as tape:
        for t in range(LENGTH):
            tape.watch(states)
            output, states = layer.cell(inputs[:, t], states)
            states = [tf.identity(state) for state in states]
            tape.watch(states)
            hidden.append(states[0])
        loss = tf.reduce_sum(dense(states[0]))
    norms = np.stack([np.linalg.norm(g.numpy(), axis=-1) for g in tape.gradient(loss, hidden)])
    curve = np.median(norms / norms[-1], axis=1)[::-1]
    below = np.flatnonzero(curve < 0.01)
    return int(below[0]) if len(below) else LENGTH


updates = {{}}
for name, model in MODELS.items():
    print(f"{{name}}: {{model.count_params()}} weights")
    optimizer = keras.optimizers.Adam(RATE{clipping})
    optimizer.build(model.trainable_variables)
    updates[name] = update_of(model, optimizer)

test_inputs, test_targets = examples(np.random.default_rng([0]), {test})
step = 0
for epoch in range(1, EPOCHS + 1):
    for _ in range(UPDATES):
        inputs, targets = examples(np.random.default_rng([1, SEED, step]), BATCH)
        step += 1
        for name in MODELS:
            loss = float(updates[name](tf.constant(inputs), tf.constant(targets)))
            if step <= 10 or step % 100 == 0:
                print(f"{{name}} step {{step}}: loss {{loss:.7f}}", flush=True)
    for name, model in MODELS.items():
        outputs = model.predict(test_inputs, verbose=0)
        rmse = np.sqrt(((outputs - test_targets) ** 2).mean())
        steps = horizon(*model.layers, tf.constant(test_inputs[:{measured}]))
        print(f"{{name}} epoch {{epoch}}: test RMSE {{rmse:.4f}}, horizon {{steps}} steps")
for name, model in MODELS.items():
    model.save(f"{{name}}.keras")
'''


def keras_script(config: Any, test: int = 512, measured: int = 32) -> str:
    """A Python script of Keras alone that makes the same updates as the run of ``config``.

    test: sequences of the test set; measured: how many of them the gradient is followed along.
    """
    return _SCRIPT.format(
        length=config.length,
        batch=config.batch_size,
        rate=config.learning_rate,
        seed=config.seed,
        epochs=config.epochs,
        updates=config.epoch_updates,
        clipping=f", global_clipnorm={config.clip_norm}" if config.clip_norm else "",
        test=test,
        measured=measured,
        models="\n".join(
            keras_code(stack, (config.length, config.task.features), name)
            for name, stack in config.networks.items()
        ),
    )
