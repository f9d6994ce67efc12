"""The lesson on the denoising autoencoder by AppTest: shipped network, a run without Keras."""

import base64
import json
import re
from pathlib import Path

import numpy as np
import pytest

from core import pretrained
from core.data.images.known import images
from core.experiments.denoising_autoencoder.config import NAME
from core.numeric.autoencoders.autoencoder import Autoencoder
from core.numeric.autoencoders.noise import corrupted
from pages.autoencoders.denoising_autoencoder.gallery import (
    LEVELS,
    curve_title,
    gallery_title,
    in_db,
)
from pages.autoencoders.denoising_autoencoder.instrument import layered
from pages.autoencoders.denoising_autoencoder.networks import shipped
from pages.autoencoders.denoising_autoencoder.quiz import QUESTIONS, compared, what_it_does
from pages.autoencoders.denoising_autoencoder.scribble import DenseLayer, scribble
from tests import recorded
from tests.pages.lesson import (
    check_quiz,
    checked,
    component,
    downloads,
    engine_fixture,
    figure,
    numbers,
    opened,
    run_of,
    tables,
    title,
    until,
    url,
)
from ui.autoencoders.evaluation import evaluate_shipped
from ui.texts import number

PAGE = (
    Path(__file__).resolve().parents[3]
    / "pages"
    / "autoencoders"
    / "denoising_autoencoder"
    / "page.py"
)
GALLERY, CURVE = "denoising_autoencoder.gallery", "denoising_autoencoder.levels"
PLANES = "denoising_autoencoder.planes"
SHEET = "-denoising_autoencoder.scribble"

engine = engine_fixture(recorded.find)


@pytest.fixture(autouse=True)
def on_its_own():
    shipped.cache_clear()
    evaluate_shipped.cache_clear()
    yield
    shipped.cache_clear()
    evaluate_shipped.cache_clear()


def page(**params):
    return opened(PAGE, **params)


def sheet(at):
    """What was sent to the sheet to draw on."""
    found = [e.proto for e in at.get("bidi_component") if e.proto.id.endswith(SHEET)]
    assert len(found) == 1
    return component(at, found[0].id)


def trained(**params):
    at = page(**{**recorded.params(NAME, "three"), **params})
    checked(at.button(key=f"{NAME}.train").click().run())
    return until(at, lambda at: {"Keras code", "Code Keras"} & set(downloads(at)))


def curve_of(epoch, metrics):
    """The title of the curve at an epoch."""
    gain = metrics["psnr_db"] - metrics["wiener_psnr_db"]
    where = f"{number(abs(gain), 1)} dB {'above' if gain >= 0 else 'below'} the Wiener filter"
    return f"Epoch {epoch}: {in_db(metrics['psnr_db'])}, {where}"


def psnr(wanted, said):
    return -10 * np.log10(np.mean((wanted - said) ** 2))


@pytest.mark.parametrize(
    ("lang", "button", "headings", "claim", "scores"),
    [
        (
            "en",
            "Train",
            ["Where the noisy digits lie", "Train one of your own"],
            "A **denoising autoencoder**",
            "PSNR of 450 images: noisy\u00a0**12.8\u00a0dB** · network\u00a0**18.3\u00a0dB** · ",
        ),
        (
            "fr",
            "Entraîner",
            ["Où sont les chiffres bruités", "Entraînez le vôtre"],
            "Un **autoencodeur débruiteur**",
            "PSNR de 450 images\u00a0: bruitée\u00a0**12,8\u00a0dB** · réseau\u00a0**18,3",
        ),
    ],
)
def test_the_page_in_both_languages(lang, button, headings, claim, scores):
    at = page(lang=lang)
    assert at.button(key=f"{NAME}.train").label == button
    assert sorted(h.value for h in at.header) == sorted(headings)
    assert any(m.value.startswith(claim) for m in at.markdown)
    assert any(c.value.startswith(scores) for c in at.caption)
    assert not {"test_noise", "test_level", "noise", "level"} & set(url(at))


