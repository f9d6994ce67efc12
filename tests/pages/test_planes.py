"""The planes' Python side: what the browser is sent, what it may say back, what is refused."""

import json
from base64 import b64decode
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from ui.components.planes import Atlas, Exact, Picked, Plane, planes
from ui.components.planes.plane import read

PAGE = Path(__file__).parent.parent / "browser" / "planes_kit" / "page.py"


def page(**params):
    at = AppTest.from_file(str(PAGE), default_timeout=120)
    for name, value in params.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception, at.exception[0].message
    return at


def sent(at, key="planes"):
    found = [e.proto for e in at.get("bidi_component") if e.proto.id.endswith(f"-{key}")]
    assert len(found) == 1, [e.proto.id for e in at.get("bidi_component")]
    return found[0]


def test_the_browser_gets_points_labels_and_names_of_what_comes_apart():
    at = page(count="60")
    data = json.loads(sent(at).json)
    first, second = data["planes"]
    points = np.frombuffer(b64decode(first["points"]), "<f4").reshape(-1, 2)
    assert points.shape == (60, 2)
    assert np.isfinite(points).all()
    assert second["atlas"] is None
    assert second["far"] == 0
    assert len(b64decode(data["labels"])) == 60
    assert data["exact"] is None
    images, atlases = sent(at, "planes.images").bytes, sent(at, "planes.atlases").bytes
    assert images[:16].hex() == data["images"]["blob"]
    assert atlases[:16].hex() == data["atlases"]
    assert len(images) == 16 + 60 * 64
    assert first["atlas"]["shape"] == [12, 12, 8, 8]
    assert len(atlases) == 16 + 12 * 12 * 64
    (low, high), (bottom, top) = first["atlas"]["x"], first["atlas"]["y"]
    assert (points > [low, bottom]).all() and (points < [high, top]).all()


def test_what_comes_apart_is_the_same_while_the_points_move():
    at = page(count="60")
    before = json.loads(sent(at).json)
    images = sent(at, "planes.images").bytes
    at.button[0].click().run()
    after = json.loads(sent(at).json)
    assert after["planes"][0]["points"] != before["planes"][0]["points"]
    assert after["atlases"] != before["atlases"]
    assert after["images"] == before["images"]
    assert sent(at, "planes.images").bytes == images


def test_words_are_in_the_visitor_s_language():
    words = json.loads(sent(page(count="20", lang="fr")).json)["words"]
    assert words["decode"] == "Décoder ici"
    assert words["nearest"] == "Exemple le plus proche\u00a0: {name} (à\u00a0{distance})"


@pytest.mark.parametrize(
    "said",
    [
        None,
        "latent",
        {},
        {"plane": "latent", "x": 1, "y": 2},
        {"plane": 3, "x": 1, "y": 2, "serial": 1},
        {"plane": "latent", "x": "1", "y": 2, "serial": 1},
        {"plane": "latent", "x": True, "y": 2, "serial": 1},
        {"plane": "latent", "x": float("nan"), "y": 2, "serial": 1},
        {"plane": "latent", "x": float("inf"), "y": 2, "serial": 1},
    ],
)
def test_what_is_no_pick_is_none(said):
    assert read(said) is None


def test_a_pick_isread():
    said = {"plane": "latent", "x": 1, "y": -2.5, "serial": 3}
    assert read(said) == Picked("latent", 1.0, -2.5, 3)


ATLAS = Atlas(np.zeros((2, 3, 4, 4), np.uint8), (0.0, 1.0), (-1.0, 1.0))
PLANE = Plane("latent", "Title", np.zeros((5, 2)), "x", "y", ATLAS, 0.5)
GIVEN = {
    "planes": [PLANE],
    "images": np.zeros((5, 4, 4), np.uint8),
    "labels": np.zeros(5, int),
    "class_names": ["0", "1"],
}
EXACT = Exact(np.zeros((4, 4), np.uint8), Picked("latent", 0.0, 0.0, 1))
ELSEWHERE = replace(ATLAS, images=np.zeros((2, 2, 8, 8), np.uint8))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"planes": []}, "one plane or two, not 0"),
        ({"planes": [PLANE] * 3}, "one plane or two, not 3"),
        ({"planes": [PLANE] * 2}, "two planes of the same name"),
        ({"images": np.zeros((5, 4, 4))}, "images are uint8 (n, h, w), not float64 (5, 4, 4)"),
        ({"images": np.zeros((6, 4, 4), np.uint8)}, "5 points for 6 images"),
        (
            {"planes": [replace(PLANE, atlas=ELSEWHERE)]},
            "an atlas of (8, 8) beside images of (4, 4)",
        ),
        ({"labels": np.zeros(4, int)}, "labels are (5,), not (4,)"),
        ({"labels": np.full(5, 2)}, "a label is none of the 2 classes"),
        ({"labels": np.full(5, -1)}, "a label is none of the 2 classes"),
        ({"class_names": ["0"] * 11}, "one class to 10, not 11"),
        ({"errors": np.zeros(1)}, "errors are (5,), not (1,)"),
        (
            {"exact": replace(EXACT, image=np.zeros((4, 5), np.uint8))},
            "an exact image is uint8 (4, 4), not uint8 (4, 5)",
        ),
    ],
)
def test_what_does_not_fit_is_refused(wrong, said):
    with pytest.raises(ValueError) as refused:  # noqa: PT011
        planes(**{**GIVEN, **wrong}, key="k", alt="a")
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (
            lambda: replace(ATLAS, images=np.zeros((2, 3, 4), np.uint8)),
            "an atlas is uint8 (rows, columns, h, w), not uint8 (2, 3, 4)",
        ),
        (
            lambda: replace(ATLAS, images=np.zeros((1, 3, 4, 4), np.uint8)),
            "an atlas has at least two rows and two columns",
        ),
        (
            lambda: replace(ATLAS, x=(1.0, 1.0)),
            "an atlas lies between a low and a high bound, not 1.0, 1.0",
        ),
        (
            lambda: replace(PLANE, points=np.zeros((0, 2))),
            "points of a plane are (n, 2) with n > 0, not (0, 2)",
        ),
        (
            lambda: replace(PLANE, points=np.full((5, 2), np.nan)),
            "a point of the plane latent is not finite",
        ),
        (lambda: replace(PLANE, far=-1.0), "far is a distance, not -1.0"),
    ],
)
def test_a_part_that_is_none_is_refused(make, said):
    with pytest.raises(ValueError) as refused:  # noqa: PT011
        make()
    assert str(refused.value) == said
