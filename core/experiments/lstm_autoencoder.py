"""An LSTM autoencoder that learns normal heartbeats, and is surprised by the others."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.events import Event
from core.experiments import fields
from core.experiments.autoencoder_run import Learner, learn
from core.experiments.config import Config as Base
from core.experiments.config import choice, flag, whole
from core.experiments.control import Control
from core.experiments.ecg_task import EcgTask, ecg_task
from core.experiments.lstm_autoencoder_script import DATA_FILE, data_file, keras_script
from core.messages import N_
from core.numeric.lstm_autoencoder import LSTMAutoencoder

NAME = "lstm-autoencoder"
FRAMES = (1, 2, 4, 7, 14)  # they divide 140
_TSNE_SEED = 0
_SHOWN = 500  # test beats that are looked at in a plane


@dataclass(frozen=True)
class Config(Base):
    """Heartbeats, network and training."""

    data: str = choice(
        "ecg5000",
        {"ecg5000": "ECG5000", "synthetic": N_("Synthetic")},
        N_("Beats"),
        N_("5,000 real beats of one patient, or 2,800 that a program makes by a model."),
    )
    latent_dim: int = whole(
        4, 1, 16, N_("Latent dimension k"), N_("Numbers that the encoder keeps of a beat.")
    )
    units: int = fields.units(64, 8, 96, 8)
    shift: int = whole(
        0,
        0,
        20,
        N_("Shift (samples)"),
        N_(
            "Every beat is turned by up to so many samples to either side, as if it had been cut "
            "out carelessly; in training and test alike."
        ),
    )
    bidirectional: bool = flag(
        True, N_("Bidirectional"), N_("A second encoder reads the beat from its end.")
    )
    frame: int = choice(
        4,
        {frame: str(frame) for frame in FRAMES},
        N_("Samples a step"),
        N_("The LSTM reads and writes so many of the 140 samples at each step."),
    )
    backwards: bool = flag(
        False,
        N_("Written backwards"),
        N_("The decoder writes the end of the beat first (Srivastava et al. 2015)."),
    )
    batch_size: int = whole(32, 8, 256, N_("Batch"), N_("Beats of an update."), step=8)
    learning_rate: float = fields.falling_rate(5e-3)
    clip_norm: float = fields.clip_norm()
    epochs: int = whole(60, 1, 200, N_("Epochs"), N_("How often to read all normal beats."))
    seed: int = fields.seed()


def run(config: Config, control: Control | None = None) -> Iterator[Event]:
    """Train on normal beats, and say what happens: as ``autoencoder_run.learn`` does.

    Metrics: mse of the normal test beats, abnormal_mse of the others, val_mse of the normal
    validation beats, which alone set the threshold; auc, precision, recall, false_alarms (shares);
    the references of ``EcgTask``. Arrays of an epoch: scores (test,), validation_scores, latent
    (test, k); with the first also labels and test_indices (test,), mean, axes, variances and
    pca_auc_by_k (1 + components,), and of PCA and the mean beat pca_scores and mean_scores (test,),
    pca_validation_scores and mean_validation_scores; at the end tsne (shown, 2) where k > 2.
    Raises Problem if the beats are not here.
    """
    control = control or Control()
    task = ecg_task(config.data, config.latent_dim, config.shift, config.seed)
    yield from learn(config, control, _learner(config, control, task))


def _learner(config: Config, control: Control, task: EcgTask) -> Learner:
    from core.models.lstm_autoencoder import autoencoder_weights, build_lstm_autoencoder
    from core.models.saving import keras_bytes
    from core.models.supervised import Trainer

    samples = task.learned.shape[1]
    model = build_lstm_autoencoder(
        samples,
        config.units,
        config.latent_dim,
        frame=config.frame,
        bidirectional=config.bidirectional,
        backwards=config.backwards,
        seed=config.seed,
    )
    trainer = Trainer(model, "mse", clip_norm=config.clip_norm)

    def batches(places: np.ndarray, _first: int):
        return task.learned[places], task.learned[places]

    def scores(which: np.ndarray) -> np.ndarray:
        signals = task.beats.signals[which]
        found = ((signals - trainer.predict(signals)) ** 2).mean(1)
        control.wait()
        return found

    def compare():
        tested, validated = scores(task.split.test), scores(task.split.validation)
        network = network_of(config, samples, autoencoder_weights(model))
        arrays = {
            "scores": tested,
            "validation_scores": validated,
            "latent": network.encode(task.beats.signals[task.split.test]),
        }
        metrics = task.measured(tested, validated) | task.references()
        return metrics, {name: array.astype(np.float32) for name, array in arrays.items()}

    def finish():
        if config.latent_dim <= 2 or control.stopped:
            return {}, {}
        network = network_of(config, samples, autoencoder_weights(model))
        return {}, {"tsne": laid_out(network, task)}

    return Learner(
        NAME,
        model.count_params(),
        trainer,
        len(task.learned),
        batches,
        compare,
        lambda: autoencoder_weights(model),
        lambda: {
            "model.keras": keras_bytes(model),
            "train.py": keras_script(config, len(task.learned)).encode(),
            DATA_FILE: data_file(task),
        },
        task.references(),
        beside(task),
        finish,
    )


def shown(tested: int) -> np.ndarray:
    """Which of so many test beats are looked at in a plane: their places, evenly spread."""
    return np.unique(np.linspace(0, tested - 1, min(_SHOWN, tested)).astype(int))


def laid_out(network: LSTMAutoencoder, task: EcgTask) -> np.ndarray:
    """The codes of the test beats that are shown, by t-SNE, float32 (shown, 2)."""
    from core.models.latent_quality import tsne

    tested = task.split.test
    return tsne(network.encode(task.beats.signals[tested[shown(len(tested))]]), _TSNE_SEED)


def network_of(config: Config, samples: int, weights) -> LSTMAutoencoder:
    """The network of ``config`` in NumPy, with weights by name."""
    single = {name: np.asarray(array, np.float32) for name, array in weights.items()}
    return LSTMAutoencoder(samples, config.frame, config.backwards, single)


def beside(task: EcgTask) -> dict[str, np.ndarray]:
    """What does not change from epoch to epoch, told with the first."""
    tested, validated = (
        task.pca_scores(which) for which in (task.split.test, task.split.validation)
    )
    k, pca = task.k, task.pca
    single = {
        "mean": pca.mean,
        "axes": pca.axes,
        "variances": pca.variances,
        "pca_auc_by_k": task.pca_auc_by_k,
        "pca_scores": tested[:, k],
        "mean_scores": tested[:, 0],
        "pca_validation_scores": validated[:, k],
        "mean_validation_scores": validated[:, 0],
    }
    return {
        "labels": task.beats.kinds[task.split.test].astype(np.int8),
        "test_indices": task.split.test.astype(np.int32),
        **{name: array.astype(np.float32) for name, array in single.items()},
    }