def test_the_images_are_what_the_shipped_network_makes_of_them():
    model, card = pretrained.load(NAME, Autoencoder)
    at = page()
    (scores,) = [c.value for c in at.caption if c.value.startswith("PSNR of 450 images")]
    assert f"network\u00a0**{card['metrics']['psnr_db']:.1f}\u00a0dB**" in scores
    rows = figure(at, GALLERY)["layout"]["yaxis"]["ticktext"]
    assert list(rows) == ["clean", "noisy", "network", "Wiener", "PCA", "Median"]
    assert title(at, GALLERY) == "The network is 1.5 dB above the Wiener filter"
    known = images("digits")
    _training, test = known.split(0)
    zero = int(np.flatnonzero(known.labels[test] == 0)[0])
    noise = np.random.default_rng([17, 0])
    noisy = corrupted(known.pixels[test], (8, 8), "gaussian", 0.3, noise)[zero]
    drawn = numbers(figure(at, GALLERY)["data"][0]["z"])
    np.testing.assert_allclose(drawn[9:17, :8], noisy.reshape(8, 8), atol=1e-6)
    said = np.clip(model.decode(model.encode(noisy[None])), 0, 1)
    np.testing.assert_allclose(drawn[18:26, :8], said.reshape(8, 8), atol=1e-5)


def test_the_level_in_the_test_is_in_the_address_and_little_noise_is_best_left():
    at = page(test_level="0.05")
    assert title(at, GALLERY) == "So little noise is best left alone"
    assert title(at, CURVE) == "Below 0.12 the network does more harm than good"
    slider = at.slider(key="denoising_look.test_level")
    checked(slider.set_value(0.5).run())
    assert url(at)["test_level"] == "0.5"
    assert "above the Wiener filter" in title(at, GALLERY)


def test_a_noise_that_was_never_shown():
    at = page(test_noise="salt_pepper", test_level="0.1")
    assert title(at, CURVE) == "A noise that was never shown in training"
    lines = figure(at, CURVE)["data"]
    assert [line["name"] for line in lines][:3] == [
        "noisy",
        "network",
        "Wiener, learned at each level",
    ]
    assert len(lines) == 6 and all(len(numbers(line["y"])) == len(LEVELS) for line in lines)


def test_the_sheet_has_the_network_and_its_rivals():
    sent = sheet(page())
    assert sent["size"] == [8, 8] and sent["names"] == list("0123456789")
    assert [c["name"] for c in sent["cleaners"]] == ["network", "Wiener filter", "PCA, k = 18"]
    assert sent["cleaners"][0]["layers"] == [
        [64, 512, "relu"],
        [512, 128, "linear"],
        [128, 512, "relu"],
        [512, 64, "sigmoid"],
    ]
    clean = np.frombuffer(base64.b64decode(sent["clean"]), "<f4").reshape(10, 64)
    known = images("digits")
    _training, test = known.split(0)
    np.testing.assert_array_equal(clean[0], known.pixels[test][known.labels[test] == 0][0])


def test_layers_in_a_row_are_the_cleaners():
    denoiser = shipped()
    assert denoiser is not None
    noisy = denoiser.noisy(denoiser.config.noise_of())[:20]
    activations = {"relu": lambda x: np.maximum(x, 0), "linear": lambda x: x}
    activations["sigmoid"] = lambda x: 1 / (1 + np.exp(-x))
    said = {}
    for name, layers in layered(denoiser).items():
        values = noisy
        for layer in layers:
            values = activations[layer.activation](values @ layer.kernel + layer.bias)
        said[name] = np.clip(values, 0, 1)
    names = {"network": "network", "wiener": "Wiener filter", "best_pca": "PCA, k = 18"}
    for name, called in names.items():
        np.testing.assert_allclose(said[called], denoiser.cleaners[name](noisy), atol=1e-5)


def test_without_the_shipped_network_the_page_still_works(monkeypatch):
    monkeypatch.setattr(pretrained, "names", list)
    at = page()
    assert any(i.value.startswith("The shipped denoiser is missing") for i in at.info)
    assert not at.button(key=f"{NAME}.train").disabled


def test_wrong_settings_in_the_address_are_told():
    at = page(test_level="2", noise="<b>", level="0")
    said = " ".join(w.value.replace("\\", "") for w in at.warning)
    assert "0.05 to 1" in said and "one of gaussian, salt_pepper, block" in said


