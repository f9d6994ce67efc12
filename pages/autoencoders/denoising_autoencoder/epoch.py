"""What a run has come to at an epoch: its curve, its images, its scores, its planes."""

import streamlit as st

from pages.autoencoders.denoising_autoencoder.gallery import gallery, in_db
from pages.autoencoders.denoising_autoencoder.networks import method_names, of_epoch
from ui.autoencoders.evaluation import where_weights_are
from ui.autoencoders.linked_planes import linked_planes
from ui.runs.curves import training_curve
from ui.runs.run import Run
from ui.texts import _, number


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
        st.caption(_("Of this epoch the weights were not kept, or its images are no longer here."))
        return
    gallery(
        denoiser,
        run.config.noise_of(),
        key="denoising_autoencoder.run_gallery",
        more=similarity(run, list(method_names(denoiser))),
    )
    if run.finished and "ssim" not in run.result.metrics:
        st.caption(
            _(
                "SSIM is not told: its window of 11 × 11 pixels (Wang et al. 2004) needs images "
                "of at least 11 pixels a side."
            )
        )
    alt = _("The noisy held-out images after epoch {epoch}: by their codes, and by PCA.").format(
        epoch=run.at.epoch
    )
    st.fragment(linked_planes)(denoiser, key="denoising_autoencoder.run_planes", alt=alt)


def similarity(run: Run, methods: list[str]) -> dict[str, list[str]]:
    """SSIM of each method at the end of a run whose images are large enough, else nothing."""
    metrics = run.end.metrics if run.end else {}
    if "ssim" not in metrics:
        return {}
    names = ["ssim" if method == "network" else f"{method}_ssim" for method in methods]
    return {"SSIM": [number(metrics[name], 3) for name in names]}
