"""A run of the linear autoencoder without Keras: it turns from random axes into PCA's space."""

import numpy as np

from core.data.images.known import images
from core.events import Epoch, Finished, Started, Step
from core.experiments import Experiment
from core.experiments.linear_autoencoder.config import LinearAutoencoderConfig
from core.numeric.autoencoders.linear_autoencoder import LinearAutoencoder
from core.numeric.principal import components, principal_angles_deg

UPDATES = 2  # an epoch
LEFT = (1.0, 0.3, 0.05, 0.0)  # by epoch, how much of a random part is still in the axes


def turned(axes, seed):
    """Axes that span the same space, (k, features), neither orthogonal nor of length 1."""
    k = len(axes)
    mixing = np.eye(k) + 0.4 * np.random.default_rng(seed).standard_normal((k, k))
    return mixing @ axes


def run(config, control):
    known = images(config.data)
    training, test = known.split(config.seed)
    learned, held_out = (known.pixels[part].astype(float) for part in (training, test))
    pca = components(learned, config.latent_dim, config.centred)
    noise = np.random.default_rng(1).standard_normal(pca.axes.shape)

    def mse(data, said):
        return float(np.mean((data - said) ** 2))

    of_pca = {
        "pca_train_mse": mse(learned, pca.reconstruct(pca.project(learned))),
        "pca_mse": mse(held_out, pca.reconstruct(pca.project(held_out))),
    }
    epochs, params = min(config.epochs, len(LEFT)), 2 * pca.axes.size
    started = (config.to_dict(), params, UPDATES * epochs, epochs, of_pca)
    yield Started("linear-autoencoder", *started)
    for epoch in range(1, epochs + 1):
        decoder = turned(pca.axes, config.seed) + LEFT[epoch - 1] * noise
        model = LinearAutoencoder(np.linalg.pinv(decoder), decoder, pca.mean)
        angles = principal_angles_deg(decoder.T, pca.axes.T)
        train_mse = mse(learned, model.reconstruct(learned))
        for i in range(UPDATES):
            step = UPDATES * (epoch - 1) + i + 1
            yield Step(step, step / UPDATES, 0.1 * step, {"train_mse": train_mse})
        metrics = {
            "train_mse": train_mse,
            "mse_over_pca": train_mse / of_pca["pca_train_mse"],
            "mse": mse(held_out, model.reconstruct(held_out)),
            "max_principal_angle_deg": float(angles.max()),
            **of_pca,
        }
        arrays = {
            "weights/encoder": model.encoder,
            "weights/decoder": decoder,
            "angles_deg": angles,
            "latent": model.encode(held_out),
        }
        if epoch == 1:
            arrays |= {
                "labels": known.labels[test],
                "mean": pca.mean,
                "axes": pca.axes,
                "variances": pca.variances,
            }
        said = {name: array.astype(np.float32) for name, array in arrays.items()}
        if epoch == 1:
            said["test_indices"] = test.astype(np.int32)
        yield Epoch(epoch, step, 0.1 * step, metrics, said)
    yield Finished({**metrics, "params": params}, {}, {"train.py": b"print('trained')\n"})


def find(name):
    """The experiment, whatever the name."""
    return Experiment(name, "A linear autoencoder without Keras", LinearAutoencoderConfig, run)
