"""A sparse autoencoder.

Plain Keras: it makes the same updates as the run on the page; of a sweep, those of the run's own
network.
"""

import keras
import numpy as np
import tensorflow as tf

LATENT_DIM, BATCH_SIZE, EPOCHS, LEARNING_RATE, SEED = 100, 32, 120, 3e-3, 0
PENALTY_WEIGHT = 0.3
TARGET_ACTIVATION = 0.05
FIRES_ABOVE = 0.0  # which activation counts as firing
PENALTY, UNIT_NORM = "l1", True
NOTEBOOK = False

# %% The data
from core.experiments.kit.templates.images import pixels, test, training

learned, held_out = pixels[training], pixels[test]
features = pixels.shape[1]

# %% The network
from core.models.seeds import glorot

images = keras.Input((features,))
code = keras.layers.Dense(
    LATENT_DIM, "sigmoid" if PENALTY == "kl" else "relu", kernel_initializer=glorot(SEED)
)
output = keras.layers.Dense(features, kernel_initializer=glorot(SEED + 2))
codes = code(images)
decoded = output(codes)
encoder, autoencoder = keras.Model(images, codes), keras.Model(images, decoded)
model = keras.Model(images, [decoded, codes])
if UNIT_NORM:
    # Each atom keeps the length 1.
    output.kernel_constraint = output.kernel.constraint = keras.constraints.UnitNorm(axis=1)
    output.kernel.assign(output.kernel_constraint(output.kernel))
code.kernel.assign(keras.ops.transpose(output.kernel))
if PENALTY == "kl":
    at_rest = np.log(TARGET_ACTIVATION / (1 - TARGET_ACTIVATION))
    code.bias.assign(np.full(LATENT_DIM, at_rest))

# %% The training
from core.experiments.kit.templates.training import losses, train, update_of


def loss_of(targets, outputs):
    """(Squared error + weight * penalty) / pixels."""
    decoded, codes = outputs
    error = tf.reduce_mean((targets - decoded) ** 2)
    if PENALTY == "l1":
        penalty = tf.reduce_mean(tf.reduce_sum(tf.abs(codes), axis=1))
        error += PENALTY_WEIGHT * penalty / features
    elif PENALTY == "kl":
        mean = tf.clip_by_value(tf.reduce_mean(codes, axis=0), 1e-6, 1 - 1e-6)
        penalty = tf.reduce_sum(kl_bernoulli(TARGET_ACTIVATION, mean, tf.math.log))
        error += PENALTY_WEIGHT * penalty / features
    return error


if PENALTY == "kl":
    from core.numeric.autoencoders.sparsity import kl_bernoulli

optimizer = keras.optimizers.Adam()
update = update_of(model, loss_of, optimizer)
for _epoch in train(update, optimizer, len(learned), lambda some, _step: (learned[some],) * 2):
    pass
codes = encoder.predict(held_out, verbose=0)
decoded = autoencoder.predict(held_out, verbose=0)
active = (codes > FIRES_ABOVE).sum(1).mean()
dead = np.count_nonzero(~(encoder.predict(learned, verbose=0) > FIRES_ABOVE).any(0))
error = np.mean((held_out - decoded) ** 2)
print(f"held-out error {error:.6f}, {active:.2f} active units, {dead} dead")
mean = learned.mean(0)
_, _, axes = np.linalg.svd(learned - mean, full_matrices=False)
axes = axes[: max(1, round(active))]
by_pca = np.mean((held_out - mean - (held_out - mean) @ axes.T @ axes) ** 2)
print(f"PCA with {len(axes)} components: {by_pca:.6f}")
autoencoder.save("model.keras")

if NOTEBOOK:
    # %% The figures
    from core.experiments.kit.templates.images import pictures
    from core.experiments.kit.templates.training import loss_curve

    loss_curve({"training": losses}, "loss").show()
    pictures("Held-out images, and decoded", held_out, decoded).show()
    atoms, _ = output.get_weights()
    pictures("Atoms: what a unit adds to an image", atoms, atoms[12:], atoms[24:]).show()
