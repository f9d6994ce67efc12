"""The lesson on the linear autoencoder by AppTest: shipped network, a run without Keras."""

import re
from pathlib import Path

import numpy as np
import pytest

from core import pretrained
from core.data.images.known import images
from core.experiments.linear_autoencoder.config import LinearAutoencoderConfig
from core.numeric.autoencoders.linear_autoencoder import LinearAutoencoder, axis_angles_deg
from core.numeric.principal import components
from pages.autoencoders.linear_autoencoder.instrument import CodeRotation, between_axes_deg, turned
from pages.autoencoders.linear_autoencoder.quiz import QUESTIONS, common_with_pca, kept
from tests import recorded
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
from ui.notices import significant
from ui.texts import number, percent

PAGE = (
    Path(__file__).resolve().parents[3]
    / "pages"
    / "autoencoders"
    / "linear_autoencoder"
    / "page.py"
)
TEXTS = PAGE.parents[3] / "assets" / "texts"
NAME = "linear-autoencoder"
PLANES, RUN_PLANES = "linear_autoencoder.planes", "linear_autoencoder.run_planes"

engine = engine_fixture(recorded.find)


@pytest.fixture(autouse=True)
def on_its_own(monkeypatch):
    evaluate_shipped.cache_clear()
    yield
    evaluate_shipped.cache_clear()


def page(**params):
    return opened(PAGE, **params)


def table(at):
    """The instrument's table: the first word of a row -> its cells."""
    (found,) = [m.value for m in at.markdown if m.value.startswith("|  |")]
    rows = [[cell.strip() for cell in row.strip("| ").split("|")] for row in found.splitlines()[2:]]
    return {row[0].split(" (")[0]: row[1:] for row in rows}


def trained(**params):
    at = page(**{"epochs": "4", **params})
    checked(at.button(key="linear-autoencoder.train").click().run())
    return until(at, lambda at: {"Keras code", "Code Keras"} & set(downloads(at)))


def pca_of_the_shipped():
    known = images("digits")
    training, test = known.split(0)
    pca = components(known.pixels[training].astype(float), 2)
    return pca, known.pixels[test].astype(float)


@pytest.mark.parametrize(
    ("lang", "button", "headings", "claim", "axes"),
    [
        (
            "en",
            "Train",
            ["It is PCA", "The code may be turned", "Train one of your own"],
            "An **autoencoder**",
            "Its axes are not PCA's",
        ),
        (
            "fr",
            "Entraîner",
            ["C’est l’ACP", "On peut tourner le code", "Entraînez le vôtre"],
            "Un **autoencodeur**",
            "Ses axes ne sont pas ceux de l’ACP",
        ),
    ],
)
def test_the_page_in_both_languages(lang, button, headings, claim, axes):
    at = page(lang=lang)
    assert at.button(key="linear-autoencoder.train").label == button
    assert [h.value for h in at.header] == headings
    assert any(m.value.startswith(claim) for m in at.markdown)
    assert title(at, "linear_autoencoder.axes") == axes
    assert "turn_deg" not in url(at) and "basis" not in url(at)


def test_the_hourglass_is_pca_with_so_many_components():
    known = images("digits")
    training, test = known.split(0)
    image = known.pixels[test][known.labels[test] == 7][0].astype(float)
    at = page(digit="7", k="5")
    _network, _to, shown, _rims, lost, _rim, code = figure(at, "linear_autoencoder.hourglass")[
        "data"
    ]
    pca = components(known.pixels[training].astype(float), 5)
    back = pca.reconstruct(pca.project(image))
    drawn = numbers(shown["z"])
    np.testing.assert_allclose(drawn[:, :8], image.reshape(8, 8), atol=1e-6)
    np.testing.assert_allclose(drawn[:, -8:], back.reshape(8, 8), atol=1e-6)
    np.testing.assert_allclose(numbers(lost["z"])[:, -8:], drawn[:, :8] - drawn[:, -8:], atol=1e-6)
    assert len(numbers(code["z"])) == 5
    error = np.mean((image - back) ** 2)
    said = f"Through 5 numbers and back: error {significant(error)}"
    assert title(at, "linear_autoencoder.hourglass") == said
    assert title(at, "linear_autoencoder.lost") == "46% of the variance is lost"
    checked(at.slider(key="squeeze.k").set_value(1).run())
    assert title(at, "linear_autoencoder.hourglass").startswith("Through 1 number and back: ")
    assert url(at)["k"] == "1"


