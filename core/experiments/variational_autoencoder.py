"""A variational autoencoder: a code that is a distribution, and images drawn from a prior."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from core.events import Event
from core.experiments import fields
from core.experiments.autoencoder_run import Learner, learn, order
from core.experiments.config import Config as Base
from core.experiments.config import choice, flag, real, whole
from core.experiments.control import Control
from core.experiments.image_script import image_files
from core.experiments.image_task import ImageTask, check_compresses, image_task
from core.experiments.variational_autoencoder_scores import baseline, compared, finished
from core.experiments.variational_autoencoder_script import keras_script
from core.messages import N_
from core.numeric.autoencoder import Architecture, Autoencoder
from core.numeric.variational import Likelihood

NAME = "variational-autoencoder"
_NOISE_STREAM = 13
_INK = 0.5


@dataclass(frozen=True)
class Config(Base):
    """Images, network, loss and training."""

    data: str = fields.image_set()
    latent_dim: int = fields.latent_dim(2, 32)
    beta: float = real(
        1.0,
        0.0,
        10.0,
        N_("Beta"),
        N_("What a nat of KL counts. 1 is the bound on log p(x); 0 leaves the code alone."),
        step=0.25,
    )
    likelihood: str = choice(
        "gaussian",
        {"gaussian": N_("Gaussian N(x̂, σ²)"), "bernoulli": "Bernoulli"},
        N_("Likelihood"),
        N_(
            "What a pixel is, given the code: a normal value around the decoded one, or ink or not."
        ),
    )
    sigma: float = real(
        0.15,
        0.05,
        1.0,
        N_("Sigma"),
        N_("Standard deviation of a pixel around its decoded value. Only for the Gaussian."),
        step=0.01,
    )
    warm_up: int = whole(
        20, 0, 200, N_("Warm-up (epochs)"), N_("Beta grows from 0 to its value in so many epochs.")
    )
    sampling: bool = flag(
        True,
        N_("Sampling"),
        N_("A code is drawn from its distribution in training; off: always its mean."),
    )
    binarised: bool = flag(
        False,
        N_("Ink or none"),
        N_("Pixels of 0.5 and more become 1, others 0: then Bernoulli is a true likelihood."),
    )
    depth: int = whole(2, 1, 3, N_("Hidden layers"), N_("Of the encoder; the decoder mirrors it."))
    width: int = whole(
        256,
        16,
        512,
        N_("Units of the first layer"),
        N_("Each further layer has half as many, but not fewer than k."),
        log=True,
    )
    activation: str = fields.hidden_activation("relu")
    batch_size: int = fields.image_batch(64)
    learning_rate: float = fields.falling_rate(2e-3)
    epochs: int = fields.image_epochs(100)
    seed: int = fields.seed()
    upload: str = fields.image_upload()

    def architecture(self, shape: tuple[int, int]) -> Architecture:
        """The network for images of (height, width)."""
        hidden = tuple(max(self.latent_dim, self.width >> i) for i in range(self.depth))
        return Architecture(
            shape, hidden, self.latent_dim, activation=self.activation, variational=True
        )

    def pixel_likelihood(self) -> Likelihood:
        """How its images are thought to come from what is decoded."""
        return Likelihood(self.likelihood, self.sigma)


def run(config: Config, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    Metrics, all held-out but train_loss (-ELBO with KL times beta, nats): mse of what the mean code
    decodes to, pca_mse; knn_accuracy and pca_knn_accuracy where there are classes;
    reconstruction_nats, kl_nats and elbo_nats (with beta 1, whatever the run's); active_dims;
    baseline_log_likelihood_nats, exact: of probabilistic PCA with as many dimensions where the
    likelihood is Gaussian, else of pixels that are independent; for the Gaussian also
    normal_log_likelihood_nats, of one normal distribution of all pixels. At the end
    log_likelihood_nats, an importance-weighted estimate; these three of the first 500 held-out
    images. Arrays of an epoch: latent (m, k), the means of the held-out images; log_var (m, k);
    kl_by_dim (k,); with the last tsne (m, 2) where k > 2, and the bound by the number of samples,
    bound_samples and bound_nats.
    Raises Problem if the images are not on this machine, or a code is no smaller than an image.
    """
    control = control or Control()
    task = task_of(config)
    check_compresses(task, config.latent_dim)

    from core.models.autoencoder import build_autoencoder, named_weights
    from core.models.saving import keras_bytes
    from core.models.variational import VariationalTrainer

    network = build_autoencoder(config.architecture(task.known.shape), seed=config.seed)
    features = task.known.pixels.shape[1]
    references = task.references() | baseline(config, task)

    def now() -> Autoencoder:
        return Autoencoder(network.architecture, named_weights(network))

    yield from learn(
        config,
        control,
        Learner(
            NAME,
            network.whole.count_params(),
            VariationalTrainer(network.whole, config.pixel_likelihood(), features),
            len(task.learned),
            _Batches(config, task),
            lambda: compared(config, task, now(), references),
            lambda: named_weights(network),
            lambda: {
                "train.py": keras_script(config, task.known.shape).encode(),
                "model.keras": keras_bytes(network.whole),
                **image_files(config),
            },
            references,
            task.arrays(),
            lambda: finished(config, task, now()),
        ),
    )


def task_of(config: Config) -> ImageTask:
    """The images of ``config``, as they are learned: grey, or ink or none."""
    task = image_task(config)
    if not config.binarised:
        return task
    return replace(task, known=replace(task.known, pixels=ink_or_none(task.known.pixels)))


def ink_or_none(pixels: np.ndarray) -> np.ndarray:
    """1 where a pixel is 0.5 or more, else 0, float32 of the same shape."""
    return (pixels >= _INK).astype(np.float32)


def beta_at(config: Config, update: int, per_epoch: int) -> float:
    """What a nat of KL counts in an update, from 0: it grows evenly over the warm-up."""
    warm_up = config.warm_up * per_epoch
    return config.beta * min(1.0, update / warm_up) if warm_up else config.beta


def noise_of(config: Config, update: int, batch: int) -> np.ndarray:
    """The noise of an update, float32 (batch, latent); 0 where nothing is sampled."""
    shape = (batch, config.latent_dim)
    if not config.sampling:
        return np.zeros(shape, np.float32)
    return np.random.default_rng([_NOISE_STREAM, config.seed, update]).standard_normal(
        shape, dtype=np.float32
    )


@dataclass(frozen=True)
class _Batches:
    """Inputs [images, noise] and targets, images with beta, of batches and the first's number."""

    config: Config
    task: ImageTask

    def __call__(self, places: np.ndarray, first_update: int) -> tuple[Any, np.ndarray]:
        from core.models.variational import with_beta

        config, images = self.config, self.task.learned[places]
        per_epoch = len(order(config.seed, 1, len(self.task.learned), config.batch_size))
        updates = range(first_update, first_update + len(places))
        noise = np.stack([noise_of(config, update, images.shape[1]) for update in updates])
        beta = np.array([beta_at(config, update, per_epoch) for update in updates])
        return [images, noise], with_beta(images, beta)
