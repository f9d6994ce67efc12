"""The hourglass: a held-out digit through the best k numbers and back, and what must be lost."""

from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
import streamlit as st

from core.experiments.kit.config import Config, choice, whole
from core.experiments.kit.image_task import ImageTask, image_task, mse
from core.experiments.linear_autoencoder.config import LinearAutoencoderConfig
from core.figures.autoencoders.linear_autoencoder import hourglass, lost_curve
from core.messages import N_
from core.numeric.principal import lost_shares
from ui.components.charts import live_plot, look
from ui.components.drawing import matrices
from ui.layout import the_figure
from ui.notices import significant
from ui.state.controls import controls
from ui.texts import _, number, percent

_MOST = 32


@dataclass(frozen=True)
class Squeeze(Config):
    """Through how many numbers which digit goes."""

    k: int = whole(8, 1, _MOST, N_("Numbers, k"), N_("How many numbers the code has."))
    digit: str = choice(
        "3",
        {digit: digit for digit in "0123456789"},
        N_("Held-out digit"),
        N_("The first of its class that nothing was computed from."),
    )


@st.fragment
def squeezed():
    """A digit before and after the best linear network of k numbers; the loss at every k."""
    config = controls(Squeeze, strip=("k", "digit"))
    if config is None:
        return
    task, k = _digits(), config.k
    place = np.flatnonzero(task.known.labels[task.test] == int(config.digit))[0]
    image, pca = task.held_out[place].astype(np.float64), task.pca
    code = pca.project(image)[:k]
    back = code @ pca.axes[:k] + pca.mean
    pixels = _("{count} pixels").format(count=image.size)
    numbers = _("{k} numbers").format(k=k) if k > 1 else _("1 number")
    title = _("Through {numbers} and back: error {mse}").format(
        numbers=numbers, mse=significant(mse(image, back))
    )
    alt = _(
        "A held-out {digit}; an hourglass from {pixels} to {numbers} and back to {pixels}; the "
        "{digit} as it comes out; and what is lost, blue where ink was added, orange where it is "
        "missing."
    ).format(digit=config.digit, pixels=pixels, numbers=numbers)
    figure = partial(
        hourglass,
        look(title, alt=f"{title}. {alt}"),
        image.reshape(task.known.shape),
        code,
        back.reshape(task.known.shape),
        names=(pixels, numbers, pixels, _("what is lost")),
    )
    with the_figure():
        live_plot(figure, key="linear_autoencoder.hourglass", height=320, room=0.7)
    lost = lost_shares(pca.variances)
    title = _("{share} of the variance is lost").format(share=percent(lost[k]))
    figure = partial(
        lost_curve, look(title, _("numbers, k"), _("variance lost")), lost[: _MOST + 1], k
    )
    live_plot(figure, key="linear_autoencoder.lost", height=240)
    st.caption(
        _(
            "Computed at once: the best that any two such matrices can do. Training comes to the "
            "same, as your run at the end of the page shows."
        )
    )


def two_matrices():
    """The encoder's matrix and the decoder's, to scale, for a code of k numbers."""
    pixels = 64
    stops = [
        (
            _(
                "k = {k}: {count} weights in the two matrices, in each one for every "
                "pixel and number."
            ).format(k=k, count=number(2 * k * pixels, 0)),
            [("W_e", k, pixels), ("W_d", pixels, k)],
        )
        for k in (1, 2, 4, 8, 16, _MOST)
    ]
    matrices("k", stops, at=3)


@lru_cache(maxsize=1)
def _digits() -> ImageTask:
    """The digits that the lesson's runs learn from by default, with as many components as shown."""
    return image_task(LinearAutoencoderConfig(latent_dim=_MOST))
