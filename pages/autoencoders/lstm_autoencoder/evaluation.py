"""What the page looks into: a shipped network or a run's, and the scores of it and beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import streamlit as st

from core import pretrained
from core.data.sequences.ecg import beats
from core.experiments.kit.recipe import layout
from core.experiments.lstm_autoencoder.config import NAME, LSTMAutoencoderConfig
from core.experiments.lstm_autoencoder.recipe import beat_scores, task_of
from core.experiments.lstm_autoencoder.run import beside, network_of, shown
from core.messages import Problem
from core.numeric.autoencoders.curve_images import curve_images
from core.numeric.autoencoders.lstm_autoencoder import LSTMAutoencoder
from core.numeric.principal import Components
from ui.autoencoders.evaluation import Evaluation
from ui.runs.run import Run
from ui.texts import _, language

METHODS = ("lstm", "pca", "mean")
_PICTURE = 36, 48  # rows and columns of a beat's picture
_WHOLE = 0.98  # share of the beats whose picture has their peaks


@dataclass(frozen=True, eq=False, kw_only=True)
class BeatEvaluation(Evaluation[LSTMAutoencoder]):
    """What the test beats come to by the network and beside it.

    Its rows are the beats in the planes, ``shown``, places among the test beats. signals: float32
    (test, samples). kinds: int (test,), places in class_names. scores, validation_scores: of each
    of METHODS, (test,) and (validation,). pca_auc_by_k: (1 + components,).
    """

    shown: np.ndarray
    signals: np.ndarray
    kinds: np.ndarray
    scores: Mapping[str, np.ndarray]
    validation_scores: Mapping[str, np.ndarray]
    pca_auc_by_k: np.ndarray
    config: LSTMAutoencoderConfig

    @property
    def abnormal(self) -> np.ndarray:
        """Which test beats are not normal, bool (test,)."""
        return self.kinds != 0


def shipped(name: str) -> BeatEvaluation | None:
    """A network that comes with Pangloss on the synthetic beats it was scored on, None if gone."""
    return _shipped(name, language())


@lru_cache(maxsize=8)
def _shipped(name: str, language: str) -> BeatEvaluation | None:
    del language  # part of the key: kinds of beats are named in it
    if name not in pretrained.names():
        return None
    model, card = pretrained.load(name, LSTMAutoencoder)
    task = task_of(config := LSTMAutoencoderConfig.parse(card["config"]))
    tested, validated = (
        task.beats.signals[which] for which in (task.split.test, task.split.validation)
    )
    arrays = {
        **beside(task),
        "scores": beat_scores(model, tested),
        "validation_scores": beat_scores(model, validated),
        "latent": model.encode(tested),
    }
    return _evaluation(config, model, tested, task.beats.class_names, arrays, layout(name))


def of_epoch(run: Run) -> BeatEvaluation | None:
    """What a run has come to at the epoch that is looked at, None, with a sentence, where its beats
    are gone.

    It is made once for an epoch: the figures are drawn every second.
    """
    if not run.epochs:
        return None
    key, kept = (run.id, run.at.epoch, run.ended, language()), st.session_state.get(f"{NAME}.seen")
    if kept and kept[0] == key:
        return kept[1]
    arrays = {**run.epochs[0].arrays, **run.at.arrays}
    try:
        known = beats(run.config.data)
    except Problem:
        st.caption(_("The beats of this run are not on this machine."))
        return None
    known = known.shifted(run.config.shift, run.config.seed)
    signals = known.signals[arrays["test_indices"]]
    weights = run.weights()
    model = network_of(run.config, signals.shape[1], weights) if weights else None
    tsne = run.end.arrays.get("tsne") if run.end else None
    evaluation = _evaluation(run.config, model, signals, known.class_names, arrays, tsne)
    st.session_state[f"{NAME}.seen"] = key, evaluation
    return evaluation


def _evaluation(
    config: LSTMAutoencoderConfig,
    model: LSTMAutoencoder | None,
    signals: np.ndarray,
    class_names: Sequence[str],
    arrays: Mapping[str, np.ndarray],
    tsne: np.ndarray | None,
) -> BeatEvaluation:
    mean, axes = (arrays[name].astype(np.float64) for name in ("mean", "axes"))
    here = shown(len(signals))
    kinds = arrays["labels"].astype(int)
    names = {"lstm": "", "pca": "pca_", "mean": "mean_"}
    scores, validation = (
        {method: arrays[f"{prefix}{what}"] for method, prefix in names.items()}
        for what in ("scores", "validation_scores")
    )
    return BeatEvaluation(
        model=model,
        pca=Components(mean, axes, arrays["variances"]),
        data=signals[here].astype(np.float64),
        labels=kinds[here],
        class_names=[_(name) for name in class_names],
        codes=arrays["latent"][here].astype(np.float64),
        as_images=_drawn(signals),
        tsne=tsne,
        shown=here,
        signals=signals,
        kinds=kinds,
        scores=scores,
        validation_scores=validation,
        pca_auc_by_k=arrays["pca_auc_by_k"],
        config=config,
    )


def _drawn(signals: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    """How beats become pictures: the same heights for all, so that nearly every peak has room."""
    low = float(np.quantile(signals.min(1), 1 - _WHOLE))
    high = float(np.quantile(signals.max(1), _WHOLE))
    return lambda rows: curve_images(np.asarray(rows), _PICTURE, low, high)
