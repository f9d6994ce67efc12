"""The run of the experiment lstm-autoencoder."""

from collections.abc import Iterator

import numpy as np

from core.events import Event
from core.experiments.kit.autoencoder_run import Learner, learn
from core.experiments.kit.control import Control
from core.experiments.lstm_autoencoder.config import NAME, LSTMAutoencoderConfig
from core.experiments.lstm_autoencoder.script import DATA_FILE, data_file, keras_script
from core.experiments.lstm_autoencoder.task import EcgTask, ecg_task
from core.numeric.autoencoders.lstm_autoencoder import LSTMAutoencoder

_TSNE_SEED = 0
_SHOWN = 500  # test beats that are looked at in a plane


def run(config: LSTMAutoencoderConfig, control: Control | None = None) -> Iterator[Event]:
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


def _learner(config: LSTMAutoencoderConfig, control: Control, task: EcgTask) -> Learner:
    from core.models.autoencoders.lstm_autoencoder import (
        autoencoder_weights,
        build_lstm_autoencoder,
    )
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
    from core.models.autoencoders.latent_quality import tsne

    tested = task.split.test
    return tsne(network.encode(task.beats.signals[tested[shown(len(tested))]]), _TSNE_SEED)


def network_of(config: LSTMAutoencoderConfig, samples: int, weights) -> LSTMAutoencoder:
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
