"""A variational autoencoder.

Plain Keras: it makes the same updates as the run on the page.
"""

import keras
import numpy as np
from keras import ops

HIDDEN, LATENT_DIM, ACTIVATION = (256, 128), 2, "relu"
BETA, WARM_UP, SIGMA = 1.0, 20, 0.15
BATCH_SIZE, EPOCHS, LEARNING_RATE, SEED = 64, 100, 2e-3, 0
BINARISED, SAMPLING = False, True
LIKELIHOOD = "gaussian"
NOTEBOOK = False

# %% The data
from core.experiments.kit.templates.images import labels, pixels, test, training

if BINARISED:
    pixels = (pixels >= 0.5).astype("float32")
learned, held_out = pixels[training], pixels[test]
features = pixels.shape[1]

# %% The network
from core.experiments.kit.templates.images import dense

images = x = keras.Input((features,))
for i, units in enumerate(HIDDEN):
    x = dense(units, ACTIVATION, i)(x)
mean = dense(LATENT_DIM, "linear", len(HIDDEN))(x)
log_var = dense(LATENT_DIM, "linear", len(HIDDEN) + 1)(x)
encoder = keras.Model(images, [mean, log_var])

code = x = keras.Input((LATENT_DIM,))
for i, units in enumerate(HIDDEN[::-1]):
    x = dense(units, ACTIVATION, len(HIDDEN) + 2 + i)(x)
decoder = keras.Model(code, dense(features, "sigmoid", 2 * len(HIDDEN) + 2)(x))

noise = keras.Input((LATENT_DIM,))
mean, log_var = encoder(images)
drawn = mean + noise * ops.exp(0.5 * log_var)
model = keras.Model([images, noise], [decoder(drawn), mean, log_var])
model.summary()

# %% The training
from core.experiments.kit.templates.training import losses, train, update_of
from core.numeric.autoencoders.variational import kl_to_standard_normal

if LIKELIHOOD == "gaussian":
    unit = features / (2 * SIGMA**2)  # nats of a unit of the mean squared error
else:
    unit = float(features)  # nats of a unit of the mean cross-entropy


def reconstruction(images, decoded):
    """-log of the probability of the pixels, in nats an image."""
    if LIKELIHOOD == "gaussian":
        squares = ops.sum((images - decoded) ** 2, axis=-1)
        return squares / (2 * SIGMA**2) + features * np.log(SIGMA * np.sqrt(2 * np.pi))
    else:
        p = ops.clip(decoded, 1e-7, 1 - 1e-7)
        return -ops.sum(images * ops.log(p) + (1 - images) * ops.log(1 - p), axis=-1)


def loss_of(targets, outputs):
    """-ELBO with the KL divergence times beta, in units of the mean over the pixels."""
    (images, beta), (decoded, mean, log_var) = targets, outputs
    divergence = kl_to_standard_normal(mean, log_var, ops)
    return ops.mean(reconstruction(images, decoded) + beta * divergence) / unit


def standard_normal(stream, *number, shape):
    return np.random.default_rng([stream, SEED, *number]).standard_normal(shape, np.float32)


def batch_of(places, step):
    warm_up = WARM_UP * (len(learned) // len(places))  # updates in which beta grows
    beta = np.float32(BETA * min(1.0, step / warm_up) if warm_up else BETA)
    if SAMPLING:
        noise = standard_normal(13, step, shape=(len(places), LATENT_DIM))
    else:
        noise = np.zeros((len(places), LATENT_DIM), "float32")
    return [learned[places], noise], (learned[places], beta)


optimizer = keras.optimizers.Adam()
update = update_of(model, loss_of, optimizer)
for epoch in train(update, optimizer, len(learned), batch_of, unit=unit):
    mean, log_var = encoder.predict(held_out, batch_size=250, verbose=0)
    drawn = mean + standard_normal(17, shape=mean.shape) * np.exp(0.5 * log_var)
    decoded = decoder.predict(drawn, batch_size=250, verbose=0)
    divergence = kl_to_standard_normal(mean, log_var)
    elbo = -np.mean(reconstruction(held_out, decoded) + divergence)
    print(f"epoch {epoch}: held-out ELBO {elbo:.3f} nats", flush=True)
model.save("model.keras")

if NOTEBOOK:
    # %% The figures
    from core.experiments.kit.templates.images import pictures, plane
    from core.experiments.kit.templates.training import loss_curve

    loss_curve({"training": losses}, "nats").show()
    plane("The means of held-out codes", mean, labels[test]).show()
    dreamt = decoder.predict(standard_normal(31, shape=(12, LATENT_DIM)), verbose=0)
    pictures("Held-out images, decoded, and drawn anew", held_out, decoded, dreamt).show()
