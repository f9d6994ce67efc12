"""The lesson on the sparse autoencoder by AppTest: shipped network, a run without Keras."""

import base64
from pathlib import Path

import numpy as np
import pytest

from core import pretrained
from core.experiments.kit.image_task import image_task
from core.experiments.sparse_autoencoder.config import NAME, SparseAutoencoderConfig
from core.numeric.autoencoders.autoencoder import Autoencoder
from core.numeric.autoencoders.sparsity import active_units, class_activation
from pages.autoencoders.sparse_autoencoder.dictionary import partial_sums, strongest
from pages.autoencoders.sparse_autoencoder.evaluation import shipped
from pages.autoencoders.sparse_autoencoder.quiz import QUESTIONS, kind_of_units, use_of_units
from tests import recorded
from tests.pages.lesson import (
    check_quiz,
    checked,
    choices_of,
    downloads,
    engine_fixture,
    figure,
    is_drawn,
    numbers,
    opened,
    run_of,
    tables,
    title,
    until,
    url,
)
from ui.autoencoders.evaluation import evaluate_shipped

PAGE = (
    Path(__file__).resolve().parents[3]
    / "pages"
    / "autoencoders"
    / "sparse_autoencoder"
    / "page.py"
)
KEY = "sparse_autoencoder"

engine = engine_fixture(recorded.find)


@pytest.fixture(autouse=True)
def on_its_own():
    evaluate_shipped.cache_clear()
    shipped.cache_clear()
    yield
    evaluate_shipped.cache_clear()
    shipped.cache_clear()


def page(**params):
    return opened(PAGE, **params)


def trained(**params):
    at = page(**{**recorded.params(NAME, "three"), **params})
    checked(at.button(key=f"{NAME}.train").click().run())
    return until(at, lambda at: {"Keras code", "Code Keras"} & set(downloads(at)))


def shipped_codes():
    model, _card = pretrained.load(NAME, Autoencoder)
    task = image_task(SparseAutoencoderConfig())
    return model, task, model.encode(task.held_out)


def unpacked(table):
    """A table of bytes as it was packed for Plotly."""
    shape = [int(n) for n in table["shape"].split(",")]
    return np.frombuffer(base64.b64decode(table["bdata"]), np.uint8).reshape(shape)


@pytest.mark.parametrize(
    ("lang", "button", "heading", "claim", "said", "atoms"),
    [
        (
            "en",
            "Train",
            "Train one of your own",
            "A bottleneck is one way",
            "Of 100 units 11.2 fire for a held-out image on average; error 0.0119, that of PCA "
            "with 11 components 0.0175. Dead units: 12.",
            "The dictionary: 100 atoms; the last 12 are dead",
        ),
        (
            "fr",
            "Entraîner",
            "Entraînez le vôtre",
            "Un goulot est une façon",
            "Sur 100 unités, 11,2 s’activent en moyenne pour une image de test\u00a0; erreur "
            "0,0119, celle de l’ACP à 11 composantes 0,0175. Unités mortes\u00a0: 12.",
            "Le dictionnaire\u00a0: 100 atomes, les 12 derniers sont morts",
        ),
    ],
)
def test_the_page_in_both_languages(lang, button, heading, claim, said, atoms):
    at = page(lang=lang)
    assert at.button(key=f"{NAME}.train").label == button
    assert heading in [h.value for h in at.header]
    assert any(m.value.startswith(claim) for m in at.markdown)
    assert said in [c.value for c in at.caption]
    assert title(at, f"{KEY}.dictionary") == atoms
    assert "penalty" not in url(at)


def test_the_shipped_units_are_those_of_the_network():
    model, task, codes = shipped_codes()
    labels = task.known.labels[task.test]
    at = page()
    drawn = figure(at, f"{KEY}.units")["data"]
    living = np.count_nonzero(codes.max(0) > 0)
    table = numbers(drawn[-1]["z"])
    assert table.shape == (10, living)
    expected = class_activation(codes, labels, 10)
    np.testing.assert_allclose(np.sort(table.ravel()), np.sort(expected[codes.max(0) > 0].ravel()))
    best = table.argmax(0)
    assert (np.diff(best) >= 0).all()  # stairs
    choices = choices_of(at, f"{KEY}.units")
    assert choices["at"] == list(range(living)) == list(range(len(choices["updates"])))
    unit = int(choices["said"][0].split(":")[0][1:]) - 1
    np.testing.assert_allclose(table[:, 0], expected[unit])
    update = choices["updates"][0]
    atom = model.weights["output.kernel"][unit].reshape(8, 8)
    np.testing.assert_allclose(
        unpacked(update["z"][1]) / 127.0 - 1, atom / np.abs(atom).max(), atol=0.005
    )
    top = task.held_out[codes[:, unit].argmax()].reshape(8, 8)
    np.testing.assert_allclose(unpacked(update["z"][2])[:8, :8] / 255, top, atol=0.003)


