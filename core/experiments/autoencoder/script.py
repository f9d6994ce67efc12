"""The Keras script that a visitor takes away from an autoencoder."""

from typing import Any

from core.experiments.kit.image_script import imports, needs, read_and_split
from core.numeric.autoencoders.autoencoder import KERNEL, Architecture

_SCRIPT = '''\
"""An autoencoder in plain Keras, by the updates of the run on the page.

{needs}
"""

import keras
import numpy as np
import tensorflow as tf
{imports}
SEED, BATCH, RATE, NOISE = {seed}, {batch}, {rate}, {noise}

{data}
learned, held_out = pixels[training], pixels[test]


def dense(units, activation, seed):
    kernel = keras.initializers.GlorotUniform(seed=SEED + seed)
    return keras.layers.Dense(units, activation, kernel_initializer=kernel)
{conv}

# From the image to the code and back, in parts; the last of the way back mirrors the first.
down = [
{down}
]
up = [
{up}
]


def through(parts, x):
    for layer in sum(parts, []):
        x = layer(x)
    return x


images = keras.Input((learned.shape[1],))
model = keras.Model(images, through(up, through(down, images)))
print(f"{{model.count_params()}} weights")
step = 0


def train(network, rows, epochs, noise):
    """Adam on the mean squared error, its rate falling along half a cosine."""
    global step
    optimizer = keras.optimizers.Adam()
    optimizer.build(network.trainable_variables)

    @tf.function
    def update(batch, targets):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((network(batch, training=True) - targets) ** 2)
        gradients = tape.gradient(loss, network.trainable_variables)
        optimizer.apply_gradients(zip(gradients, network.trainable_variables))
        return loss

    size = min(BATCH, len(rows))
    for epoch in range(1, epochs + 1):
        optimizer.learning_rate = RATE * 0.5 * (1 + np.cos(np.pi * (epoch - 1) / epochs))
        order = np.random.default_rng([11, SEED, epoch]).permutation(len(rows))
        for some in order[: len(rows) // size * size].reshape(-1, size):
            batch = targets = rows[some]
            if noise:
                drawn = np.random.default_rng([{stream}, SEED, step])
                batch = batch + np.float32(noise) * drawn.standard_normal(batch.shape, "float32")
            loss = float(update(tf.constant(batch), tf.constant(targets)))
            step += 1
            if step <= 10 or step % 100 == 0:
                print(f"step {{step}}: loss {{loss:.9f}}", flush=True)

{greedy}
train(model, learned, {epochs}, NOISE)
said = model.predict(held_out, batch_size=250, verbose=0)
print(f"held-out MSE: {{np.mean((said - held_out) ** 2):.6f}}")
model.save("model.keras")
'''

_CONV = """

def conv(filters, activation, seed, strides=1):
    kernel = keras.initializers.GlorotUniform(seed=SEED + seed)
    return keras.layers.Conv2D(
        filters, {size}, strides, "same", activation=activation, kernel_initializer=kernel
    )
"""

_GREEDY = """
# Greedy: each part of the way down with its mirror image, on what the parts below make of the
# images. Those stand still: their output is computed once.
rows = learned
for place, (part, mirror) in enumerate(zip(down, reversed(up))):
    below = keras.Input(rows.shape[1:])
    code = through([part], below)
    train(keras.Model(below, through([mirror], code)), rows, {epochs}, 0 if place else NOISE)
    rows = keras.Model(below, code).predict(rows, batch_size=500, verbose=0)
"""


def keras_script(config: Any, shape: tuple[int, int], noise_stream: int) -> str:
    """A script of Keras alone that makes the updates of the run of ``config``.

    shape: (height, width) of an image. noise_stream: of the noise on the input, beside the seed.
    """
    architecture = config.architecture(shape)
    parts = _convolutional if architecture.convolutional else _dense
    down, up = (
        "\n".join(f"    [{', '.join(part)}]," for part in half) for half in parts(architecture)
    )
    greedy = config.pretraining == "greedy"
    return _SCRIPT.format(
        needs=needs(config),
        imports=imports(config),
        seed=config.seed,
        batch=config.batch_size,
        rate=config.learning_rate,
        noise=config.input_noise,
        data=read_and_split(config),
        conv=_CONV.format(size=KERNEL) if architecture.convolutional else "",
        down=down,
        up=up,
        stream=noise_stream,
        greedy=_GREEDY.format(epochs=config.pretraining_epochs) if greedy else "",
        epochs=config.epochs,
    )


def _dense(a: Architecture) -> tuple[list[list[str]], list[list[str]]]:
    """The layers of both halves as code, in parts; each layer's seed is the network's."""
    n, act = len(a.hidden), repr(a.activation)
    down = [[f"dense({units}, {act}, {i})"] for i, units in enumerate(a.hidden)]
    up = [[f"dense({u}, {act}, {n + 2 + i})"] for i, u in enumerate(reversed(a.hidden))]
    down.append([f"dense({a.latent_dim}, None, {n})"])
    up.append([f"dense({a.features}, {a.output_activation!r}, {2 * n + 2})"])
    return down, up


def _convolutional(a: Architecture) -> tuple[list[list[str]], list[list[str]]]:
    """The same of convolutions, which halve and double the sides of an image."""
    n, act = len(a.hidden), repr(a.activation)
    *larger, (height, width) = a.sizes()
    down = [[f"conv({filters}, {act}, {i}, strides=2)"] for i, filters in enumerate(a.hidden)]
    down[0].insert(0, f"keras.layers.Reshape({(*a.shape, 1)})")
    down.append(["keras.layers.Flatten()", f"dense({a.latent_dim}, None, {n})"])
    maps = (height, width, a.hidden[-1])
    units = height * width * a.hidden[-1]
    up = [[f"dense({units}, {act}, {n + 2})", f"keras.layers.Reshape({maps})"]]
    for i, (size, filters) in enumerate(
        zip(reversed(larger), [*a.hidden[::-1][1:], 1], strict=True)
    ):
        part = ["keras.layers.UpSampling2D(2)"]
        surplus = (2 * height - size[0], 2 * width - size[1])
        if any(surplus):
            part.append(f"keras.layers.Cropping2D(((0, {surplus[0]}), (0, {surplus[1]})))")
        activation = act if i < n - 1 else repr(a.output_activation)
        up.append([*part, f"conv({filters}, {activation}, {n + 3 + i})"])
        height, width = size
    up[-1].append("keras.layers.Flatten()")
    return down, up