def test_a_run_from_train_to_what_is_taken_away():
    at = trained()
    last = recorded.epochs(NAME, "three")[-1].metrics
    assert title(at, "denoising_autoencoder.curve") == curve_of(3, last)
    scores = [c.value for c in at.caption if c.value.startswith("PSNR of 450 images")]
    assert len(scores) == 2 and scores[0] != scores[1]  # of the shipped network and of the run
    assert not [c.value for c in at.caption if c.value.startswith("SSIM:")]
    assert any("SSIM is not given" in c.value for c in at.caption)
    row = tables(at)[0].iloc[0]
    reached = [row[name] for name in ("PSNR (dB)", "Wiener (dB)", "Best PCA (dB)")]
    assert reached == pytest.approx(
        [last[n] for n in ("psnr_db", "wiener_psnr_db", "best_pca_psnr_db")]
    )
    assert {"Table (CSV)", "Keras code", "Notebook", "Trained model", "Numbers"} <= set(
        downloads(at)
    )


def test_the_scrubber_shows_every_figure_as_it_was_then_and_the_run_may_clean():
    at = trained()
    checked(at.button_group(key="denoising_autoencoder.who").set_value("run").run())
    assert url(at)["who"] == "run"
    before = sheet(at)["weights"]
    checked(at.select_slider(key=f"{NAME}.epoch.{url(at)['job']}").set_value(1).run())
    checked(at.run())
    first = recorded.epochs(NAME, "three")[0].metrics
    assert title(at, "denoising_autoencoder.curve") == curve_of(1, first)
    assert title(at, GALLERY) == title(at, "denoising_autoencoder.run_gallery")
    assert sheet(at)["weights"] != before


def test_both_predictions_are_graded_by_the_run():
    check_quiz(trained(), QUESTIONS, run_of(NAME, "three"))


@pytest.mark.parametrize(
    ("mse", "said"), [(0.015, "clean"), (0.05, "copy"), (0.066, "mean"), (0.041, "copy")]
)
def test_what_it_does(mse, said):
    assert what_it_does(mse, 0.05, 0.07) == said


def test_sentences_by_numbers():
    assert [compared(*pair) for pair in ((20, 27), (20.2, 20), (25, 20))] == [
        "worse",
        "same",
        "cleaner",
    ]
    reached = {"noisy": 12.0, "network": 15.0, "wiener": 16.0, "best_pca": 14.0, "median": 1.0}
    assert gallery_title(reached) == "Here the Wiener filter wins, by 1 dB"
    assert gallery_title({**reached, "best_pca": 17.0}) == "Here PCA wins"
    assert gallery_title({**reached, "median": 17.0}) == "Here the median filter wins"
    flat = np.ones(len(LEVELS))
    assert curve_title({"network": flat, "noisy": 0 * flat}, True) == (
        "The network helps at every level"
    )
    assert curve_title({"network": flat, "noisy": 2 * flat}, True) == (
        "At no level does the network help"
    )
    assert in_db(np.inf) == "∞\u00a0dB"


KERNEL = np.ones((4, 4), np.float32)
FLAT = np.zeros((1, 4), np.float32)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: DenseLayer(KERNEL, np.zeros(3)), "a kernel (4, 4) with a bias (3,)"),
        (lambda: DenseLayer(KERNEL, np.zeros(4), "gelu"), "the browser knows no activation gelu"),
        (
            lambda: scribble(FLAT, FLAT, (2, 3), ["a"], {}, key="k", alt=""),
            "images (1, 4) and (1, 4) for 1 of (2, 3)",
        ),
        (
            lambda: scribble(
                FLAT,
                FLAT,
                (2, 2),
                ["a"],
                {"short": [DenseLayer(np.ones((4, 3)), np.zeros(3))]},
                key="k",
                alt="",
            ),
            "the layers of short do not lead from 4 to as many",
        ),
    ],
)
def test_what_does_not_fit_is_not_sent(make, said):
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        make()


def test_the_codes_in_a_plane_by_pca_or_t_sne():
    def plane(at):
        found = [e.proto for e in at.get("bidi_component") if e.proto.id.endswith(f"-{PLANES}")]
        return json.loads(found[0].json)["planes"][0]

    by_pca, by_tsne = plane(page()), plane(page(layout="tsne"))
    assert by_pca["atlas"] is not None and by_tsne["atlas"] is None  # which has no way back
    assert by_tsne["title"] == "The code, laid out by t-SNE"
    assert by_pca["points"] != by_tsne["points"]
