"""Two predictions about a run: graded by what it makes of its noise, and of hardly any noise."""

from dataclasses import replace

from pages.autoencoders.denoising_autoencoder.gallery import LEVELS, curves, helps_from, in_db
from pages.autoencoders.denoising_autoencoder.networks import of_epoch
from ui.runs.quiz import Question, compare
from ui.runs.run import Run
from ui.texts import _, number

_ALIKE_DB = 0.5


def what_it_does(mse: float, noisy_mse: float, mean_mse: float) -> str:
    """An answer's name, from mean squared errors: of its images, the noisy ones, the mean image."""
    if mse >= 0.9 * mean_mse:
        return "mean"
    return "copy" if mse >= 0.8 * noisy_mse else "clean"


def _grade_identity(run: Run) -> tuple[str, str]:
    metrics = run.epochs[-1].metrics
    variances = run.epochs[0].arrays["variances"]
    features = run.epochs[0].arrays["mean"].size
    kind = what_it_does(
        metrics["mse"], 10 ** (-metrics["noisy_psnr_db"] / 10), float(variances.sum()) / features
    )
    why = _(
        "What went in has {noisy}, what comes out {own}. The input is noisy and the target "
        "clean, so a copy costs as much as the noise: your code of {k} numbers for {pixels} "
        "pixels could hold one, but it does not pay."
    ).format(
        noisy=in_db(metrics["noisy_psnr_db"]),
        own=in_db(metrics["psnr_db"]),
        k=run.config.latent_dim,
        pixels=features,
    )
    return kind, why


def compared(own_db: float, noisy_db: float) -> str:
    """An answer's name, from the PSNR of what comes out and of what went in."""
    return compare(own_db, noisy_db, _ALIKE_DB, ("cleaner", "same", "worse"))


def _grade_little(run: Run) -> tuple[str, str]:
    denoiser = of_epoch(replace(run, chosen=run.last))
    if denoiser is None:
        return "worse", _("The images of this run are no longer here to try it.")
    by_method = curves(denoiser, run.config.noise)
    own, noisy = float(by_method["network"][0]), float(by_method["noisy"][0])
    helps = helps_from(by_method)
    why = _(
        "At level {level} what goes in has {noisy}, what comes out {own}. It has learned how "
        "much to distrust a pixel from noise of {learned}, and cannot see that there is less."
    ).format(
        level=number(LEVELS[0], 2),
        noisy=in_db(noisy),
        own=in_db(own),
        learned=number(run.config.level, 2),
    )
    if helps > LEVELS[0]:
        why += " " + _("It helps from {level} on.").format(level=number(helps, 2))
    return compared(own, noisy), why


QUESTIONS = (
    Question("denoising-autoencoder", "identity", _grade_identity),
    Question("denoising-autoencoder", "little", _grade_little),
)
