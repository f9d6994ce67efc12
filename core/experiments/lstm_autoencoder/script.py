"""The Keras script that a visitor takes away from a run, and the beats that it reads."""

import io
from typing import Any

import numpy as np

from core.experiments.lstm_autoencoder.task import ALLOWED, EcgTask

DATA_FILE = "beats.npz"
_TRAINING, _VALIDATION, _TEST = 0, 1, 2

_SCRIPT = '''\
"""An LSTM autoencoder that learns normal heartbeats: plain Keras, the updates of the run.

It reads beats.npz, which lies beside it.
"""

import keras
import numpy as np
import tensorflow as tf

K, UNITS, FRAME = {latent_dim}, {units}, {frame}
BATCH, EPOCHS, RATE, SEED = {batch}, {epochs}, {rate}, {seed}

with np.load("beats.npz") as stored:
    signals, part, abnormal = stored["signals"], stored["part"], stored["abnormal"]
training, validation, test = (signals[part == i] for i in range(3))
abnormal = abnormal[part == 2]
SAMPLES = signals.shape[1]
STEPS = SAMPLES // FRAME


def glorot(seed):
    return keras.initializers.GlorotUniform(seed=SEED + seed)


def lstm(seed, **more):
    start = keras.initializers.Orthogonal(seed=SEED + seed + 1)
    return keras.layers.LSTM(
        UNITS, kernel_initializer=glorot(seed), recurrent_initializer=start, **more
    )


given = keras.Input((SAMPLES,))
frames = keras.layers.Reshape((STEPS, FRAME))(given)
{encoder}
code = keras.layers.Dense(K, kernel_initializer=glorot(4))(read)
again = keras.layers.RepeatVector(STEPS)(code)
written = lstm(5, return_sequences=True)(again)
written = keras.layers.Dense(FRAME, kernel_initializer=glorot(7))(written)
{backwards}model = keras.Model(given, keras.layers.Reshape((SAMPLES,))(written))
model.summary()
optimizer = keras.optimizers.Adam({clipping})
optimizer.build(model.trainable_variables)


@tf.function
def update(beats):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(beats, training=True) - beats) ** 2)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


def scores(beats):
    """The squared error of each beat, the mean over its samples."""
    return np.mean((beats - model.predict(beats, batch_size=256, verbose=0)) ** 2, axis=1)


step = 0
for epoch in range(1, EPOCHS + 1):
    optimizer.learning_rate.assign(RATE * 0.5 * (1 + np.cos(np.pi * (epoch - 1) / EPOCHS)))
    order = np.random.default_rng([11, SEED, epoch]).permutation(len(training))
    for places in order[: len(order) // BATCH * BATCH].reshape(-1, BATCH):
        loss = float(update(tf.constant(training[places])))
        step += 1
        if step <= 10 or step % 50 == 0:
            print(f"step {{step}}: loss {{loss:.9f}}", flush=True)

found = scores(test)
higher = found[abnormal][:, None] - found[~abnormal]
print(f"area under the ROC: {{np.mean((higher > 0) + 0.5 * (higher == 0)):.6f}}")
normal = np.sort(scores(validation))[::-1]
alarm = found > normal[int({allowed} * len(normal))]
print(f"threshold at {allowed:.0%} of the normal validation beats: ", end="")
print(f"precision {{abnormal[alarm].mean():.4f}}, recall {{alarm[abnormal].mean():.4f}}")
model.save("model.keras")
'''

_ONE_WAY = "read = lstm(0)(frames)"

_BOTH_WAYS = """\
read = keras.layers.Bidirectional(lstm(0), backward_layer=lstm(2, go_backwards=True))(frames)"""

_BACKWARDS = "written = keras.ops.flip(written, axis=1)\n"


def keras_script(config: Any, training: int) -> str:
    """A Python script of Keras alone that makes the same updates as the run of ``config``.

    training: how many beats there are to learn from.
    """
    return _SCRIPT.format(
        latent_dim=config.latent_dim,
        units=config.units,
        frame=config.frame,
        batch=min(config.batch_size, training),
        epochs=config.epochs,
        rate=config.learning_rate,
        seed=config.seed,
        encoder=_BOTH_WAYS if config.bidirectional else _ONE_WAY,
        backwards=_BACKWARDS if config.backwards else "",
        clipping=f"global_clipnorm={config.clip_norm}" if config.clip_norm else "",
        allowed=ALLOWED,
    )


def data_file(task: EcgTask) -> bytes:
    """The beats that a run learned from and was tested on, as the script reads them.

    An npz of signals, float32 (n, samples); part, int8 (n,), 0 for training, 1 for validation, 2
    for test; abnormal, bool (n,).
    """
    split = task.split
    parts = {_TRAINING: split.training, _VALIDATION: split.validation, _TEST: split.test}
    which = np.concatenate(list(parts.values()))
    out = io.BytesIO()
    np.savez_compressed(
        out,
        signals=task.beats.signals[which],
        part=np.repeat(np.array(list(parts), np.int8), [len(p) for p in parts.values()]),
        abnormal=task.beats.abnormal[which],
    )
    return out.getvalue()
