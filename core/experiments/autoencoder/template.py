"""An autoencoder.

Plain Keras: it makes the same updates as the run on the page.
"""

import math

import keras
import numpy as np

HIDDEN, LATENT_DIM, ACTIVATION, SHAPE = (256, 128, 64), 2, "tanh", (8, 8)
BATCH_SIZE, EPOCHS, LEARNING_RATE, SEED = 32, 100, 2e-3, 0
INPUT_NOISE = 0.1  # its standard deviation, in training only
PRETRAINING_EPOCHS = 10
KIND, PRETRAINING = "dense", "none"
NOTEBOOK = False

# %% The data
from core.experiments.autoencoder.config import NOISE_STREAM
from core.experiments.kit.templates.images import labels, pixels, test, training

learned, held_out = pixels[training], pixels[test]

# %% The network
from core.experiments.kit.templates.images import dense
from core.models.seeds import glorot

# From the image to the code and back, in parts; the last of the way back mirrors the first.
n = len(HIDDEN)
if KIND == "dense":
    down = [[dense(units, ACTIVATION, i)] for i, units in enumerate(HIDDEN)]
    down.append([dense(LATENT_DIM, "linear", n)])
    up = [[dense(units, ACTIVATION, n + 2 + i)] for i, units in enumerate(reversed(HIDDEN))]
    up.append([dense(pixels.shape[1], "sigmoid", 2 * n + 2)])
else:

    def conv(filters, activation, seed, strides=1):
        return keras.layers.Conv2D(
            filters,
            3,
            strides,
            "same",
            activation=activation,
            kernel_initializer=glorot(SEED + seed),
        )

    down = [[conv(filters, ACTIVATION, i, strides=2)] for i, filters in enumerate(HIDDEN)]
    down[0].insert(0, keras.layers.Reshape((*SHAPE, 1)))
    down.append([keras.layers.Flatten(), dense(LATENT_DIM, "linear", n)])
    sizes = [SHAPE]  # (height, width) after each convolution, which halves them
    for _ in HIDDEN:
        sizes.append(tuple(-(-side // 2) for side in sizes[-1]))
    maps = (*sizes[-1], HIDDEN[-1])
    up = [[dense(math.prod(maps), ACTIVATION, n + 2), keras.layers.Reshape(maps)]]
    for i, filters in enumerate([*HIDDEN[::-1][1:], 1]):
        surplus = [(0, size % 2) for size in sizes[n - 1 - i]]
        activation = ACTIVATION if i < n - 1 else "sigmoid"
        up.append([keras.layers.UpSampling2D(2), keras.layers.Cropping2D(surplus)])
        up[-1].append(conv(filters, activation, n + 3 + i))
    up[-1].append(keras.layers.Flatten())


def through(parts, x):
    for part in parts:
        for layer in part:
            x = layer(x)
    return x


images = keras.Input((pixels.shape[1],))
codes = through(down, images)
encoder, model = keras.Model(images, codes), keras.Model(images, through(up, codes))
print(f"{model.count_params()} weights")

# %% The training
from core.experiments.kit.templates.training import losses, squared_error, train, update_of


def fit(network, rows, epochs, noise):
    """Adam on the mean squared error between ``rows`` and what is made of them with noise."""

    def batch_of(places, step):
        batch = rows[places]
        if not noise:
            return batch, batch
        rng = np.random.default_rng([NOISE_STREAM, SEED, step])
        return batch + np.float32(noise) * rng.standard_normal(batch.shape, "float32"), batch

    optimizer = keras.optimizers.Adam()
    update = update_of(network, squared_error, optimizer)
    for _epoch in train(update, optimizer, len(rows), batch_of, epochs):
        pass


if PRETRAINING == "greedy":
    # Greedy: each part of the way down with its mirror image, on what the parts below make of the
    # images. Those stand still: their output is computed once.
    rows = learned
    for place, (part, mirror) in enumerate(zip(down, reversed(up), strict=True)):
        below = keras.Input(rows.shape[1:])
        code = through([part], below)
        pair = keras.Model(below, through([mirror], code))
        fit(pair, rows, PRETRAINING_EPOCHS, 0 if place else INPUT_NOISE)
        rows = keras.Model(below, code).predict(rows, batch_size=500, verbose=0)
fit(model, learned, EPOCHS, INPUT_NOISE)
decoded = model.predict(held_out, batch_size=250, verbose=0)
print(f"held-out MSE: {np.mean((decoded - held_out) ** 2):.6f}")
model.save("model.keras")

if NOTEBOOK:
    # %% The figures
    from core.experiments.kit.templates.images import pictures, plane
    from core.experiments.kit.templates.training import loss_curve

    loss_curve({"training": losses}, "mean squared error").show()
    pictures("Held-out images, and decoded", held_out, decoded).show()
    if LATENT_DIM > 1:
        plane("Codes of held-out images", encoder.predict(held_out), labels[test]).show()
