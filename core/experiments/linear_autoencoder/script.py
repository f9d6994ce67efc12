"""The Keras script that a visitor takes away from the linear autoencoder."""

from typing import Any

from core.experiments.kit.image_script import imports, needs, read_and_split

_SCRIPT = '''\
"""A linear autoencoder that turns into PCA: plain Keras, the updates of the run on the page.

{needs}
"""

import keras
import numpy as np
import tensorflow as tf
{imports}
K, SEED = {latent_dim}, {seed}

{data}
learned = pixels[training].astype("float64")
mean = {mean}
inputs = tf.constant(learned - mean)


def glorot(seed):
    return keras.initializers.GlorotUniform(seed=SEED + seed)


given = keras.Input((learned.shape[1],), dtype="float64")
encoder = keras.layers.Dense(K, use_bias=False, kernel_initializer=glorot(0), dtype="float64")
codes = encoder(given)
{decoder}
variables = model.trainable_variables
print(f"{{model.count_params()}} weights")


def loss_and_gradient():
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(inputs) - inputs) ** 2)
    return loss, tape.gradient(loss, variables)


{training}

_, _, axes = np.linalg.svd(learned - mean, full_matrices=False)
best = np.mean((inputs - inputs @ axes[:K].T @ axes[:K]) ** 2)
print(f"training MSE over PCA's: {{np.mean((model(inputs) - inputs) ** 2) / best:.6f}}")
model.save("model.keras")
'''

_UNTIED = """\
decoder = keras.layers.Dense(
    learned.shape[1], use_bias=False, kernel_initializer=glorot(1), dtype="float64"
)
model = keras.Model(given, decoder(codes))"""

_TIED = '''\

class Transposed(keras.layers.Layer):
    """Decodes by the transpose of the encoder's kernel."""

    def call(self, codes):
        return codes @ keras.ops.transpose(encoder.kernel)


model = keras.Model(given, Transposed(dtype="float64")(codes))'''

_LBFGS = """\
shapes = [tuple(v.shape) for v in variables]
ends = np.cumsum([np.prod(shape) for shape in shapes])


def put(flat):
    for variable, part, shape in zip(variables, np.split(flat, ends[:-1]), shapes):
        variable.assign(part.reshape(shape))


def evaluate(flat):
    put(flat)
    loss, gradients = loss_and_gradient()
    return float(loss), np.concatenate([np.asarray(g).ravel() for g in gradients])


step = 0


def tell(intermediate_result):
    global step
    step += 1
    if step <= 10 or step % 100 == 0:
        print(f"step {{step}}: loss {{intermediate_result.fun:.9f}}", flush=True)


options = {{"maxiter": {updates}, "maxfun": 10**6, "maxcor": 20, "ftol": 0.0, "gtol": 1e-10}}
start = np.concatenate([np.asarray(v).ravel() for v in variables])
found = minimize(evaluate, start, jac=True, method="L-BFGS-B", callback=tell, options=options)
put(found.x)"""

_ADAM = """\
optimizer = keras.optimizers.Adam({learning_rate})
optimizer.build(variables)
for step in range(1, {updates} + 1):
    loss, gradients = loss_and_gradient()
    optimizer.apply_gradients(zip(gradients, variables))
    if step <= 10 or step % 100 == 0:
        print(f"step {{step}}: loss {{float(loss):.9f}}", flush=True)"""


def keras_script(config: Any) -> str:
    """A Python script of Keras and SciPy that makes the same updates as the run of ``config``."""
    lbfgs = config.optimizer == "lbfgs"
    of_scipy = "from scipy.optimize import minimize\n" if lbfgs else ""
    updates = config.epochs * config.epoch_updates
    return _SCRIPT.format(
        needs=needs(config),
        imports=of_scipy + imports(config),
        latent_dim=config.latent_dim,
        seed=config.seed,
        data=read_and_split(config),
        mean="learned.mean(0)" if config.centred else "np.zeros(learned.shape[1])",
        decoder=_TIED if config.tied else _UNTIED,
        training=(_LBFGS if lbfgs else _ADAM).format(
            updates=updates, learning_rate=config.learning_rate
        ),
    )
