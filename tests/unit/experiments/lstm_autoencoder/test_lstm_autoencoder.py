"""The LSTM autoencoder's run: its scores and areas, what stands beside it, script and weights."""

import io
import re
from typing import Any

import keras
import numpy as np
import pytest
from sklearn.decomposition import PCA
from sklearn.metrics import roc_auc_score

from core import pretrained
from core.data.sequences.ecg import beats
from core.events import Epoch, Finished, Started, Step
from core.experiments.kit.config import ConfigError
from core.experiments.lstm_autoencoder.config import LSTMAutoencoderConfig
from core.experiments.lstm_autoencoder.recipe import CONFIGS, measured, task_of
from core.experiments.lstm_autoencoder.run import ALLOWED, ecg_task, network_of, run, shown
from core.numeric.autoencoders.lstm_autoencoder import LSTMAutoencoder
from tests.cards import HELD_OUT, assert_as_on_card
from tests.contracts.small import small
from tests.events import began, ended, of
from tests.unit.experiments.scripts import losses, printed

TINY = small("lstm-autoencoder")


@pytest.fixture(scope="module")
def events(small_run):
    return small_run("lstm-autoencoder")


@pytest.fixture(scope="module")
def held_out():
    """The test beats of the run as it got them, and which are abnormal."""
    known = beats("synthetic")
    split = known.split(TINY.seed)
    return known.shifted(4, TINY.seed).signals, known.abnormal, split


def test_it_says_what_a_run_says(events):
    started, *_, finished = events
    assert isinstance(started, Started) and isinstance(finished, Finished)
    assert started.experiment == "lstm-autoencoder" and started.steps == 3 * (1200 // 128)
    assert len(of(events, Step)) == started.steps and len(of(events, Epoch)) == 3
    assert finished.metrics["params"] == started.params
    assert finished.metrics["val_mse"] < of(events, Epoch)[0].metrics["val_mse"]
    assert set(finished.files) == {"model.keras", "train.py", "train.ipynb", "beats.npz"}


def test_its_scores_are_its_network_s(events, held_out):
    signals, abnormal, split = held_out
    last, finished = of(events, Epoch)[-1], ended(events)
    network = network_of(TINY, 140, finished.arrays)
    tested = signals[split.test]
    scores = ((tested - network.reconstruct(tested)) ** 2).mean(1)
    np.testing.assert_allclose(last.arrays["scores"], scores, rtol=1e-4)
    np.testing.assert_allclose(last.arrays["latent"], network.encode(tested), atol=1e-5)
    truth = abnormal[split.test]
    metrics = finished.metrics
    assert metrics["auc"] == pytest.approx(roc_auc_score(truth, last.arrays["scores"]), abs=1e-6)
    assert metrics["mse"] == pytest.approx(scores[~truth].mean(), rel=1e-4)
    assert metrics["abnormal_mse"] == pytest.approx(scores[truth].mean(), rel=1e-4)
    called = last.arrays["scores"] >= metrics["threshold"]
    assert metrics["recall"] == pytest.approx(called[truth].mean())
    assert metrics["precision"] == pytest.approx(truth[called].mean())
    above = (last.arrays["validation_scores"] >= metrics["threshold"]).mean()
    assert above == pytest.approx(ALLOWED, abs=1 / 300)
    kept = of(events, Epoch)[0].arrays
    np.testing.assert_array_equal(kept["test_indices"], split.test)
    np.testing.assert_array_equal(kept["labels"] != 0, truth)


def test_what_stands_beside_it_is_scikit_learn_s(events, held_out):
    signals, abnormal, split = held_out
    learned, tested = (signals[p].astype(float) for p in (split.training, split.test))
    truth, metrics = abnormal[split.test], began(events).references
    theirs: Any = PCA(32, svd_solver="full").fit(learned)
    areas = []
    for k in range(33):
        axes = theirs.components_[:k]
        centred = tested - theirs.mean_
        errors = ((centred - centred @ axes.T @ axes) ** 2).mean(1)
        areas.append(roc_auc_score(truth, errors))
        if k in (0, 2):
            name = "pca_mse" if k else "mean_beat_mse"
            assert metrics[name] == pytest.approx(errors[~truth].mean())
    assert metrics["mean_beat_auc"] == pytest.approx(areas[0])
    assert metrics["pca_auc"] == pytest.approx(areas[2])
    assert metrics["pca_best_auc"] == pytest.approx(max(areas[1:]))
    assert metrics["pca_best_k"] == int(np.argmax(areas[1:])) + 1
    by_k = of(events, Epoch)[0].arrays["pca_auc_by_k"]
    np.testing.assert_allclose(by_k, areas, atol=1e-6)


def test_the_taken_model_is_the_run_s(events, held_out, tmp_path):
    (tmp_path / "model.keras").write_bytes(ended(events).files["model.keras"])
    model: Any = keras.saving.load_model(tmp_path / "model.keras")
    signals, _abnormal, split = held_out
    tested = signals[split.test[:50]]
    scores = ((tested - model.predict(tested, verbose=0)) ** 2).mean(1)
    np.testing.assert_allclose(scores, of(events, Epoch)[-1].arrays["scores"][:50], rtol=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="both ways"),
        pytest.param(
            {"bidirectional": False, "backwards": True, "shift": 0, "clip_norm": 0},
            id="one way, backwards",
        ),
    ],
)
def test_the_exported_script_makes_the_same_updates(changes, tmp_path):
    told = list(run(TINY.replace(epochs=1, **changes)))
    said = printed(ended(told).files, tmp_path)
    theirs = losses(said)
    ours = [event.metrics["train_loss"] for event in of(told, Step)]
    np.testing.assert_allclose(ours[:10], theirs[:10], atol=1e-5)
    (area,) = re.findall(r"area under the ROC: ([\d.]+)", said)
    assert float(area) == pytest.approx(ended(told).metrics["auc"], abs=1e-3)
    ((precision, recall),) = re.findall(r"precision ([\d.]+), recall ([\d.]+)", said)
    assert float(precision) == pytest.approx(ended(told).metrics["precision"], abs=0.01)
    assert float(recall) == pytest.approx(ended(told).metrics["recall"], abs=0.01)


