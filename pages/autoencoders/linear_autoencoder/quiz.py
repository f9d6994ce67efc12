"""Two predictions about a run, graded by its axes and by the spectrum of its images."""

import numpy as np

from core.numeric.autoencoders.linear_autoencoder import axis_angles_deg
from ui.notices import significant
from ui.runs.quiz import Question
from ui.runs.run import Run
from ui.texts import _, number, percent

_SAME_SPACE_DEG = 1.0
_SAME_AXIS_DEG = 5.0
_DOUBLED = 1.95


def common_with_pca(space_deg: float, axes_deg: np.ndarray) -> str:
    """What a largest principal angle and the angles of single axes, (k,), say: an answer's name."""
    if space_deg > _SAME_SPACE_DEG:
        return "neither"
    return "axes" if float(np.max(axes_deg)) <= _SAME_AXIS_DEG else "space"


def _grade_axes(run: Run) -> tuple[str, str]:
    decoder, axes = run.epochs[-1].arrays["weights/decoder"], run.epochs[0].arrays["axes"]
    space = run.epochs[-1].metrics["max_principal_angle_deg"]
    single = axis_angles_deg(decoder, axes)
    why = _(
        "The spaces differ by {space}° at most, while an axis is up to {single}° from the "
        "component nearest to it. The error knows only the space: any Q turns code and axes and "
        "leaves every reconstruction as it is."
    ).format(space=significant(space, 2), single=number(float(single.max()), 1))
    kind = common_with_pca(space, single)
    if kind == "axes" and len(single) == 1:
        why = _("With k = 1 the space is a line, and a line has only one direction: {why}").format(
            why=why
        )
    elif kind == "neither":
        why += " " + _(
            "It is on its way: look at the gap in the spectrum, and compare L-BFGS with Adam."
        )
    return kind, why


def kept(variances: np.ndarray, k: int) -> tuple[float, float]:
    """The shares of all variance that the first k and the first 2k components keep."""
    total = float(variances.sum())
    return float(variances[:k].sum()) / total, float(variances[: 2 * k].sum()) / total


def _grade_doubled(run: Run) -> tuple[str, str]:
    k = run.config.latent_dim
    once, twice = kept(run.epochs[0].arrays["variances"], k)
    why = _(
        "By the spectrum of your images {k} components keep {once} of the variance and {double} "
        "keep {twice}: each takes the largest that is left, so the next is never larger. Each "
        "number of the code costs the same weights, {params} in your run."
    ).format(
        k=k,
        double=2 * k,
        once=percent(once),
        twice=percent(twice),
        params=run.started.params // k,
    )
    return ("both" if twice >= _DOUBLED * once else "weights"), why


QUESTIONS = (
    Question("linear-autoencoder", "axes", _grade_axes),
    Question("linear-autoencoder", "doubled", _grade_doubled),
)
