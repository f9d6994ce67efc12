"""The lesson on the variational autoencoder by AppTest: shipped network, a run without Keras."""

import base64
import json
from pathlib import Path

import numpy as np
import pytest

from core import pretrained
from core.experiments.variational_autoencoder.config import NAME, VariationalAutoencoderConfig
from core.experiments.variational_autoencoder.run import task_of
from core.numeric.autoencoders.autoencoder import Autoencoder
from core.numeric.autoencoders.latent_walk import nearest_mse
from core.numeric.autoencoders.variational import quantile_lattice
from pages.autoencoders.variational_autoencoder.evaluation import shipped
from pages.autoencoders.variational_autoencoder.quiz import QUESTIONS, alive, where
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
    Path(__file__).resolve().parents[3]
    / "pages"
    / "autoencoders"
    / "variational_autoencoder"
    / "page.py"
)
TEXTS = PAGE.parents[3] / "assets" / "texts"
SHIPPED, RUN = "variational_autoencoder.shipped", "variational_autoencoder.run"
TRAIN = f"{NAME}.train"

engine = engine_fixture(recorded.find)


def page(**params):
    return opened(PAGE, **params)


def points(at, key):
    """Each plane that was sent: its name -> its points, (n, 2)."""
    found = [e.proto for e in at.get("bidi_component") if e.proto.id.endswith(f"-{key}.planes")]
    assert len(found) == 1
    return {
        plane["name"]: np.frombuffer(base64.b64decode(plane["points"]), "<f4").reshape(-1, 2)
        for plane in json.loads(found[0].json)["planes"]
    }


def sheet(at, key):
    """The pixels of a mosaic."""
    return numbers(figure(at, key)["data"][0]["z"])


def trained(**params):
    at = page(**{**recorded.params(NAME, "two"), **params})
    checked(at.button(key=TRAIN).click().run())
    return until(at, lambda at: {"Keras code", "Code Keras"} & set(downloads(at)))


@pytest.mark.parametrize(
    ("lang", "button", "headings", "claim", "prior"),
    [
        (
            "en",
            "Train",
            ["Clouds, and the bound", "Train one of your own"],
            "An autoencoder gives each image a place.",
            "The prior, decoded place by place",
        ),
        (
            "fr",
            "Entraîner",
            ["Les nuages et la borne", "Entraînez le vôtre"],
            "Un autoencodeur donne à chaque image une place.",
            "L’a priori, décodé place par place",
        ),
    ],
)
def test_the_page_in_both_languages(lang, button, headings, claim, prior):
    at = page(lang=lang)
    assert at.button(key=TRAIN).label == button
    assert [h.value for h in at.header] == headings
    assert any(m.value.startswith(claim) for m in at.markdown)
    assert title(at, f"{SHIPPED}.prior") == prior
    assert not {"first", "last", "draw", "beta"} & set(url(at))


def test_the_plain_autoencoder_has_holes_and_the_variational_one_none():
    plain, _card = pretrained.load("autoencoder", Autoencoder)
    learned = task_of(VariationalAutoencoderConfig()).learned
    at = page()
    dots, circle, places = figure(at, "variational_autoencoder.holes")["data"][:3]
    codes = plain.encode(learned)
    outlines = np.stack([numbers(dots[axis]) for axis in "xy"], 1).reshape(len(codes), 5, 2)
    np.testing.assert_allclose(outlines[:, :4].mean(1), codes, atol=1e-5)  # the fifth ends a dot
    empty = np.stack([numbers(places[axis]) for axis in "xy"], axis=1)
    assert places["text"] == [str(place) for place in range(1, 9)]
    centre, rim = codes.mean(0), [numbers(circle[axis])[0] for axis in "xy"]
    radius = np.hypot(*(np.array(rim) - centre))
    assert np.mean(np.hypot(*(codes - centre).T) <= radius) == pytest.approx(0.9, abs=0.001)
    assert (np.hypot(*(empty - centre).T) <= radius + 1e-9).all()
    drawn = sheet(at, "variational_autoencoder.in_holes")
    np.testing.assert_allclose(drawn[:8, :8], plain.decode(empty[:1]).reshape(8, 8), atol=1e-5)
    (table,) = [m.value for m in at.markdown if m.value.startswith("| From the nearest")]
    half, mean, worst, normal = (
        [float(cell) for cell in line.strip("| ").split("|")[1:]] for line in table.splitlines()[2:]
    )
    assert half[0] < half[1]  # among its codes the plain one is the better
    assert mean[0] > 5 * mean[1] and worst[0] > 10 * worst[1] and normal[0] > normal[1]
    assert worst[0] == pytest.approx(nearest_mse(plain.decode(empty), learned).max(), abs=1e-3)


