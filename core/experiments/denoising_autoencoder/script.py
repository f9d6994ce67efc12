"""The Keras script that a visitor takes away from the denoising autoencoder."""

from typing import Any

from core.experiments.kit.image_script import imports, needs, read_and_split

_SCRIPT = '''\
"""A denoising autoencoder: plain Keras, the updates of the run on the page.

{needs}
"""

import keras
import numpy as np
import tensorflow as tf
{imports}
WIDTH, K, LEVEL = {width}, {latent_dim}, {level}
COPIES, BATCH, EPOCHS, RATE, SEED = {copies}, {batch_size}, {epochs}, {learning_rate}, {seed}

{data}
learned, held_out = pixels[training], pixels[test]
{shape}

def spoil(images, stream, *update):
    """Images with noise, cut off at 0 and 1; what is drawn is numbered."""
    rng = np.random.default_rng([stream, *update, SEED])
{noise}
    return np.clip(noisy, 0, 1)


def dense(units, seed, activation):
    initializer = keras.initializers.GlorotUniform(seed=SEED + seed)
    return keras.layers.Dense(units, activation=activation, kernel_initializer=initializer)


model = keras.Sequential(
    [
        keras.Input((pixels.shape[1],)),
        dense(WIDTH, 0, "{activation}"),
        dense(K, 1, "linear"),  # the code
        dense(WIDTH, 3, "{activation}"),
        dense(pixels.shape[1], 4, "{output}"),
    ]
)
model.summary()
optimizer = keras.optimizers.Adam()
optimizer.build(model.trainable_variables)


@tf.function
def update(noisy, clean):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(noisy, training=True) - clean) ** 2)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


def psnr(said):
    return -10 * np.log10(np.mean((held_out - np.clip(said, 0, 1)) ** 2))


examples = COPIES * len(learned)
size = min(BATCH, examples)
tested = spoil(held_out, 17)
print(f"noisy: {{psnr(tested):.3f}} dB")
step = 0
for epoch in range(1, EPOCHS + 1):
    optimizer.learning_rate.assign(RATE * 0.5 * (1 + np.cos(np.pi * (epoch - 1) / EPOCHS)))
    order = np.random.default_rng([11, SEED, epoch]).permutation(examples)
    for places in order[: examples // size * size].reshape(-1, size):
        clean = learned[places % len(learned)]
        loss = float(update(spoil(clean, 13, step), clean))
        step += 1
        if step <= 10 or step % 100 == 0:
            print(f"step {{step}}: loss {{loss:.9f}}", flush=True)
    said = model.predict(tested, batch_size=250, verbose=0)
    print(f"epoch {{epoch}}: held-out PSNR {{psnr(said):.3f}} dB", flush=True)
model.save("model.keras")
'''

_NOISE = {
    "gaussian": """\
    drawn = rng.standard_normal(images.shape, np.float32)
    noisy = images + np.float32(LEVEL) * drawn""",
    "salt_pepper": """\
    drawn = rng.random(images.shape, np.float32)
    noisy = np.where(drawn < LEVEL / 2, np.float32(0), images)
    noisy = np.where(drawn >= 1 - LEVEL / 2, np.float32(1), noisy)""",
    "block": """\
    inside = []
    for side, place in zip(SHAPE, rng.random((2, len(images), 1), np.float32)):
        length = max(1, round(LEVEL * side))
        first = np.floor(place * (side - length + 1))
        inside.append((np.arange(side) >= first) & (np.arange(side) < first + length))
    rows, columns = inside
    missing = (rows[:, :, None] & columns[:, None, :]).reshape(len(images), -1)
    noisy = np.where(missing, np.float32(0), images)""",
}


def keras_script(config: Any, shape: tuple[int, int]) -> str:
    """A Python script of Keras and NumPy that makes the same updates as the run of ``config``.

    shape: (height, width) of an image.
    """
    linear = config.activation == "linear"
    fields = (
        "width",
        "latent_dim",
        "level",
        "copies",
        "batch_size",
        "epochs",
        "learning_rate",
        "seed",
        "activation",
    )
    return _SCRIPT.format(
        needs=needs(config),
        imports=imports(config),
        data=read_and_split(config),
        shape=f"SHAPE = {shape}\n" if config.noise == "block" else "",
        noise=_NOISE[config.noise],
        output="linear" if linear else "sigmoid",
        **{name: getattr(config, name) for name in fields},
    )
