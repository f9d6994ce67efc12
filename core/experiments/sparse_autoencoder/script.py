"""The Keras script that a visitor takes away from the sparse autoencoder."""

from typing import Any

from core.experiments.kit.image_script import imports, needs, read_and_split

_SCRIPT = '''\
"""A sparse autoencoder with {penalty}: plain Keras, the updates of the run on the page.

{needs}
"""

import keras
import numpy as np
import tensorflow as tf
{imports}
UNITS, BATCH, EPOCHS, RATE, SEED = {units}, {batch}, {epochs}, {rate}, {seed}
{settings}
{data}
learned, held_out = pixels[training], pixels[test]
features = pixels.shape[1]


def glorot(seed):
    return keras.initializers.GlorotUniform(seed=seed)


given = keras.Input((features,))
code = keras.layers.Dense(UNITS, activation="{activation}", kernel_initializer=glorot(SEED))
output = keras.layers.Dense(features, kernel_initializer=glorot(SEED + 2){constraint})
codes = code(given)
decoded = output(codes)
encoder, autoencoder = keras.Model(given, codes), keras.Model(given, decoded)
both = keras.Model(given, [decoded, codes])
{start}variables = both.trainable_variables
optimizer = keras.optimizers.Adam(0.0)
optimizer.build(variables)


@tf.function
def update(batch):
    with tf.GradientTape() as tape:
        decoded, codes = both(batch)
        loss = tf.reduce_mean((batch - decoded) ** 2)
{cost}    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


step = 0
for epoch in range(1, EPOCHS + 1):
    optimizer.learning_rate.assign(RATE * 0.5 * (1 + np.cos(np.pi * (epoch - 1) / EPOCHS)))
    places = np.random.default_rng([11, SEED, epoch]).permutation(len(learned))
    for some in places[: len(places) // BATCH * BATCH].reshape(-1, BATCH):
        loss = float(update(tf.constant(learned[some])))
        step += 1
        if step <= 10 or step % 100 == 0:
            print(f"step {{step}}: loss {{loss:.7f}}", flush=True)

codes = encoder.predict(held_out, verbose=0)
error = np.mean((held_out - autoencoder.predict(held_out, verbose=0)) ** 2)
fires = codes > {above}
active = fires.sum(1).mean()
dead = np.count_nonzero(~(encoder.predict(learned, verbose=0) > {above}).any(0))
print(f"held-out error {{error:.6f}}, {{active:.2f}} active units, {{dead}} dead")
mean = learned.mean(0)
_, _, axes = np.linalg.svd(learned - mean, full_matrices=False)
axes = axes[: max(1, round(active))]
by_pca = np.mean((held_out - mean - (held_out - mean) @ axes.T @ axes) ** 2)
print(f"PCA with {{len(axes)}} components: {{by_pca:.6f}}")
autoencoder.save("model.keras")
'''

_NAMES = {"l1": "an L1 penalty", "kl": "a KL penalty", "none": "no penalty"}

_COSTS = {
    "none": "",
    "l1": """\
        cost = tf.reduce_mean(tf.reduce_sum(tf.abs(codes), axis=1))
        loss += WEIGHT * cost / features
""",
    "kl": """\
        mean = tf.clip_by_value(tf.reduce_mean(codes, axis=0), 1e-6, 1 - 1e-6)
        kl = TARGET * tf.math.log(TARGET / mean)
        kl += (1 - TARGET) * tf.math.log((1 - TARGET) / (1 - mean))
        loss += WEIGHT * tf.reduce_sum(kl) / features
""",
}


def keras_script(config: Any) -> str:
    """A Python script of Keras alone that makes the same updates as the run of ``config``.

    Of a sweep, those of the run's own network.
    """
    kl = config.penalty == "kl"
    settings = [] if config.penalty == "none" else [f"WEIGHT = {config.penalty_weight}\n"]
    settings += [f"TARGET = {config.target_activation}\n"] if kl else []
    start = [
        "output.kernel.assign(output.kernel_constraint(output.kernel))\n" * config.unit_norm,
        "code.kernel.assign(keras.ops.transpose(output.kernel))\n",
        "code.bias.assign(np.full(UNITS, np.log(TARGET / (1 - TARGET))))\n" * kl,
    ]
    constraint = ", kernel_constraint=keras.constraints.UnitNorm(axis=1)"
    return _SCRIPT.format(
        penalty=_NAMES[config.penalty],
        needs=needs(config),
        imports=imports(config),
        units=config.latent_dim,
        batch=config.batch_size,
        epochs=config.epochs,
        rate=config.learning_rate,
        seed=config.seed,
        settings="".join(settings),
        data=read_and_split(config),
        activation="sigmoid" if kl else "relu",
        constraint=constraint * config.unit_norm,
        start="".join(start),
        cost=_COSTS[config.penalty],
        above=config.fires_above,
    )