def test_before_try_stand_eighty_words_at_most():
    for lang in ("en", "fr"):
        text = (TEXTS / lang / NAME / "intro.md").read_text(encoding="utf-8")
        assert len(re.sub(r"\$\$.*?\$\$", "", text, flags=re.DOTALL).split()) <= 80


def test_the_planes_are_the_shipped_network_s_and_pca_s():
    model, card = pretrained.load("linear-autoencoder", LinearAutoencoder)
    pca, held_out = pca_of_the_shipped()
    at = page()
    shown = planes(at, PLANES)
    np.testing.assert_allclose(shown["latent"], model.encode(held_out), atol=1e-5)
    np.testing.assert_allclose(shown["pca"], pca.project(held_out), atol=1e-5)
    said = table(at)
    assert said["Error on held-out digits"] == ["0.05162", "0.05162"]
    assert card["metrics"]["mse"] == pytest.approx(0.05162, abs=5e-6)
    assert card["metrics"]["mse"] == pytest.approx(
        np.mean((held_out - model.reconstruct(held_out)) ** 2)
    )
    angles = axis_angles_deg(model.decoder, pca.axes)
    assert said["Axes: angle to the nearest component"][0] == "; ".join(f"{a:.1f}°" for a in angles)
    assert said["Largest change of a pixel by the turning"][0] == "0"


def test_turning_moves_points_and_axes_but_no_reconstruction():
    before = page()
    at = page(turn_deg="90")
    old, new = planes(before, PLANES), planes(at, PLANES)
    np.testing.assert_allclose(new["latent"], old["latent"][:, ::-1] * [-1, 1], atol=1e-5)
    np.testing.assert_array_equal(new["pca"], old["pca"])
    drawn = [
        numbers(figure(some, "linear_autoencoder.digits")["data"][0]["z"]) for some in (before, at)
    ]
    np.testing.assert_allclose(drawn[0], drawn[1], atol=1e-5)
    said = table(at)
    assert said["Error on held-out digits"] == ["0.05162", "0.05162"]
    assert "10^{-1" in said["Largest change of a pixel by the turning"][0]


def test_turned_to_pca_the_two_planes_are_one():
    at = page()
    checked(at.button_group(key="code_rotation.basis").set_value("pca").run())
    assert url(at)["basis"] == "pca"
    shown = planes(at, PLANES)
    apart = np.abs(shown["latent"] - shown["pca"])
    assert np.median(apart) < 0.001
    assert apart.max() < 0.03  # of digits with ink where hardly a training image has
    assert title(at, "linear_autoencoder.axes") == "Its axes are now PCA's"
    assert table(at)["Angle between the two spaces, at most"][0] == "0.02°"


def test_what_turned_does_is_told_by_its_network():
    studied = evaluate_shipped(NAME, LinearAutoencoderConfig, LinearAutoencoder)
    assert studied is not None
    model = turned(studied, CodeRotation(basis="pca", turn_deg=90))
    np.testing.assert_allclose(model.decoder, studied.pca.axes[::-1] * [[-1], [1]], atol=0.001)


def test_without_the_shipped_network_the_page_still_works(monkeypatch):
    monkeypatch.setattr(pretrained, "names", list)
    at = page()
    assert any(i.value.startswith("The shipped autoencoder is missing") for i in at.info)
    assert title(at, "linear_autoencoder.spectrum") == "Eigenvalue 8 is 1.09 times the next"


def test_wrong_settings_in_the_address_are_told():
    at = page(turn_deg="400", latent_dim="0", basis="<b>")
    said = " ".join(w.value.replace("\\", "") for w in at.warning)
    assert "-180 to 180" in said and "1 to 32" in said and "one of learned, pca" in said


def test_mnist_that_is_missing_is_said_and_replaced(monkeypatch):
    monkeypatch.setattr("core.data.fetch.available", lambda name: False)
    at = page(data="mnist")
    assert any(i.value.startswith("MNIST is not on this machine") for i in at.info)
    assert at.button(key="linear-autoencoder.train").disabled
    checked(at.button(key="linear_autoencoder.mnist.instead").click().run())
    assert not at.button(key="linear-autoencoder.train").disabled
    assert "data" not in url(at)


