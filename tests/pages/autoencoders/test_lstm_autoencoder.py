"""The lesson on the LSTM autoencoder by AppTest: shipped networks, a run without Keras."""

import base64
import json
from pathlib import Path

import numpy as np
import pytest

from core import pretrained
from core.data import fetch
from core.data.sequences import ecg
from core.experiments.lstm_autoencoder.config import NAME, LSTMAutoencoderConfig
from core.experiments.lstm_autoencoder.recipe import beat_scores, task_of
from core.numeric.autoencoders.anomaly import alarms, precision_at, threshold_for
from core.numeric.autoencoders.lstm_autoencoder import LSTMAutoencoder
from pages.autoencoders.lstm_autoencoder.quiz import QUESTIONS, by_larger_codes, of_rare_alarms
from tests import recorded
from tests.pages.lesson import (
    check_quiz,
    checked,
    downloads,
    engine_fixture,
    figure,
    notices,
    numbers,
    opened,
    run_of,
    tables,
    title,
    until,
    url,
)

PAGE = (
    Path(__file__).resolve().parents[3] / "pages" / "autoencoders" / "lstm_autoencoder" / "page.py"
)
PLANES, RUN_PLANES = "lstm_autoencoder.planes", "lstm_autoencoder.run_planes"

engine = engine_fixture(recorded.find)


def page(**params):
    return opened(PAGE, **{"data": "synthetic", **params})


def trained(**params):
    at = page(**{**recorded.params(NAME, "three"), **params})
    checked(at.button(key=f"{NAME}.train").click().run())
    return until(at, lambda at: {"Keras code", "Code Keras"} & set(downloads(at)))


def planes(at, key):
    """What was sent to the planes: each plane's points by name, and the names of the classes."""
    (found,) = [e.proto for e in at.get("bidi_component") if e.proto.id.endswith(f"-{key}")]
    said = json.loads(found.json)
    points = {
        plane["name"]: np.frombuffer(base64.b64decode(plane["points"]), "<f4").reshape(-1, 2)
        for plane in said["planes"]
    }
    return points, said["classes"]


def table(at, place=0):
    """The table of methods, the instrument's or the run's: a method -> its cells."""
    found = [m.value for m in at.markdown if m.value.startswith("|  |")][place]
    rows = [[cell.strip() for cell in row.strip("| ").split("|")] for row in found.splitlines()[2:]]
    return {row[0]: row[1:] for row in rows}


@pytest.mark.parametrize(
    ("lang", "button", "claim", "kinds", "said"),
    [
        (
            "en",
            "Train",
            "An **LSTM autoencoder**",
            ["normal", "ventricular", "atrial"],
            "It is normal; error 0.01: no alarm",
        ),
        (
            "fr",
            "Entraîner",
            "Un **autoencodeur LSTM**",
            ["normaux", "ventriculaires", "auriculaires"],
            "Un des normaux\u00a0; erreur 0,01\u00a0: pas d’alarme",
        ),
    ],
)
def test_the_page_in_both_languages(lang, button, claim, kinds, said):
    at = page(lang=lang)
    assert at.button(key=f"{NAME}.train").label == button
    assert any(m.value.startswith(claim) for m in at.markdown)
    assert planes(at, PLANES)[1] == kinds
    assert title(at, "lstm_autoencoder.beat_figure") == said
    assert not at.error and not at.warning


@pytest.mark.parametrize("name", [NAME, f"{NAME}-shifted"])
def test_the_table_is_the_shipped_networks_and_says_who_wins(name):
    model, card = pretrained.load(name, LSTMAutoencoder)
    at = page(cut=name, allowed="10", prevalence="20")
    said, metrics = table(at), card["metrics"]
    areas = [metrics[key] for key in ("auc", "pca_auc", "mean_beat_auc")]
    assert [float(row[0]) for row in said.values()] == pytest.approx(areas, abs=6e-4)
    (verdict,) = [c.value for c in at.caption if c.value.startswith("Area under the ROC")]
    assert ("The network is ahead." in verdict) == (areas[0] == max(areas))
    assert ("needs no training" in verdict) == (areas[0] < max(areas))
    task = task_of(model_config := LSTMAutoencoderConfig.parse(card["config"]))
    assert model_config.data == "synthetic"
    tested, validated = (
        beat_scores(model, task.beats.signals[which])
        for which in (task.split.test, task.split.validation)
    )
    told = alarms(tested, task.abnormal, threshold_for(validated, 0.1))
    shares = (told.recall, told.false_alarms, told.precision)
    shares += (precision_at(told.recall, told.false_alarms, 0.2),)
    shown = [float(cell.rstrip("%")) / 100 for cell in said["LSTM autoencoder"][1:]]
    assert shown == pytest.approx(shares, abs=6e-4)


def test_a_higher_threshold_finds_less_and_moves_its_line():
    lines, recall = [], []
    for allowed in ("1", "20"):
        at = page(allowed=allowed)
        shapes = figure(at, "lstm_autoencoder.scores")["layout"]["shapes"]
        lines.append(shapes[0]["x0"])
        recall.append(float(table(at)["LSTM autoencoder"][1].rstrip("%")))
    assert lines[0] > lines[1] and recall[0] < recall[1]


