"""The Keras script that a visitor takes away from the variational autoencoder."""

from typing import Any

from core.experiments.kit.image_script import imports, needs, read_and_split

_SCRIPT = '''\
"""A variational autoencoder: plain Keras, the updates of the run on the page.

{needs}
"""

import keras
import numpy as np
import tensorflow as tf
from keras import ops
{imports}
HIDDEN, K, ACTIVATION = {hidden}, {latent_dim}, "{activation}"
BETA, WARM_UP = {beta}, {warm_up}
BATCH, EPOCHS, RATE, SEED = {batch_size}, {epochs}, {learning_rate}, {seed}

{data}{binarised}
learned, held_out = pixels[training], pixels[test]
features = pixels.shape[1]


def dense(units, seed, activation):
    initializer = keras.initializers.GlorotUniform(seed=SEED + seed)
    return keras.layers.Dense(units, activation=activation, kernel_initializer=initializer)


images = x = keras.Input((features,))
for i, units in enumerate(HIDDEN):
    x = dense(units, i, ACTIVATION)(x)
mean = dense(K, len(HIDDEN), "linear")(x)
log_var = dense(K, len(HIDDEN) + 1, "linear")(x)
encoder = keras.Model(images, [mean, log_var])

code = x = keras.Input((K,))
for i, units in enumerate(HIDDEN[::-1]):
    x = dense(units, len(HIDDEN) + 2 + i, ACTIVATION)(x)
decoder = keras.Model(code, dense(features, 2 * len(HIDDEN) + 2, "sigmoid")(x))

noise = keras.Input((K,))
mean, log_var = encoder(images)
drawn = mean + noise * ops.exp(0.5 * log_var)
model = keras.Model([images, noise], [decoder(drawn), mean, log_var])
model.summary()
optimizer = keras.optimizers.Adam()
optimizer.build(model.trainable_variables)

{likelihood}


def kl(mean, log_var):
    """From N(mean, exp(log_var)) to N(0, 1), in nats an image."""
    return 0.5 * ops.sum(ops.exp(log_var) + mean**2 - 1 - log_var, axis=-1)


@tf.function
def update(images, noise, beta):
    with tf.GradientTape() as tape:
        decoded, mean, log_var = model([images, noise], training=True)
        loss = tf.reduce_mean(reconstruction(images, decoded) + beta * kl(mean, log_var)) / UNIT
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss * UNIT


def standard_normal(stream, *number, shape):
    rng = np.random.default_rng([stream, SEED, *number])
    return rng.standard_normal(shape, dtype=np.float32)


size = min(BATCH, len(learned))
warm_up = WARM_UP * (len(learned) // size)
step = 0
for epoch in range(1, EPOCHS + 1):
    optimizer.learning_rate.assign(RATE * 0.5 * (1 + np.cos(np.pi * (epoch - 1) / EPOCHS)))
    order = np.random.default_rng([11, SEED, epoch]).permutation(len(learned))
    for places in order[: len(learned) // size * size].reshape(-1, size):
        beta = BETA * min(1.0, step / warm_up) if warm_up else BETA
        noise = {noise}
        loss = float(update(learned[places], noise, tf.constant(beta, tf.float32)))
        step += 1
        if step <= 10 or step % 100 == 0:
            print(f"step {{step}}: loss {{loss:.7f}} nats", flush=True)
    mean, log_var = encoder.predict(held_out, batch_size=250, verbose=0)
    drawn = mean + standard_normal(17, shape=mean.shape) * np.exp(0.5 * log_var)
    said = reconstruction(held_out, decoder.predict(drawn, batch_size=250, verbose=0))
    elbo = -np.mean(said + kl(mean, log_var))
    print(f"epoch {{epoch}}: held-out ELBO {{elbo:.3f}} nats", flush=True)
model.save("model.keras")
'''

_GAUSSIAN = '''\
SIGMA = {sigma}
UNIT = features / (2 * SIGMA**2)  # nats of a unit of the mean squared error


def reconstruction(images, decoded):
    """-log of the normal density of the pixels, in nats an image."""
    squares = ops.sum((images - decoded) ** 2, axis=-1)
    return squares / (2 * SIGMA**2) + features * np.log(SIGMA * np.sqrt(2 * np.pi))'''

_BERNOULLI = '''\
UNIT = float(features)  # nats of a unit of the mean cross-entropy


def reconstruction(images, decoded):
    """-log of the probability of the pixels, in nats an image."""
    p = ops.clip(decoded, 1e-7, 1 - 1e-7)
    return -ops.sum(images * ops.log(p) + (1 - images) * ops.log(1 - p), axis=-1)'''

_BINARISED = 'pixels = (pixels >= 0.5).astype("float32")\n'
_NOISE = {
    True: "standard_normal(13, step, shape=(size, K))",
    False: 'np.zeros((size, K), "float32")',
}
_FIELDS = ("latent_dim", "activation", "beta", "warm_up", "batch_size", "epochs")


def keras_script(config: Any, shape: tuple[int, int]) -> str:
    """A Python script of Keras and NumPy that makes the same updates as the run of ``config``.

    shape: (height, width) of an image.
    """
    gaussian = config.likelihood == "gaussian"
    return _SCRIPT.format(
        needs=needs(config),
        imports=imports(config),
        data=read_and_split(config),
        binarised=_BINARISED if config.binarised else "",
        hidden=config.architecture(shape).hidden,
        likelihood=_GAUSSIAN.format(sigma=config.sigma) if gaussian else _BERNOULLI,
        noise=_NOISE[config.sampling],
        learning_rate=config.learning_rate,
        seed=config.seed,
        **{name: getattr(config, name) for name in _FIELDS},
    )