def test_an_image_is_taken_apart_into_the_atoms_of_its_units():
    model, task, codes = shipped_codes()
    at = page(digit="8")
    place = int(np.flatnonzero(task.known.labels[task.test] == 8)[0])
    code = codes[place]
    count = int(active_units(code[None], 0)[0])
    told = f"This “8” is a sum of {count} of 100 atoms"
    assert title(at, f"{KEY}.parts.atoms").startswith(told)
    drawn = figure(at, f"{KEY}.parts.atoms")["data"]
    np.testing.assert_allclose(numbers(drawn[4]["z"])[0], code, rtol=1e-5)  # above all, its code
    units = strongest(code, 0.0)
    assert units[0] == code.argmax() and len(units) == 6
    sums = partial_sums(model, code, units)
    np.testing.assert_allclose(sums[0], model.weights["output.bias"])
    steps = np.diff(sums, axis=0) / code[units][:, None]
    np.testing.assert_allclose(steps, model.weights["output.kernel"][units], atol=1e-5)


def test_before_a_run_the_recorded_sweeps_stand_beside_pca():
    at = page()
    lines = figure(at, f"{KEY}.tradeoff")["data"]
    assert [line["name"] for line in lines] == ["PCA", "L1, recorded", "KL, recorded"]
    told = np.array(pretrained.card(NAME)["sweeps"]["l1"])
    np.testing.assert_allclose(numbers(lines[1]["x"]), np.sort(told[:, 1]))
    pca = dict(zip(numbers(lines[0]["x"]), numbers(lines[0]["y"]), strict=True))
    assert pca[11] == pytest.approx(pretrained.card(NAME)["metrics"]["pca_mse"])


def test_a_run_from_train_to_what_is_taken_away():
    at = trained()
    last = recorded.epochs(NAME, "three")[-1].metrics
    active, dead = last["active_units"], last["dead_units"]
    assert title(at, f"{KEY}.curve").startswith(f"With {active:.1f} units per image its error is ")
    assert title(at, f"{KEY}.run_histogram").endswith(" of 32 units")
    assert title(at, f"{KEY}.run_dictionary").startswith("The dictionary: 32 atoms")
    names = [line["name"] for line in figure(at, f"{KEY}.tradeoff")["data"]]
    assert names[-2:] == ["its way, epoch by epoch", "this run (L1)"]
    row = tables(at)[0].iloc[0]
    assert (row["Active units"], row["Dead units"]) == (pytest.approx(active), dead)
    assert row["Held-out error (MSE)"] == pytest.approx(last["mse"])
    assert {"Keras code", "Notebook", "Trained model", "Numbers"} <= set(downloads(at))
    assert tables(at)[1].iloc[0]["Model"] == "sparse"


def test_the_scrubber_shows_every_figure_as_it_was_then():
    at = trained()
    checked(at.select_slider(key=f"{NAME}.epoch.{url(at)['job']}").set_value(1).run())
    active = recorded.epochs(NAME, "three")[0].metrics["active_units"]
    assert title(at, f"{KEY}.curve").startswith(f"With {active:.1f} units per image its error is ")
    assert len(numbers(figure(at, f"{KEY}.tradeoff")["data"][-2]["x"])) == 1


def test_a_sweep_and_other_runs_are_points_of_the_same_plane():
    at = trained(**recorded.params(NAME, "sweep"))
    checked(at.segmented_control(key=f"{KEY}.penalty").set_value("l1").run())
    checked(at.button(key=f"{NAME}.train").click().run())
    named = {"your other runs", "the sweep of this run"}  # the second once the run is over
    key = f"{KEY}.tradeoff"

    def complete(at):
        return is_drawn(at, key) and named <= {line["name"] for line in figure(at, key)["data"]}

    until(at, complete)


def test_both_predictions_are_graded_by_the_run():
    check_quiz(trained(), QUESTIONS, run_of(NAME, "three"))


def test_without_the_shipped_network_the_page_still_works(monkeypatch):
    monkeypatch.setattr(pretrained, "names", list)
    at = page()
    assert any(i.value.startswith("The shipped autoencoder is missing") for i in at.info)
    assert not at.button(key=f"{NAME}.train").disabled


def test_wrong_settings_in_the_address_are_told():
    at = page(penalty="l2", penalty_weight="1000", target_activation="x")
    said = " ".join(w.value.replace("\\", "") for w in at.warning)
    assert "one of l1, kl, none" in said and "0.001 to 30" in said and "0.005 to 0.5" in said


@pytest.mark.parametrize(
    ("active", "dead", "said"), [(11, 12, "few"), (71, 16, "copy"), (1, 80, "dead")]
)
def test_what_the_use_of_units_says(active, dead, said):
    assert use_of_units(active, dead, 100) == said


def test_what_kind_of_units_there_are():
    assert kind_of_units(np.eye(4)) == "one"
    assert kind_of_units(np.ones((5, 4))) == "all"
    assert kind_of_units(np.array([[0.9, 0.8, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]])) == "some"
    assert kind_of_units(np.zeros((3, 4))) == "one"
