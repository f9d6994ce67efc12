"""Two predictions about a run, graded by its error and by its neighbours beside PCA's."""

from ui.notices import significant
from ui.runs.quiz import Question
from ui.runs.run import Run
from ui.texts import _, number, percent

_MANY_TIMES, _ALIKE_TO = 10.0, 0.9  # of PCA's error
_ALIKE = 0.005  # of an accuracy


def by_factor(error: float, of_pca: float) -> str:
    """The answer that a held-out error and PCA's bear out."""
    if error > _ALIKE_TO * of_pca:
        return "none"
    return "many" if of_pca / error >= _MANY_TIMES else "few"


def _grade_weights(run: Run) -> tuple[str, str]:
    metrics = run.result.metrics
    error, of_pca = metrics["mse"], metrics["pca_mse"]
    why = _(
        "Your network has {times} times PCA's weights, and its error is {share} of PCA's. "
        "More weights bend the surface on which the images are laid, but it keeps its k = "
        "{k} dimensions, and what does not lie on it is lost."
    ).format(
        times=number(run.started.params / metrics["pca_params"], 0),
        share=percent(error / of_pca),
        k=run.config.latent_dim,
    )
    if run.config.depth == 0:
        why += " " + _(
            "Without a layer between image and code the decoder is a plane followed by a "
            "sigmoid, and of all planes PCA's is the best."
        )
    return by_factor(error, of_pca), why


def best_neighbours(pixels: float, code: float, of_pca: float) -> str:
    """Where neighbours name the class best; of two that are alike, the one without a network."""
    shares = {"pixels": pixels, "pca": of_pca, "code": code}
    best = max(shares.values())
    return next(name for name, share in shares.items() if share >= best - _ALIKE)


def _grade_neighbours(run: Run) -> tuple[str, str]:
    metrics = run.result.metrics
    if "knn_accuracy" not in metrics:
        return "pixels", _(
            "Your images have no labels, so your run cannot show it; on the digits it is so."
        )
    shares = {
        name: metrics[key]
        for name, key in (
            ("pixels", "pixel_knn_accuracy"),
            ("code", "knn_accuracy"),
            ("pca", "pca_knn_accuracy"),
        )
    }
    why = _(
        "Pixels {pixels}, code {code}, PCA {pca}. The loss asks for pixels and has never "
        "seen a label: a code keeps what it costs most to lose, whether that separates the "
        "classes or not. What it offers is the plane that you can look at, with an error of "
        "{mse}."
    ).format(
        mse=significant(metrics["mse"], 3),
        **{name: percent(share, 1) for name, share in shares.items()},
    )
    return best_neighbours(shares["pixels"], shares["code"], shares["pca"]), why


QUESTIONS = (
    Question("autoencoder", "weights", _grade_weights),
    Question("autoencoder", "neighbours", _grade_neighbours),
)