def test_a_run_from_train_to_what_is_taken_away():
    at = trained(latent_dim="3")
    last = recorded.epochs(NAME, "three")[-1]
    above = percent(last.metrics["mse_over_pca"] - 1, 4)
    assert title(at, "linear_autoencoder.excess") == (
        f"After {last.step} updates the error is {above} above PCA's"
    )
    largest = number(last.metrics["max_principal_angle_deg"], 2)
    assert title(at, "linear_autoencoder.angles") == f"The spaces differ by {largest}° at most"
    assert title(at, "linear_autoencoder.run_axes") == "Epoch 4: axes"
    row = tables(at)[-2].iloc[0]
    assert row["Error over PCA's"] == pytest.approx(last.metrics["mse_over_pca"])
    assert row["Held-out error (MSE)"] == pytest.approx(last.metrics["mse"])
    laboratory = tables(at)[-1].iloc[0]
    assert list(laboratory[["Model", "Data", "k", "Seed"]]) == ["linear", "Digits 8 × 8", 3, 0]
    assert laboratory["PCA's error"] == pytest.approx(last.metrics["pca_mse"])
    expected = ["Table (CSV)", "Keras code", "Notebook", "Numbers", "Table (CSV)"]
    assert sorted(downloads(at)) == sorted(expected)
    assert len(figure(at, "linear_autoencoder.angles")["data"]) == 3


def test_the_scrubber_shows_every_figure_as_it_was_then():
    at = trained(latent_dim="2", seed="2")
    last = planes(at, RUN_PLANES)
    checked(at.select_slider(key=f"linear-autoencoder.epoch.{url(at)['job']}").set_value(1).run())
    first = planes(at, RUN_PLANES)
    first_epoch = recorded.epochs(NAME, "two")[0]
    begins = f"After {first_epoch.step} updates the error is "
    assert title(at, "linear_autoencoder.excess").startswith(begins)
    assert title(at, "linear_autoencoder.run_axes") == "Epoch 1: axes"
    np.testing.assert_array_equal(first["pca"], last["pca"])
    assert np.abs(first["latent"] - last["latent"]).max() > 0.01
    angle = number(first_epoch.metrics["max_principal_angle_deg"], 2)
    assert title(at, "linear_autoencoder.angles") == f"The spaces differ by {angle}° at most"


@pytest.mark.parametrize("k", [1, 5, 32])
def test_planes_of_any_latent_dimension(k):
    at = trained(latent_dim=str(k), seed="3")
    shown = planes(at, RUN_PLANES)
    assert list(shown) == (["latent"] if k == 1 else ["latent", "pca"])
    if k == 1:  # the one number is PCA's, but for a factor
        assert abs(np.corrcoef(shown["latent"].T)[0, 1]) == pytest.approx(1, abs=0.01)
    rows = figure(at, "linear_autoencoder.run_axes")["layout"]["xaxis"]["ticktext"]
    assert rows == [str(place) for place in range(1, min(k, 8) + 1)]


def test_without_centring_the_first_component_is_the_mean_image():
    at = trained(latent_dim="2", centred="false", tied="true", seed="4")
    (said,) = [c.value for c in at.caption if "Not centred" in c.value]
    assert "between the first component and the mean image there are 0." in said
    assert "Tied: the largest entry of WᵀW − I is " in said


def test_both_predictions_are_graded_by_the_run():
    check_quiz(trained(latent_dim="5"), QUESTIONS, run_of(NAME, "five"))


@pytest.mark.parametrize(
    ("space", "axes", "said"),
    [(0.02, [40, 3], "space"), (0.5, [4.9, 1], "axes"), (1.2, [1.0, 1.0], "neither")],
)
def test_what_is_common_with_pca(space, axes, said):
    assert common_with_pca(space, np.array(axes)) == said


def test_kept_shares():
    assert kept(np.array([4.0, 3.0, 2.0, 1.0]), 1) == pytest.approx((0.4, 0.7))
    assert kept(np.array([3.0, 1.0]), 2) == pytest.approx((1.0, 1.0))


def test_angles_between_axes():
    axes = np.array([[2.0, 0.0], [0.0, 1.0], [-1.0, 1.0]])
    np.testing.assert_allclose(between_axes_deg(axes), [90, 135, 45])
