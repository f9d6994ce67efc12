"""A sheet to draw on, noise of any kind and level, every method's answer; and a run's figures."""

from dataclasses import dataclass

import streamlit as st

from core.experiments.denoising_autoencoder.config import NAME
from core.experiments.denoising_autoencoder.config import DenoisingAutoencoderConfig as Training
from core.experiments.kit.config import Config, choice, real
from core.messages import N_
from pages.autoencoders.denoising_autoencoder.gallery import SMALL, gallery, in_db, level_curve
from pages.autoencoders.denoising_autoencoder.networks import (
    Denoiser,
    method_names,
    of_epoch,
    shipped,
)
from pages.autoencoders.denoising_autoencoder.scribble import DenseLayer, scribble
from ui.autoencoders.evaluation import where_weights_are
from ui.autoencoders.linked_planes import linked_planes
from ui.layout import text_beside, the_figure
from ui.runs.results.curves import training_curve
from ui.runs.run import Run
from ui.state.controls import controls
from ui.texts import _, lesson_text, number


@dataclass(frozen=True)
class DenoisingLook(Config):
    """The noise on the images that are cleaned, whatever the network learned from."""

    test_noise: str = choice(
        "gaussian",
        Training.specs()["noise"].options,
        N_("Noise in the test"),
        N_("The network stays as it is, whatever it was trained on."),
    )
    test_level: float = real(
        0.3,
        0.05,
        1.0,
        N_("Level in the test"),
        N_("Gaussian: standard deviation. Salt and pepper: share of pixels. Block: its side."),
        step=0.05,
    )


@st.fragment
def noises(denoiser: Denoiser):
    """Images and curve of a network at a noise of one's choice."""
    config = controls(DenoisingLook, strip=tuple(DenoisingLook.specs()))
    if config is None:
        return
    noise = denoiser.config.noise_of(config.test_level, config.test_noise)
    gallery(denoiser, noise, key="denoising_autoencoder.gallery")
    level_curve(denoiser, noise, key="denoising_autoencoder.levels")


def sheet(denoiser: Denoiser, run: Run | None):
    """One held-out image of each class to draw on; of large ones when their run has ended."""
    if denoiser.clean.shape[1] > SMALL and not (run and run.ended):
        st.caption(_("The sheet to draw on appears when the run has ended."))
        return
    chosen = denoiser.one_of_each()
    noisy = denoiser.noisy(denoiser.config.noise_of())
    names = [str(place + 1) for place in range(len(chosen))]
    if len(denoiser.class_names) > 1:
        names = [denoiser.class_names[int(denoiser.labels[place])] for place in chosen]
    with the_figure():
        scribble(
            denoiser.clean[chosen],
            noisy[chosen],
            denoiser.shape,
            names,
            layered(denoiser),
            key="denoising_autoencoder.scribble",
            alt=_("Draw on an image: next to it is what each method makes of your sheet."),
        )
    config = denoiser.config
    st.caption(
        _("The noise on the sheet is the kind that was learned: {noise} {level}.").format(
            noise=_(config.specs()["noise"].options[config.noise]), level=number(config.level, 2)
        )
    )


def layered(denoiser: Denoiser) -> dict[str, list[DenseLayer]]:
    """The network and the linear rivals as the browser computes them."""
    a, weights = denoiser.network.architecture, denoiser.network.weights
    activations = {"code": a.code_activation, "output": a.output_activation}
    network = [
        DenseLayer(weights[f"{n}.kernel"], weights[f"{n}.bias"], activations.get(n, a.activation))
        for n in ("encoder_0", "code", "decoder_0", "output")
    ]
    layers = {"network": network}
    # Of large images one map is enough to send.
    for name in ("wiener", "best_pca") if denoiser.clean.shape[1] <= SMALL else ("wiener",):
        linear = getattr(denoiser.removers, name)
        layers[name] = [DenseLayer(linear.matrix, linear.shift)]
    names = method_names(denoiser)
    return {names[name]: parts for name, parts in layers.items()}


def code():
    """The planes of the shipped network; those of a run are among its figures."""
    denoiser = shipped()
    if denoiser is None:
        return
    st.header(_("Where the noisy digits lie"), anchor=False)
    text, figure = text_beside("denoising_autoencoder.code_text")
    text.markdown(lesson_text(NAME, "code"))
    alt = _("{count} noisy held-out digits: by the code of the shipped network, and by PCA.")
    with figure:
        st.fragment(linked_planes)(
            denoiser,
            key="denoising_autoencoder.planes",
            alt=alt.format(count=len(denoiser.clean)),
        )


def draw(run: Run):
    """Every figure of the run, as of the epoch that is looked at."""
    curve(run)
    if run.epochs:
        inside(run)


def curve(run: Run):
    """Training and held-out error, with the Wiener filter's and the best PCA's as lines."""
    title = _("The network has just begun")
    if run.epochs:
        metrics = run.at.metrics
        gain = metrics["psnr_db"] - metrics["wiener_psnr_db"]
        words = (
            _("Epoch {epoch}: {psnr}, {gain} dB above the Wiener filter")
            if gain >= 0
            else _("Epoch {epoch}: {psnr}, {gain} dB below the Wiener filter")
        )
        psnr = in_db(metrics["psnr_db"])
        title = words.format(epoch=run.at.epoch, psnr=psnr, gain=number(abs(gain), 1))
    training_curve(
        run,
        key="denoising_autoencoder.curve",
        title=title,
        y_title=_("error (MSE)"),
        step_metric="train_loss",
        epoch_metrics={"mse": _("held out")},
        colour="autoencoder",
        references={"wiener_mse": _("Wiener filter"), "pca_mse": _("best PCA")},
        log_y=True,
    )


def inside(run: Run):
    """Images, scores and planes of the run's network at the epoch that is looked at."""
    run = where_weights_are(run)
    denoiser = of_epoch(run)
    if denoiser is None:
        st.caption(_("The weights of this epoch were not kept, or its images are no longer here."))
        return
    metrics, more = run.end.metrics if run.end else {}, {}
    if "ssim" in metrics:  # of images that are large enough
        names = ["ssim" if name == "network" else f"{name}_ssim" for name in method_names(denoiser)]
        more["SSIM"] = [number(metrics[name], 3) for name in names]
    key = "denoising_autoencoder.run_gallery"
    gallery(denoiser, run.config.noise_of(), key=key, more=more)
    if run.finished and "ssim" not in run.result.metrics:
        st.caption(
            _(
                "SSIM is not given: its window of 11 × 11 pixels (Wang et al. 2004) needs "
                "images of at least 11 × 11 pixels."
            )
        )
    alt = _("The noisy held-out images after epoch {epoch}: by their codes, and by PCA.").format(
        epoch=run.at.epoch
    )
    st.fragment(linked_planes)(denoiser, key="denoising_autoencoder.run_planes", alt=alt)
