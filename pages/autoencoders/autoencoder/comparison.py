"""Tables of what autoencoders reach, beside PCA with as many numbers."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ui.components.table import markdown_table
from ui.notices import significant
from ui.runs.run import Run
from ui.texts import _, number, percent


def comparison(run: Run) -> str:
    """The run beside PCA at the epoch that is looked at; at its end, with what only that tells."""
    metrics = {**run.at.metrics, "train_s": run.at.train_s, "params": run.started.params}
    if run.end:
        metrics |= run.end.metrics
    rows = [(_("PCA"), of_pca(metrics)), (_("autoencoder"), metrics)]
    if "pixel_knn_accuracy" in metrics:
        rows.append((_("the pixels themselves"), of_pixels(metrics)))
    return table(_("Epoch {epoch}").format(epoch=run.at.epoch), rows)


def of_pca(metrics: Mapping[str, Any]) -> dict[str, Any]:
    """What ``metrics`` say of PCA, by the names of what they say of the network."""
    return {n.removeprefix("pca_"): value for n, value in metrics.items() if n.startswith("pca_")}


def of_pixels(metrics: Mapping[str, Any]) -> dict[str, Any]:
    """What ``metrics`` say of the images as they are."""
    return {"knn_accuracy": metrics["pixel_knn_accuracy"]}


def table(title: str, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """A table in Markdown: a row for each name and its metrics, a dash where one is not known."""
    columns = _("Error (MSE)"), _("5-NN"), _("Trustworthiness"), _("Training (s)"), _("Weights")
    return markdown_table((title, *columns), [(name, *_cells(metrics)) for name, metrics in rows])


def _cells(metrics: Mapping[str, Any]) -> tuple[str, ...]:
    def cell(name: str, words: Callable[[Any], str]) -> str:
        return words(metrics[name]) if name in metrics else "–"

    return (
        cell("mse", lambda x: significant(x, 3)),
        cell("knn_accuracy", lambda x: percent(x, 1, tabular=True)),
        cell("trustworthiness", lambda x: number(x, 3, tabular=True)),
        cell("train_s", lambda seconds: significant(seconds, 2) if seconds else "–"),
        cell("params", lambda x: number(x, 0)),
    )
