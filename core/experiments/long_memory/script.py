"""The Keras script that a visitor takes away from a race."""

from typing import Any

from core.numeric.recurrent.stack.code import keras_code

_SCRIPT = '''\
"""{about}

Plain Keras: it makes the same updates as the run on the page. It needs no data: every example is
made when it is needed.
"""

import keras
import numpy as np
import tensorflow as tf

LENGTH, BATCH, RATE, SEED = {length}, {batch}, {rate}, {seed}
EPOCHS, UPDATES = {epochs}, {updates}
{constants}


{examples}


{models}
MODELS = {{{names}}}
OPTIMIZERS = {{
    name: keras.optimizers.Adam(RATE{clipping}) for name in MODELS
}}
for name, model in MODELS.items():
    print(f"{{name}}: {{model.count_params()}} weights")
    OPTIMIZERS[name].build(model.trainable_variables)


def update_of(model, optimizer):
    @tf.function
    def update(inputs, targets):
        with tf.GradientTape() as tape:
            outputs = model(inputs, training=True)
            loss = tf.reduce_mean({loss})
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    return update


updates = {{name: update_of(model, OPTIMIZERS[name]) for name, model in MODELS.items()}}
test_inputs, test_targets = examples(np.random.default_rng([0]), {test})
racing, step = list(MODELS), 0
for epoch in range(1, EPOCHS + 1):
    for _ in range(UPDATES):
        inputs, targets = examples(np.random.default_rng([1, SEED, step]), BATCH)
        step += 1
        for name in racing:
            loss = float(updates[name](tf.constant(inputs), tf.constant(targets)))
            if step <= 10 or step % 100 == 0:
                print(f"{{name}} step {{step}}: loss {{loss:.7f}}", flush=True)
    for name in list(racing):
        outputs = MODELS[name].predict(test_inputs, batch_size=250, verbose=0)
        {score}
        print(f"{{name}} epoch {{epoch}}: {score_name} {{score:.4f}}", flush=True)
        if {stop}:
            racing.remove(name)  # it has reached the goal, and rests
    if not racing:
        break
for name, model in MODELS.items():
    model.save(f"{{name}}.keras")
'''

_ADDING = '''\
def examples(rng, count):
    """Numbers from 0 to 1, one marked in each half; the target is the sum of the two."""
    inputs = np.zeros((count, LENGTH, 2), "float32")
    inputs[..., 0] = rng.random((count, LENGTH), "float32")
    rows = np.arange(count)
    inputs[rows, rng.integers(0, LENGTH // 2, count), 1] = 1
    inputs[rows, rng.integers(LENGTH // 2, LENGTH, count), 1] = 1
    return inputs, (inputs[..., 0] * inputs[..., 1]).sum(1, keepdims=True)'''

_COPY = '''\
def examples(rng, count):
    """RECALL symbols of 8, blanks (8), a sign (9), blanks; the targets are the symbols."""
    symbols = rng.integers(0, 8, (count, RECALL)).astype("int32")
    ids = np.full((count, LENGTH + 2 * RECALL), 8)
    ids[:, :RECALL] = symbols
    ids[:, RECALL + LENGTH - 1] = 9
    return np.eye(10, dtype="float32")[ids], symbols'''


def keras_script(config: Any) -> str:
    """A Python script of Keras alone that makes the same updates as the race of ``config``."""
    copy = config.task == "copy"
    return _SCRIPT.format(
        about=f"A race of recurrent cells: {'copy memory' if copy else 'the adding problem'}.",
        length=config.length,
        batch=config.batch_size,
        rate=config.learning_rate,
        seed=config.seed,
        epochs=config.epochs,
        updates=config.epoch_updates,
        constants=f"RECALL = {config.recall}" if copy else "",
        examples=_COPY if copy else _ADDING,
        models="\n".join(
            keras_code(stack, config.input_shape, cell) for cell, stack in config.networks.items()
        ),
        names=", ".join(f'"{cell}": {cell}' for cell in config.entrants),
        clipping=f", global_clipnorm={config.clip_norm}" if config.clip_norm else "",
        loss=(
            "keras.losses.sparse_categorical_crossentropy(targets, outputs, from_logits=True)"
            if copy
            else "keras.losses.mean_squared_error(targets, outputs)"
        ),
        test=1000,
        score=(
            "score = (outputs.argmax(-1) == test_targets).mean()"
            if copy
            else "score = np.sqrt(((outputs - test_targets) ** 2).mean())"
        ),
        score_name="accuracy" if copy else "test RMSE",
        stop=_stop(config, copy),
    )


def _stop(config, copy) -> str:
    if not config.stop_at_goal:
        return "False"
    return "score >= 0.99" if copy else "score <= 0.05"
