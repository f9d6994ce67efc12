"""The lesson on simple and stacked autoencoders by AppTest: shipped networks, a run."""

from pathlib import Path

import numpy as np
import pytest

from core import pretrained
from core.data.images.known import images
from core.experiments.autoencoder.config import AutoencoderConfig
from core.numeric.autoencoders.autoencoder import Architecture, Autoencoder
from core.numeric.principal import components
from pages.autoencoders.autoencoder.instrument import layers, stages, title_of
from pages.autoencoders.autoencoder.quiz import QUESTIONS, best_neighbours, by_factor
from tests import recorded
from tests.events import ended
from tests.pages.lesson import (
    check_quiz,
    checked,
    downloads,
    engine_fixture,
    figure,
    numbers,
    opened,
    planes,
    run_of,
    tables,
    title,
    until,
    url,
)
from ui.autoencoders.evaluation import evaluate_shipped
from ui.texts import percent

PAGE = Path(__file__).resolve().parents[3] / "pages" / "autoencoders" / "autoencoder" / "page.py"
NAME = "autoencoder"
PLANES, RUN_PLANES = "autoencoder.planes", "autoencoder.run_planes"

engine = engine_fixture(recorded.find)


@pytest.fixture(autouse=True)
def on_its_own():
    evaluate_shipped.cache_clear()
    yield
    evaluate_shipped.cache_clear()


def page(**params):
    return opened(PAGE, **params)


def table(at, corner):
    """The table with these words in its corner: the first word of a row -> its cells."""
    (found,) = [m.value for m in at.markdown if m.value.startswith(f"| {corner} |")]
    rows = [[cell.strip() for cell in row.strip("| ").split("|")] for row in found.splitlines()]
    return {row[0]: row[1:] for row in rows}


def trained(**params):
    at = page(**{**recorded.params(NAME, "two"), **params})
    checked(at.button(key="autoencoder.train").click().run())
    return until(at, lambda at: {"Keras code", "Code Keras"} & set(downloads(at)))


@pytest.mark.parametrize(
    ("lang", "button", "heading", "claim", "deep"),
    [
        ("en", "Train", "Train one of your own", "The linear autoencoder finds", "**Deep**"),
        ("fr", "Entraîner", "Entraînez le vôtre", "L’autoencodeur linéaire", "**Profond**"),
    ],
)
def test_the_page_in_both_languages(lang, button, heading, claim, deep):
    at = page(lang=lang)
    assert at.button(key="autoencoder.train").label == button
    assert [h.value for h in at.header] == [heading]
    assert any(m.value.startswith(claim) for m in at.markdown)
    assert deep in table(at, "Held-out digits" if lang == "en" else "Chiffres de test")
    assert "network" not in url(at) and "depth" not in url(at)


