"""The Keras script that a visitor takes away from a run."""

from typing import Any

from core.numeric.recurrent.stack.code import keras_code
from core.numeric.recurrent.stack.layers import CLASSES

_SCRIPT = '''\
"""{about}

Run it beside the numbers of the page: python train.py data.txt
Plain Keras: it makes the same updates as the run on the page.
"""

import sys

import keras
import numpy as np
import tensorflow as tf

STEPS, BATCH, EPOCHS, RATE, DECAY, SEED = {steps}, {batch}, {epochs}, {rate}, {decay}, {seed}
MEAN, SCALE = {mean!r}, {scale!r}  # of the numbers to learn from

{data}
{change}
{model}
model.summary()
optimizer = keras.optimizers.Adam({clipping})
optimizer.build(model.trainable_variables)


@tf.function
def update(inputs, targets):
    with tf.GradientTape() as tape:
        outputs = model(inputs, training=True)
        loss = tf.reduce_mean(keras.losses.mean_squared_error(targets, outputs))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


step = 0
for epoch in range(1, EPOCHS + 1):
    optimizer.learning_rate.assign(RATE * DECAY ** (epoch - 1))
    order = np.random.default_rng([SEED, epoch]).permutation(len(inputs))
    for some in order[: STEPS * BATCH].reshape(STEPS, BATCH):
        loss = float(update(tf.constant(inputs[some]), tf.constant(targets[some])))
        step += 1
        if step <= 10 or step % 50 == 0:
            print(f"step {{step}}: loss {{loss:.7f}}", flush=True)
    told = model.predict(test_inputs, batch_size=500, verbose=0)[:, 0]{add_last}
    rmse = np.sqrt(np.mean((MEAN + SCALE * told - test_values) ** 2))
    print(f"epoch {{epoch}}: held-out RMSE {{rmse:.6g}}", flush=True)
model.save("model.keras")
'''

_SERIES = """\
values = np.loadtxt(sys.argv[1])
scaled = ((values - MEAN) / SCALE).astype("float32")
WINDOW, CUT, END = {window}, {cut}, {end}  # the held-out part begins at CUT


def windows(places):
    return np.stack([scaled[place - WINDOW : place] for place in places])[..., None]


inputs = windows(range(WINDOW, CUT))
targets = ((values[WINDOW:CUT] - MEAN) / SCALE)[:, None].astype("float32")
test_inputs, test_values = windows(range(CUT, END)), values[CUT:END]"""

_GROUPS = """\
# A row: 1 if it is held out, the window (number, 1 where a sequence begins, 1 where there is a
# number, for each step), and the number that comes next.
rows = np.loadtxt(sys.argv[1])
test = rows[:, 0] == 1
inputs = rows[~test, 1:-1].reshape(-1, {window}, 3).astype("float32")
targets = ((rows[~test, -1:] - MEAN) / SCALE).astype("float32")
test_inputs = rows[test, 1:-1].reshape(-1, {window}, 3).astype("float32")
test_values = rows[test, -1]"""

_CHANGE = """\
targets = targets - inputs[:, -1, :1]  # it tells the change from the last value
"""


def keras_script(config: Any, task: Any, steps: int, batch: int) -> str:
    """A Python script of Keras alone that makes the same steps as the run of ``config``.

    steps: updates an epoch; batch: windows of an update.
    """
    series = config.data != "generation"
    data = _SERIES if series else _GROUPS
    places = {"cut": task.cut, "end": task.end} if series else {}
    change = config.target == "change"
    return _SCRIPT.format(
        about=f"The next value of a series: {CLASSES[config.cell]}, {config.units} units.",
        steps=steps,
        batch=batch,
        epochs=config.epochs,
        rate=config.learning_rate,
        decay=config.decay,
        seed=config.seed,
        mean=task.mean,
        scale=task.scale,
        data=data.format(window=task.steps, **places),
        change=_CHANGE if change else "",
        add_last=" + test_inputs[:, -1, 0]" if change else "",
        model=keras_code(config.network, (task.steps, task.features)),
        clipping=f"global_clipnorm={config.clip_norm}" if config.clip_norm else "",
    )
