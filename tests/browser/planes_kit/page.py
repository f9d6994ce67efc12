"""Two planes of scikit-learn's digits, the first with an atlas; ``decode`` is PCA's way back."""

from functools import cache
from typing import cast

import numpy as np
import streamlit as st
from sklearn.datasets import load_digits

from core.numeric.autoencoders.atlas import as_bytes, far_distance, lattice
from ui.components.planes import Atlas, Exact, Plane, picked, planes

CELLS = 12
LONG = ["an aeroplane", "a bird", "<b>a cat</b>", "a dog", "a frog", "a horse", "a lorry"]
LONG += ["a ship", "a deer", "a car"]


@cache
def digits(count):
    """Images in [0, 1], labels, mean, and the axes of four components: no model, but quick."""
    data, labels = cast("tuple[np.ndarray, np.ndarray]", load_digits(return_X_y=True))
    data = data[:count] / 16
    mean = data.mean(0)
    axes = np.linalg.svd(data - mean, full_matrices=False)[2][:4]
    return data, labels[:count], mean, axes


def page():
    query = st.query_params
    count = int(query.get("count", 450))
    data, labels, mean, axes = digits(count)
    turn = st.session_state.setdefault("turn", 0)
    angle = 0.3 * turn
    turned = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])

    def decode(places):
        images = mean + np.asarray(places) @ turned @ axes[:2]
        return as_bytes(images.reshape(-1, 8, 8))

    points = (data - mean) @ axes[:2].T @ turned.T
    x, y, grid = lattice(points, CELLS)
    atlas = Atlas(decode(grid).reshape(CELLS, CELLS, 8, 8), x, y)
    first = Plane(
        "latent",
        "Two components keep like digits together",
        points,
        "component 1",
        "component 2",
        atlas=None if query.get("atlas") == "none" else atlas,
        far=far_distance(points),
    )
    others = (data - mean) @ axes[2:].T
    second = Plane(
        "others", "The next two tell other digits apart", others, "component 3", "component 4"
    )
    at = picked("planes")
    exact = None
    if at and at.plane == "latent" and query.get("exact") != "none":
        # Upside down, so that a test can tell it from what is blended.
        exact = Exact(decode([[at.x, at.y]])[0, ::-1], at)
    shown = [first] if query.get("planes") == "1" else [first, second]
    images = as_bytes(data.reshape(-1, 8, 8))
    if query.get("big"):
        images = np.kron(images, np.ones((1, 3, 3), np.uint8))[:, :28, :28]
        shown = [Plane(**{**vars(one), "atlas": None}) for one in shown]
        exact = None
    result = planes(
        shown,
        images,
        labels,
        LONG if query.get("names") == "long" else [str(digit) for digit in range(10)],
        key="planes",
        alt="Two planes of the same digits",
        errors=np.arange(count) / 1000,
        exact=exact,
    )
    st.text(f"picked {result.plane} {result.serial}" if result else "picked nothing")
    st.button("Turn", on_click=lambda: st.session_state.update(turn=turn + 1))
    st.text(f"turned {turn}")


st.set_page_config(layout="wide")
page()