@pytest.mark.parametrize(
    ("which", "name"), [("deep", "autoencoder"), ("convolutional", "autoencoder-convolutional")]
)
def test_the_planes_are_the_shipped_network_s_and_pca_s(which, name):
    model, card = pretrained.load(name, Autoencoder)
    known = images("digits")
    training, test = known.split(0)
    pca = components(known.pixels[training].astype(float), 2)
    held_out = known.pixels[test].astype(float)
    at = page(network=which)
    shown = planes(at, PLANES)
    np.testing.assert_allclose(shown["latent"], model.encode(held_out), rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(shown["pca"], pca.project(held_out), atol=1e-5)
    error = np.mean((held_out - model.reconstruct(held_out)) ** 2)
    assert card["metrics"]["mse"] == pytest.approx(error, rel=1e-5)
    ratio = error / np.mean((held_out - pca.reconstruct(pca.project(held_out))) ** 2)
    assert title(at, "autoencoder.digits") == title_of(ratio, 1, 2)
    drawn = numbers(figure(at, "autoencoder.digits")["data"][0]["z"])
    first = int(np.flatnonzero(known.labels[test] == 0)[0])
    np.testing.assert_allclose(drawn[:8, :8], held_out[first].reshape(8, 8), atol=1e-6)
    back = model.reconstruct(held_out[first : first + 1]).reshape(8, 8)
    np.testing.assert_allclose(drawn[9:17, :8], back, atol=1e-5)


def test_the_table_says_that_one_hidden_layer_gains_nothing():
    at = page(network="simple")
    rows = table(at, "Held-out digits")
    error = {name: float(cells[0]) for name, cells in rows.items() if "0." in cells[0]}
    assert error["Deep"] < 0.6 * error["PCA"]
    assert error["**One hidden layer**"] == pytest.approx(error["PCA"], rel=0.05)
    assert title(at, "autoencoder.digits") == "Through k = 2 and back: 0.98 times PCA's error"
    assert rows["PCA"][-1] == "192"
    assert rows["the pixels themselves"][1].startswith("99")


def test_without_the_shipped_networks_the_page_still_works(monkeypatch):
    monkeypatch.setattr(pretrained, "names", list)
    at = page()
    assert any(i.value.startswith("The shipped autoencoder is missing") for i in at.info)
    assert not at.button(key="autoencoder.train").disabled


def test_wrong_settings_in_the_address_are_told():
    at = page(depth="9", kind="<b>")
    said = " ".join(w.value.replace("\\", "") for w in at.warning)
    assert "0 to 4" in said and "one of dense, convolutional" in said
    at = page(kind="convolutional", depth="0", lang="fr")
    (said,) = [e.value.replace("\\", "") for e in at.error]
    assert said == (
        "Un réseau convolutif demande une couche cachée\N{NO-BREAK SPACE}: "
        "depth doit valoir au moins 1."
    )
    assert at.button(key="autoencoder.train").disabled


def test_mnist_that_is_missing_is_said_and_replaced(monkeypatch):
    monkeypatch.setattr("core.data.fetch.available", lambda name: False)
    at = page(data="mnist")
    assert any(i.value.startswith("MNIST is not on this machine") for i in at.info)
    assert at.button(key="autoencoder.train").disabled


def test_one_hidden_layer_at_a_press():
    at = page(kind="convolutional", pretraining="greedy")
    checked(at.button(key="autoencoder.one_layer").click().run())
    assert url(at)["depth"] == "0" and url(at)["learning_rate"] == "0.01"
    assert "kind" not in url(at) and "pretraining" not in url(at)


def test_a_run_from_train_to_what_is_taken_away():
    at = trained()
    final = ended(recorded.recorded(NAME, "two")).metrics
    row = tables(at)[0].iloc[0]
    assert row["Weights"] == (64 + 1) * 16 + (16 + 1) * 2 + (2 + 1) * 16 + (16 + 1) * 64
    assert row["5-NN"] == pytest.approx(final["knn_accuracy"])
    assert row["Trustworthiness"] == pytest.approx(final["trustworthiness"])
    said = table(at, "Epoch 4")
    for name, of in (("autoencoder", ""), ("PCA", "pca_")):
        accuracy, trust = final[f"{of}knn_accuracy"], final[f"{of}trustworthiness"]
        assert said[name][1:3] == [f"{100 * accuracy:.1f}%", f"{trust:.3f}"]
    assert said["PCA"][-1] == "192"
    assert said["the pixels themselves"][1] == f"{100 * final['pixel_knn_accuracy']:.1f}%"
    assert title(at, "autoencoder.accuracy") == (
        f"Neighbours in the code give the class of {percent(final['knn_accuracy'])}"
    )
    expected = ["Table (CSV)", "Keras code", "Notebook", "Trained model", "Numbers", "Table (CSV)"]
    assert sorted(downloads(at)) == sorted(expected)


def test_the_scrubber_shows_every_figure_as_it_was_then():
    at = trained()
    last, drawn = planes(at, RUN_PLANES), title(at, "autoencoder.run_digits")
    checked(at.select_slider(key=f"autoencoder.epoch.{url(at)['job']}").set_value(1).run())
    first = planes(at, RUN_PLANES)
    np.testing.assert_array_equal(first["pca"], last["pca"])
    assert np.abs(first["latent"] - last["latent"]).max() > 0.1
    share = percent(recorded.epochs(NAME, "two")[0].metrics["knn_accuracy"])
    assert title(at, "autoencoder.accuracy") == (
        f"Neighbours in the code give the class of {share}"
    )
    assert title(at, "autoencoder.run_digits") != drawn
    said = table(at, "Epoch 1")
    assert said["autoencoder"][2] == "–" and "the pixels themselves" not in said


def test_more_numbers_in_a_plane_by_pca_or_t_sne():
    at = trained(**recorded.params(NAME, "five"))
    by_pca = planes(at, RUN_PLANES)["latent"]
    checked(at.button_group(key=f"{RUN_PLANES}.layout").set_value("tsne").run())
    assert np.abs(planes(at, RUN_PLANES)["latent"] - by_pca).max() > 0.01
    assert url(at)["run_layout"] == "tsne"


def test_both_predictions_are_graded_by_the_run():
    check_quiz(trained(), QUESTIONS, run_of(NAME, "two"))


@pytest.mark.parametrize(
    ("error", "of_pca", "said"),
    [(0.046, 0.05, "none"), (0.06, 0.05, "none"), (0.02, 0.05, "few"), (0.005, 0.05, "many")],
)
def test_by_what_factor_an_error_is_smaller(error, of_pca, said):
    assert by_factor(error, of_pca) == said


def test_where_neighbours_know_best():
    assert best_neighbours(0.99, 0.93, 0.6) == "pixels"
    assert best_neighbours(0.95, 0.97, 0.6) == "code"
    assert best_neighbours(0.9, 0.94, 0.943) == "pca"


def test_the_stages_of_a_greedy_run():
    assert stages(AutoencoderConfig()) == []
    greedy = AutoencoderConfig(pretraining="greedy", depth=1, pretraining_epochs=7)
    assert stages(greedy) == [(7, "pair 1"), (14, "pair 2")]


def test_layers_in_words():
    assert layers(Architecture((8, 8), (32, 16), 2)) == "64 → 32 → 16 → **2** → 16 → 32 → 64"
    convolutional = Architecture((7, 8), (4, 8), 3, convolutional=True)
    assert layers(convolutional) == (
        "7 × 8 → 4 × 4 × 4 → 2 × 2 × 8 → **3** → 2 × 2 × 8 → 4 × 4 × 4 → 7 × 8"
    )
