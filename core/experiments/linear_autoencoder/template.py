"""A linear autoencoder that turns into PCA.

Plain Keras: it makes the same updates as the run on the page.
"""

import keras
import numpy as np
import tensorflow as tf
from scipy.optimize import minimize

LATENT_DIM, UPDATES, LEARNING_RATE, SEED = 8, 400, 0.01, 0
OPTIMIZER, TIED, CENTRED = "lbfgs", False, True
NOTEBOOK = False

# %% The data
from core.experiments.kit.templates.images import pixels, training

learned = pixels[training].astype("float64")
mean = learned.mean(0) if CENTRED else np.zeros(learned.shape[1])
inputs = tf.constant(learned - mean)

# %% The network
from core.models.seeds import glorot


def dense(units, seed):
    return keras.layers.Dense(
        units, use_bias=False, kernel_initializer=glorot(SEED + seed), dtype="float64"
    )


images = keras.Input((learned.shape[1],), dtype="float64")
encoder = dense(LATENT_DIM, 0)
codes = encoder(images)
if TIED:

    class Transposed(keras.layers.Layer):
        """Decodes by the transpose of the encoder's kernel."""

        def call(self, codes):
            return codes @ keras.ops.transpose(encoder.kernel)

    model = keras.Model(images, Transposed(dtype="float64")(codes))
else:
    model = keras.Model(images, dense(learned.shape[1], 1)(codes))
variables = model.trainable_variables
print(f"{model.count_params()} weights")

# %% The training
losses = []


@tf.function
def loss_and_gradient():
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(inputs) - inputs) ** 2)
    return loss, tape.gradient(loss, variables)


def report(loss):
    losses.append(float(loss))
    if len(losses) <= 10 or len(losses) % 100 == 0:
        print(f"step {len(losses)}: loss {losses[-1]:.9f}", flush=True)


if OPTIMIZER == "lbfgs":
    shapes = [tuple(v.shape) for v in variables]
    ends = np.cumsum([np.prod(shape) for shape in shapes])

    def put(flat):
        for variable, part, shape in zip(variables, np.split(flat, ends[:-1]), shapes, strict=True):
            variable.assign(part.reshape(shape))

    def evaluate(flat):
        put(flat)
        loss, gradients = loss_and_gradient()
        return float(loss), np.concatenate([np.asarray(g).ravel() for g in gradients])

    def after_step(intermediate_result):
        report(intermediate_result.fun)

    options = {"maxiter": UPDATES, "maxfun": 10**6, "maxcor": 20, "ftol": 0.0, "gtol": 1e-10}
    start = np.concatenate([np.asarray(v).ravel() for v in variables])
    best = minimize(
        evaluate, start, jac=True, method="L-BFGS-B", callback=after_step, options=options
    )
    put(best.x)
else:
    optimizer = keras.optimizers.Adam(LEARNING_RATE)
    optimizer.build(variables)
    for _ in range(UPDATES):
        loss, gradients = loss_and_gradient()
        optimizer.apply_gradients(zip(gradients, variables, strict=True))
        report(loss)

_, _, axes = np.linalg.svd(learned - mean, full_matrices=False)
axes = axes[:LATENT_DIM]
error = np.mean((model(inputs) - inputs) ** 2)
of_pca = np.mean((inputs - inputs @ axes.T @ axes) ** 2)
print(f"training MSE over PCA's: {error / of_pca:.6f}")
model.save("model.keras")

if NOTEBOOK:
    # %% The figures
    from core.experiments.kit.templates.images import pictures
    from core.experiments.kit.templates.training import loss_curve

    loss_curve({"training": losses}, "mean squared error").show()
    decoded = np.array(model(inputs[:12])) + mean
    by_axes = (inputs[:12] @ axes.T @ axes) + mean
    pictures("Images, decoded, and by PCA", learned, decoded, by_axes).show()
