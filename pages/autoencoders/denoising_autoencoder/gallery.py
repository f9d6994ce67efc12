"""Held-out images at a noise of one's choice, by every method; and all methods by the level."""

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial

import numpy as np
import streamlit as st
from babel.numbers import format_decimal

from core.experiments.denoising_autoencoder.config import DenoisingAutoencoderConfig
from core.experiments.denoising_autoencoder.run import MOST_SHOWN
from core.experiments.kit.image_task import image_task
from core.figures.autoencoders.denoising import psnr_by_level
from core.figures.autoencoders.images import grey_images
from core.numeric.autoencoders.denoising import HELD_OUT_STREAM, by_level, learn_wiener, psnr_db
from core.numeric.autoencoders.noise import Noise
from pages.autoencoders.denoising_autoencoder.networks import Denoiser, method_names
from ui.components.charts import live_plot, look
from ui.texts import _, language, number

LEVELS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
SMALL = 256  # pixels: of such images the Wiener filter is learned anew at each level


def in_db(psnr: float) -> str:
    """A PSNR with one decimal, always."""
    decibels = "∞" if np.isinf(psnr) else format_decimal(psnr, "#,##0.0", locale=language())
    return f"{decibels}\u00a0dB"


def gallery(
    denoiser: Denoiser,
    noise: Noise,
    *,
    key: str,
    height: int = 420,
    more: Mapping[str, Sequence[str]] | None = None,
):
    """A row of images for each method, one of each class; beneath, their scores.

    more: further scores, name -> what it says of each method.
    """
    noisy = denoiser.noisy(noise)
    by_method = {"noisy": noisy} | {n: clean(noisy) for n, clean in denoiser.cleaners.items()}
    reached = {name: psnr_db(denoiser.clean, images) for name, images in by_method.items()}
    chosen, names = denoiser.one_of_each(), method_names(denoiser)

    def row(name: str, pixels: np.ndarray) -> tuple[str, np.ndarray]:
        return (name, np.reshape(pixels[chosen], (-1, *denoiser.shape)))

    rows = [row(_("clean"), denoiser.clean)]
    short = names | {"wiener": "Wiener", "best_pca": _("PCA"), "median": _("Median")}
    rows += [row(short[name], by_method[name]) for name in names]
    title = gallery_title(reached)
    columns = [denoiser.class_names[int(denoiser.labels[place])] for place in chosen]
    alt = ", ".join(f"{names[name]} {in_db(reached[name])}" for name in names)
    figure = partial(grey_images, look(title, alt=f"{title}. {alt}"), rows, columns)
    live_plot(figure, key=key, height=height)
    psnr = _("PSNR of {count} images").format(count=number(len(noisy), 0))
    scores = {psnr: [in_db(reached[name]) for name in names], **(more or {})}
    for score, values in scores.items():
        parts = [f"{n}\u00a0**{v}**" for n, v in zip(names.values(), values, strict=True)]
        st.caption(_("{score}: {values}").format(score=score, values=" · ".join(parts)))


def gallery_title(reached: dict[str, float]) -> str:
    """Who is best, and by how much the network is above the Wiener filter."""
    best = max(reached, key=lambda name: reached[name])
    ahead = reached["network"] - reached["wiener"]
    if best == "noisy":
        return _("So little noise is best left alone")
    if best == "network":
        return _("The network is {gain} dB above the Wiener filter").format(gain=number(ahead, 1))
    if best == "wiener":
        return _("Here the Wiener filter wins, by {gain} dB").format(gain=number(-ahead, 1))
    return _("Here PCA wins") if best == "best_pca" else _("Here the median filter wins")


def level_curve(denoiser: Denoiser, noise: Noise, *, key: str, height: int = 430):
    """PSNR of each method by the level of a kind of noise; the network was learned at one."""
    by_method = curves(denoiser, noise.kind)
    names = method_names(denoiser) | {"informed": _("Wiener, learned at each level")}
    methods = {name: (names[name], psnr_db) for name, psnr_db in by_method.items()}
    config = denoiser.config
    own = noise.kind == config.noise
    kind = _(config.specs()["noise"].options[noise.kind])
    figure = partial(
        psnr_by_level,
        look(
            curve_title(by_method, own), _("noise level: {kind}").format(kind=kind), _("PSNR (dB)")
        ),
        np.array(LEVELS),
        methods,
        at=noise.level,
        learned=(config.level, _("learned here")) if own else None,
    )
    live_plot(figure, key=key, height=height)


def curve_title(by_method: dict[str, np.ndarray], own: bool) -> str:
    """From which level on the network is worth more than doing nothing."""
    if not own:
        return _("A noise that was never shown in training")
    level = helps_from(by_method)
    if np.isnan(level):
        return _("At no level does the network help")
    if level == LEVELS[0]:
        return _("The network helps at every level")
    return _("Below {level} the network does more harm than good").format(level=number(level, 2))


def helps_from(by_method: Mapping[str, np.ndarray]) -> float:
    """The least level at which the network is worth more than doing nothing, between two of
    ``LEVELS`` where their lines cross; NaN if there is none.
    """
    gain = by_method["network"] - by_method["noisy"]
    first = int(np.argmax(gain > 0))
    if gain[first] <= 0:
        return np.nan
    if first == 0:
        return LEVELS[0]
    return float(np.interp(0, gain[first - 1 : first + 1], LEVELS[first - 1 : first + 1]))


@st.cache_data(
    max_entries=256, ttl=3600, show_spinner=False, hash_funcs={Denoiser: lambda d: d.key}
)
def curves(denoiser: Denoiser, kind: str) -> dict[str, np.ndarray]:
    """PSNR by level, (levels,), of each method, of doing nothing ("noisy"), and "informed": of a
    Wiener filter that is learned anew at each level, where images are small.
    """
    config = denoiser.config
    noises = [config.noise_of(level, kind) for level in LEVELS]
    by_method = by_level(denoiser.cleaners, denoiser.clean, denoiser.shape, noises)
    if denoiser.clean.shape[1] <= SMALL:
        by_method["informed"] = _informed(config.data, config.upload, config.seed, kind)
    return by_method


@lru_cache(maxsize=32)
def _informed(data: str, upload: str, seed: int, kind: str) -> np.ndarray:
    """PSNR of the Wiener filter learned at each level itself, (levels,)."""
    task = image_task(DenoisingAutoencoderConfig(data=data, upload=upload, seed=seed))
    clean, shape = task.held_out[:MOST_SHOWN], task.known.shape
    psnr = []
    for level in LEVELS:
        noise = Noise(kind, level, seed)
        wiener = learn_wiener(task.learned, shape, noise)
        psnr.append(psnr_db(clean, wiener.clean(noise.on(clean, shape, HELD_OUT_STREAM))))
    return np.array(psnr)
