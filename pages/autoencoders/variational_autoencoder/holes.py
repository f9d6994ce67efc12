"""Where no code is: what the plain and the variational autoencoder make of such places."""

from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np
import streamlit as st

from core.experiments.kit.image_task import image_task
from core.experiments.variational_autoencoder.config import VariationalAutoencoderConfig
from core.figures.autoencoders.images import grey_images
from core.figures.autoencoders.variational_autoencoder import Disc, numbered_places
from core.numeric.autoencoders.atlas import disc, emptiest
from core.numeric.autoencoders.autoencoder import Autoencoder
from core.numeric.autoencoders.latent_walk import nearest_mse
from pages.autoencoders.variational_autoencoder.evaluation import VariationalEvaluation
from pages.autoencoders.variational_autoencoder.figures import VariationalLook, draw_again
from ui.components.charts import live_plot, look
from ui.components.table import markdown_table
from ui.layout import in_the_figure
from ui.notices import significant
from ui.state.controls import value_of
from ui.texts import _, number

_MOST, _HALF = 0.9, 0.5  # of the codes are in the circles
_PLACES, _DRAWN, _CELLS = 8, 500, 61
_SEED = 37


class Emptiness(NamedTuple):
    """An autoencoder's emptiest places, and how far what it decodes is from what it learned.

    images: decoded at the places of ``disc``. Mean squared errors to the nearest learned image:
    distances of these, (places,); half, the mean over the circle of half of the codes; normal,
    over codes drawn from N(0, I).
    """

    disc: Disc
    images: np.ndarray
    distances: np.ndarray
    half: float
    normal: float


@lru_cache(maxsize=4)
def emptiness(model: Autoencoder, config: VariationalAutoencoderConfig) -> Emptiness:
    """Of a network with two numbers, that learned from the training images of ``config``."""
    learned = image_task(config).learned.astype(np.float64)
    codes = model.encode(learned)
    inside, centre, radius = disc(codes, _MOST, _CELLS)
    places = emptiest(codes, inside, _PLACES)
    normal = np.random.default_rng(_SEED).standard_normal((_DRAWN, 2))
    distances, *others = (
        nearest_mse(model.decode(each), learned)
        for each in (places, disc(codes, _HALF, _CELLS)[0], normal)
    )
    half, drawn = (float(each.mean()) for each in others)
    drawing = Disc(codes, centre, radius, places)
    return Emptiness(drawing, model.decode(places), distances, half, drawn)


def holes(evaluation: VariationalEvaluation):
    """The emptiest places of both shipped planes, what they decode to, and how near it is."""
    network = evaluation.plain_network()
    if network is None:
        st.caption(_("No shipped plain autoencoder has learned from these images."))
        return
    task = image_task(evaluation.config)
    plain, own = (emptiness(model, evaluation.config) for model in (network, evaluation.network))
    names = _("plain autoencoder"), _("variational")
    title = _("Dots: learned digits. Numbers: empty places")
    discs = dict(zip(names, (plain.disc, own.disc), strict=True))
    alt = _(
        "Two planes of codes; in each a dotted circle and {count} numbered places where no code is "
        "near. {places}"
    ).format(count=_PLACES, places=". ".join(f"{n}: {_in_words(d)}" for n, d in discs.items()))
    figure = partial(numbered_places, look(title, alt=f"{title}. {alt}"), discs)
    drawing = value_of(VariationalLook, "draw")
    rows = [
        (_("plain"), evaluation.as_images(plain.images)),
        (_("variational"), evaluation.as_images(own.images)),
        (_("drawn from its prior"), evaluation.from_prior(_PLACES, drawing)),
    ]
    title = _("Decoded: are these digits?")
    columns = [str(place) for place in range(1, _PLACES + 1)]
    alt = f"{title}. " + _("By place, {plain} and {variational}; beneath, from its prior.").format(
        plain=_distances(rows[0][0], plain), variational=_distances(rows[1][0], own)
    )
    decoded = partial(grey_images, look(title, alt=alt), rows, columns)
    layout = {"margin": {"t": 64}, "xaxis": {"side": "top"}, "yaxis": {"constraintoward": "top"}}

    def images(room: float):
        key = "variational_autoencoder.in_holes"
        live_plot(decoded, key=key, height=270, room=0.8 * room, layout=layout)
        draw_again(_("Draw other images"), drawing, "variational_autoencoder.holes")

    def planes(room: float):
        # There is no row of controls: in class view they reach down to the steps at the foot.
        part = 1.3 * room if room < 1 else 1.42
        live_plot(figure, key="variational_autoencoder.holes", height=370, room=part)

    in_the_figure(planes, images, widths=(4, 3))
    st.markdown(_table(names, plain, own))
    real = nearest_mse(task.held_out, task.learned).mean()
    st.caption(
        _(
            "Dots are the codes of the {count} digits that were learned from; numbers, in the "
            "circle of nine codes in ten, the places farthest from all of them. The errors are "
            "those to the nearest digit. A held-out digit is {real} from these on average."
        ).format(count=len(task.learned), real=significant(float(real)))
    )


def _in_words(plane: Disc) -> str:
    """Where the numbered places of a plane are."""
    return "; ".join(
        f"{i}: {number(float(x), 1)}, {number(float(y), 1)}"
        for i, (x, y) in enumerate(plane.places, start=1)
    )


def _distances(name: str, of: Emptiness) -> str:
    """How far each decoded place is from any digit."""
    return f"{name} " + ", ".join(significant(float(mse), 2) for mse in of.distances)


def _table(names: tuple[str, str], *both: Emptiness) -> str:
    rows = {
        _("Everywhere in the circle of half of the codes"): [each.half for each in both],
        _("The {count} emptiest places").format(count=_PLACES): [
            each.distances.mean() for each in both
        ],
        _("The worst of these"): [each.distances.max() for each in both],
        _("{count} codes drawn from N(0, I)").format(count=_DRAWN): [each.normal for each in both],
    }
    head = _("From the nearest digit (MSE)"), *names
    cells = [(name, *(significant(float(x)) for x in values)) for name, values in rows.items()]
    return markdown_table(head, cells)
