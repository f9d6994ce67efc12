"""A denoising autoencoder.

Plain Keras: it makes the same updates as the run on the page.
"""

import keras
import numpy as np

WIDTH, LATENT_DIM, ACTIVATION, LEVEL, SHAPE = 512, 128, "relu", 0.3, (8, 8)
COPIES, BATCH_SIZE, EPOCHS, LEARNING_RATE, SEED = 10, 128, 60, 4e-3, 0
NOISE = "gaussian"
NOTEBOOK = False

# %% The data
from core.experiments.kit.templates.images import pixels, test, training
from core.numeric.autoencoders.denoising import psnr_db

learned, held_out = pixels[training], pixels[test]


if NOISE == "gaussian":
    from core.numeric.autoencoders.noise import gaussian

    spoil = gaussian
elif NOISE == "salt_pepper":
    from core.numeric.autoencoders.noise import salt_and_pepper

    spoil = salt_and_pepper
else:
    from core.numeric.autoencoders.noise import missing_block

    spoil = missing_block


def noisy(images, stream, *update):
    """Images with noise, cut off at 0 and 1; what is drawn is numbered."""
    rng = np.random.default_rng([stream, *update, SEED])
    return np.clip(spoil(images, SHAPE, LEVEL, rng), 0, 1)


# %% The network
from core.experiments.kit.templates.images import dense

model = keras.Sequential(
    [
        keras.Input((pixels.shape[1],)),
        dense(WIDTH, ACTIVATION, 0),
        dense(LATENT_DIM, "linear", 1),  # the code
        dense(WIDTH, ACTIVATION, 3),
        dense(pixels.shape[1], "linear" if ACTIVATION == "linear" else "sigmoid", 4),
    ]
)
model.summary()

# %% The training
from core.experiments.kit.templates.training import losses, squared_error, train, update_of

optimizer = keras.optimizers.Adam()
update = update_of(model, squared_error, optimizer)
tested = noisy(held_out, 17)
print(f"noisy: {psnr_db(held_out, tested):.3f} dB")


def batch_of(places, step):
    clean = learned[places % len(learned)]
    return noisy(clean, 13, step), clean


for epoch in train(update, optimizer, COPIES * len(learned), batch_of):
    cleaned = np.clip(model.predict(tested, batch_size=250, verbose=0), 0, 1)
    print(f"epoch {epoch}: held-out PSNR {psnr_db(held_out, cleaned):.3f} dB", flush=True)
model.save("model.keras")

if NOTEBOOK:
    # %% The figures
    from core.experiments.kit.templates.images import pictures
    from core.experiments.kit.templates.training import loss_curve

    loss_curve({"training": losses}, "mean squared error").show()
    pictures("Held-out images: clean, noisy, cleaned", held_out, tested, cleaned).show()