def test_no_bound_before_the_first_figure():
    for lang in ("en", "fr"):
        said = (TEXTS / lang / NAME / "intro.md").read_text(encoding="utf-8")
        assert 80 <= len(said.split()) <= 100 and "$$" not in said and "KL" not in said


def test_the_figures_are_the_shipped_network_s():
    model, card = pretrained.load(NAME, Autoencoder)
    task = task_of(VariationalAutoencoderConfig())
    at = page()
    shown = points(at, SHIPPED)
    np.testing.assert_allclose(shown["latent"], model.encode(task.held_out), atol=1e-5)
    np.testing.assert_allclose(shown["pca"], task.pca.project(task.held_out), atol=1e-5)
    drawn, places = sheet(at, f"{SHIPPED}.prior"), quantile_lattice(15)
    low = model.decode(np.array([[places[0], places[0]]])).reshape(8, 8)
    np.testing.assert_allclose(drawn[-8:, :8], low, atol=1e-6)  # lower left
    high = model.decode(np.array([[places[-1], places[-1]]])).reshape(8, 8)
    np.testing.assert_allclose(drawn[:8, -8:], high, atol=1e-6)  # upper right
    (table,) = [m.value for m in at.markdown if m.value.startswith("|  |")]
    nats = f"{card['metrics']['elbo_nats']:.2f}"
    assert f"| ELBO, nats | {nats} |" in table
    assert f"{card['metrics']['log_likelihood_nats']:.2f} | 0.49 |" in table


def test_a_walk_ends_where_it_was_sent():
    at = page(first="4", last="30")
    walk = figure(at, f"{SHIPPED}.walk")
    labels = task_of(VariationalAutoencoderConfig()).known.labels[
        task_of(VariationalAutoencoderConfig()).test
    ]
    ends = walk["layout"]["xaxis"]["ticktext"]
    assert (ends[0], ends[-1]) == (str(labels[4]), str(labels[30]))
    names = walk["layout"]["yaxis"]["ticktext"]
    assert names[0] == "variational" and names[-2:] == ["PCA", "pixels"]
    drawn, held_out = sheet(at, f"{SHIPPED}.walk"), task_of(VariationalAutoencoderConfig()).held_out
    np.testing.assert_allclose(drawn[-8:, :8], held_out[4].reshape(8, 8), atol=1e-6)
    np.testing.assert_allclose(drawn[-8:, -8:], held_out[30].reshape(8, 8), atol=1e-6)
    middle = (held_out[4] + held_out[30]).reshape(8, 8) / 2
    np.testing.assert_allclose(drawn[-8:, 36:44], middle, atol=1e-6)


def test_without_the_plain_autoencoder_its_walk_is_missed(monkeypatch):
    monkeypatch.setattr(pretrained, "names", lambda: [NAME])
    found = shipped()
    found.__dict__.pop("_ways", None)
    at = page()
    found.__dict__.pop("_ways", None)
    names = figure(at, f"{SHIPPED}.walk")["layout"]["yaxis"]["ticktext"]
    assert names == ["variational", "PCA", "pixels"]
    assert any(c.value.startswith("No shipped plain autoencoder") for c in at.caption)


def test_drawing_again_draws_other_codes():
    at = page()
    before = sheet(at, f"{SHIPPED}.drawn")
    checked(at.button(key=f"{SHIPPED}.draw").click().run())
    assert url(at)["draw"] == "1"
    after = sheet(at, f"{SHIPPED}.drawn")
    assert before.shape == after.shape and np.nanmax(np.abs(before - after)) > 0.3
    np.testing.assert_array_equal(sheet(page(draw="1"), f"{SHIPPED}.drawn"), after)