def test_the_telling_beats():
    at = page()
    beat = at.button_group(key="lstm_autoencoder.beat")
    checked(beat.set_value("false").run())
    assert title(at, "lstm_autoencoder.beat_figure").startswith("It is normal; error ")
    assert title(at, "lstm_autoencoder.beat_figure").endswith(": alarm")
    assert url(at)["beat"] == "false"
    traces = figure(at, "lstm_autoencoder.beat_figure")["data"]
    beat, copy = (numbers(trace["y"]) for trace in traces[1:3])
    error = np.mean((beat - copy) ** 2)
    assert f"{error:.2g}" in title(at, "lstm_autoencoder.beat_figure")


def test_laid_out_by_t_sne_the_plane_has_no_way_back():
    at = page(layout="tsne")
    (found,) = [e.proto for e in at.get("bidi_component") if e.proto.id.endswith(f"-{PLANES}")]
    latent, pca = json.loads(found.json)["planes"]
    assert latent["atlas"] is None and pca["atlas"]
    assert latent["title"] == "The code, laid out by t-SNE"


def test_without_the_shipped_networks_the_page_still_works(monkeypatch):
    monkeypatch.setattr(pretrained, "names", list)
    at = page()
    assert any(n.startswith("The shipped autoencoder is missing") for n in notices(at))
    assert title(at, "lstm_autoencoder.gallery").startswith("The first beats of each kind")


def test_ecg5000_that_is_missing_is_said_and_replaced(monkeypatch):
    monkeypatch.setattr(fetch, "absent", list)
    assert url(opened(PAGE))["data"] == "synthetic"  # it begins with what is here
    at = page(data="ecg5000")
    missing = "These data are not on this machine: 2.8 MB. Fetch them, or take what is here."
    assert missing in notices(at)
    assert at.button(key=f"{NAME}.train").disabled
    checked(at.button(key="lstm_autoencoder.ecg5000.instead").click().run())
    assert not at.button(key=f"{NAME}.train").disabled


def test_wrong_settings_in_the_address_are_told():
    at = page(allowed="40", latent_dim="0", frame="3")
    said = " ".join(w.value.replace("\\", "") for w in at.warning)
    assert "0 to 30" in said and "1 to 16" in said and "one of 1, 2, 4, 7, 14" in said


def test_a_run_from_train_to_what_is_taken_away():
    at = trained()
    assert title(at, "lstm_autoencoder.loss").startswith("After epoch 3: error ")
    assert title(at, "lstm_autoencoder.auc").startswith("After epoch 3: area ")
    assert list(planes(at, RUN_PLANES)[0]) == ["latent", "pca"]
    row = tables(at)[0].iloc[0]
    by_method = [float(cells[0]) for cells in table(at, 1).values()]
    said = [row[n] for n in ("Area under the ROC", "PCA's area", "Mean beat's area")]
    assert by_method == pytest.approx(said, abs=6e-4)
    assert {"Keras code", "Notebook", "Numbers"} <= set(downloads(at))
    points = figure(at, "lstm_autoencoder.by_k")["data"]
    assert points[1]["x"] == [4] and points[1]["y"][0] == pytest.approx(said[0])
    assert numbers(points[0]["y"])[3] == pytest.approx(said[1], abs=1e-6)


def test_the_scrubber_shows_every_figure_as_it_was_then():
    at = trained()
    last, after = planes(at, RUN_PLANES)[0], table(at, 1)
    checked(at.select_slider(key=f"{NAME}.epoch.{url(at)['job']}").set_value(1).run())
    first, before = planes(at, RUN_PLANES)[0], table(at, 1)
    assert title(at, "lstm_autoencoder.loss").startswith("After epoch 1: error ")
    np.testing.assert_array_equal(first["pca"], last["pca"])
    assert np.abs(first["latent"] - last["latent"]).max() > 0.1
    assert before["PCA (k = 4)"] == after["PCA (k = 4)"]
    assert before["LSTM autoencoder"] != after["LSTM autoencoder"]


def test_both_predictions_are_graded_by_the_run():
    check_quiz(trained(lang="en"), QUESTIONS, run_of(NAME, "three"))


@pytest.mark.parametrize(
    ("areas", "said"),
    [([0.9, 0.95, 0.99], "better"), ([0.9, 0.99, 0.97], "worse"), ([0.99, 0.991, 0.99], "same")],
)
def test_what_larger_codes_come_to(areas, said):
    assert by_larger_codes(np.array(areas)) == said


@pytest.mark.parametrize(("share", "said"), [(0.95, "almost_all"), (0.5, "half"), (0.17, "few")])
def test_how_many_alarms_are_right(share, said):
    assert of_rare_alarms(share) == said


@pytest.mark.skipif(bool(ecg.missing("ecg5000")), reason="ECG5000 is not on this machine")
def test_with_ecg5000_the_beats_to_learn_from_are_shown():
    at = opened(PAGE)
    assert "data" not in url(at)
    names = {t["name"] for t in figure(at, "lstm_autoencoder.gallery")["data"]}
    assert names == {"normal", "abnormal"}