def test_the_taken_beats_hold_no_abnormal_one_before_the_test(events):
    with np.load(io.BytesIO(ended(events).files["beats.npz"])) as stored:
        part, abnormal = stored["part"], stored["abnormal"]
    assert not abnormal[part < 2].any() and abnormal[part == 2].sum() == 200


@pytest.mark.slow
def test_more_than_two_numbers_are_laid_out_at_the_end(monkeypatch):
    monkeypatch.setattr(
        "core.models.autoencoders.latent_quality.tsne", lambda codes, _seed: codes[:, :2]
    )
    finished = ended(run(TINY.replace(epochs=1, latent_dim=3)))
    signals = ecg_task("synthetic", 3, 4, 2).beats.signals
    places = beats("synthetic").split(2).test[shown(700)]
    network = network_of(TINY, 140, {n: a for n, a in finished.arrays.items() if n != "tsne"})
    np.testing.assert_array_equal(finished.arrays["tsne"], network.encode(signals[places])[:, :2])


def test_what_is_shown_is_spread_evenly():
    np.testing.assert_array_equal(shown(3), [0, 1, 2])
    assert len(shown(1250)) == 500 and shown(1250)[[0, -1]].tolist() == [0, 1249]
    assert set(np.diff(shown(1250))) == {2, 3}


def test_a_frame_divides_the_beat():
    said = "^frame must be one of 1, 2, 4, 7, 14, not 3\\.$"
    with pytest.raises(ConfigError, match=said):
        LSTMAutoencoderConfig(frame=3)


@pytest.mark.parametrize("name", CONFIGS)
def test_the_shipped_cards_say_what_their_weights_reach(name):
    model, card = pretrained.load(name, LSTMAutoencoder)
    assert LSTMAutoencoderConfig.parse(card["config"]) == CONFIGS[name]
    assert_as_on_card(card["metrics"], measured(model, task_of(CONFIGS[name])), HELD_OUT)
    assert pretrained.verify(name)
    assert card["command"] == "python -m core pretrained rebuild lstm-autoencoder"
    ahead = card["metrics"]["auc"] - card["metrics"]["pca_auc"]
    assert ahead > 0.01 if "shifted" in name else ahead > -0.01


def test_by_no_component_the_score_is_the_distance_to_the_mean_beat():
    task = ecg_task("synthetic", 2, 0, 0)
    which = task.split.test[:5]
    away = task.beats.signals[which] - task.learned.mean(0)
    np.testing.assert_allclose(task.pca_scores(which)[:, 0], (away**2).mean(1), rtol=1e-5)