def test_without_the_shipped_network_the_page_still_works(monkeypatch):
    monkeypatch.setattr(
        "pages.autoencoders.variational_autoencoder.instrument.shipped", lambda: None
    )
    at = page()
    assert any(i.value.startswith("The shipped autoencoder is missing") for i in at.info)
    assert not at.button(key=TRAIN).disabled


def test_what_a_bernoulli_of_grey_pixels_is_is_said():
    def told(at):
        return any(c.value.startswith("Grey pixels are neither") for c in at.caption)

    assert not told(page())
    assert told(page(likelihood="bernoulli"))
    assert not told(page(likelihood="bernoulli", binarised="true"))


def test_wrong_settings_in_the_address_are_told():
    said = " ".join(notices(page(beta="40", latent_dim="0", likelihood="<b>"))).replace("\\", "")
    assert "0 to 10" in said and "1 to 32" in said and "one of gaussian, bernoulli" in said


def test_see_it_collapse_sets_what_collapses():
    at = page()
    checked(at.button(key="variational_autoencoder.collapse").click().run())
    said = url(at)
    assert (said["likelihood"], said["beta"], said["latent_dim"]) == ("bernoulli", "4.0", "8")


def test_a_run_from_train_to_what_is_taken_away():
    at = trained()
    assert title(at, "variational_autoencoder.bound").startswith("Held-out ELBO: −")
    assert title(at, "variational_autoencoder.parts").startswith("ELBO = −")
    last = recorded.epochs(NAME, "two")[-1].metrics
    assert title(at, "variational_autoencoder.dimensions") == (
        f"{last['active_dims']:.0f} of 2 numbers are alive"
    )
    assert title(at, "variational_autoencoder.samples").startswith("log p(x): at least −")
    row = tables(at)[0].iloc[0]
    assert (row["Alive"], row["KL, nats"]) == (last["active_dims"], pytest.approx(last["kl_nats"]))
    assert row["log p(x), nats"] > row["ELBO, nats"]
    expected = ["Keras code", "Notebook", "Numbers", "Table (CSV)", "Table (CSV)", "Trained model"]
    assert sorted(downloads(at)) == expected
    assert any(c.value.startswith("With codes that are drawn") for c in at.caption)


def test_the_scrubber_shows_every_figure_as_it_was_then():
    at = trained()
    last = points(at, RUN)
    prior = sheet(at, f"{RUN}.prior")
    checked(at.select_slider(key=f"{NAME}.epoch.{url(at)['job']}").set_value(1).run())
    first = points(at, RUN)
    np.testing.assert_array_equal(first["pca"], last["pca"])
    means = [recorded.epochs(NAME, "two")[i].arrays["latent"] for i in (0, -1)]
    np.testing.assert_allclose(first["latent"], means[0], atol=1e-4)
    np.testing.assert_allclose(last["latent"], means[1], atol=1e-4)
    assert (
        np.nanmax(np.abs(sheet(at, f"{RUN}.prior") - prior)) > 0.01
    )  # the decoder has learned, too


@pytest.mark.parametrize("k", [1, 5])
def test_codes_of_other_dimensions(k):
    at = trained(latent_dim=str(k))
    drawn = sheet(at, f"{RUN}.prior")
    assert drawn.shape == ((8, 134) if k == 1 else (134, 134))
    sent = [e.proto.id for e in at.get("bidi_component")]
    assert any(i.endswith(f"{RUN}.posteriors") for i in sent) == (k > 1)
    bars = figure(at, "variational_autoencoder.dimensions")
    assert len(bars["layout"]["xaxis"]["ticktext"]) == k


def test_both_predictions_are_graded_by_the_run():
    check_quiz(trained(**recorded.params(NAME, "collapsed")), QUESTIONS, run_of(NAME, "collapsed"))


def test_grades():
    assert [alive(n, 4) for n in (0, 1, 4)] == ["none", "some", "all"]
    assert [where(share) for share in (0.06, 0.75, 1.0)] == ["elsewhere", "there", "there"]
