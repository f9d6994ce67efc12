"""A run of the denoising autoencoder without Keras: from noise to the shipped network's weights."""

import numpy as np

from core import pretrained
from core.events import Epoch, Finished, Started, Step
from core.experiments import Experiment
from core.experiments.denoising_autoencoder.config import NAME, DenoisingAutoencoderConfig
from core.experiments.denoising_autoencoder.task import denoising_task
from core.numeric.autoencoders.autoencoder import Autoencoder

UPDATES = 2  # an epoch
LEARNED = (0.0, 0.5, 1.0)  # by epoch, how far the weights are on the way to the shipped ones


def weights_of(config, shape, share):
    """Seeded random weights of the config's network, or, of its very shape, the shipped ones."""
    rng = np.random.default_rng(config.seed)
    a = config.architecture(shape)
    sizes = [a.features, *a.hidden, a.latent_dim, *a.hidden, a.features]
    names = ("encoder_0", "code", "decoder_0", "output")
    shipped, _card = pretrained.load(NAME, Autoencoder)
    found = {}
    for name, inputs, outputs in zip(names, sizes, sizes[1:], strict=False):
        made = {
            f"{name}.kernel": rng.standard_normal((inputs, outputs)) / np.sqrt(inputs),
            f"{name}.bias": np.zeros(outputs),
        }
        for key, own in made.items():
            there = shipped.weights[key]
            aim = there if there.shape == own.shape else own
            found[key] = ((1 - share) * own + share * aim).astype(np.float32)
    return found


def run(config, control):
    task = denoising_task(config)
    epochs = min(config.epochs, len(LEARNED))
    params = sum(a.size for a in weights_of(config, task.shape, 0).values())
    references = {
        f"{name}_psnr_db": float(-10 * np.log10(np.mean((task.images.held_out - said) ** 2)))
        for name, said in task.cleaned.items()
    }
    for name, method in (("pca", "best_pca"), ("wiener", "wiener")):
        references[f"{name}_mse"] = 10 ** (-references[f"{method}_psnr_db"] / 10)
    references["best_pca_k"] = task.removers.k
    yield Started(NAME, config.to_dict(), params, UPDATES * epochs, epochs, references)
    for epoch in range(1, epochs + 1):
        weights = weights_of(config, task.shape, LEARNED[epoch - 1])
        model = Autoencoder(config.architecture(task.shape), weights)
        codes = model.encode(task.noisy_held_out)
        error = float(np.mean((task.images.held_out - np.clip(model.decode(codes), 0, 1)) ** 2))
        for i in range(UPDATES):
            step = UPDATES * (epoch - 1) + i + 1
            yield Step(step, step / UPDATES, 0.1 * step, {"train_loss": error})
        metrics = {"mse": error, "psnr_db": float(-10 * np.log10(error)), **references}
        arrays = {"latent": codes} | (task.arrays() if epoch == 1 else {})
        arrays |= {f"weights/{name}": a.astype(np.float16) for name, a in weights.items()}
        yield Epoch(epoch, step, 0.1 * step, metrics, arrays)
    files = {"train.py": b"print('trained')\n"}
    yield Finished({**metrics, "train_s": 0.6, "params": params}, weights, files)


def find(name):
    """The experiment, whatever the name."""
    return Experiment(
        name, "A denoising autoencoder without Keras", DenoisingAutoencoderConfig, run
    )
