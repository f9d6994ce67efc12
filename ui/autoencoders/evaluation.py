"""An autoencoder that a page looks into, PCA beside it, and what both are tried on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar

import numpy as np
import streamlit as st

from core import pretrained
from core.data.images.known import images
from core.experiments.kit.config import Config
from core.experiments.kit.image_task import image_task, mse
from core.messages import Problem
from core.numeric.autoencoders.atlas import as_bytes, far_distance, lattice
from core.numeric.autoencoders.autoencoder import Autoencoder, Coder
from core.numeric.principal import Components, components
from ui.components.planes.plane import Atlas
from ui.notices import significant
from ui.runs.run import Run
from ui.texts import _

_Config = TypeVar("_Config", bound=Config)
_Model = TypeVar("_Model", bound=Coder)
_CELLS = 15  # of an atlas: between two places the browser blends


@dataclass(frozen=True, eq=False)
class View:
    """Held-out rows in a plane, and the way back from it.

    points: (n, 2). decode: rows (m, features) from places (m, 2); None where there is no way back.
    picture: rows -> uint8 (m, height, width).
    """

    points: np.ndarray
    decode: Callable[[np.ndarray], np.ndarray] | None
    picture: Callable[[np.ndarray], np.ndarray]

    @cached_property
    def atlas(self) -> Atlas | None:
        """Decoded pictures over the plane, None where there is no way back."""
        if self.decode is None:
            return None
        x, y, places = lattice(self.points, _CELLS)
        pictures = self.picture(self.decode(places))
        return Atlas(pictures.reshape(_CELLS, _CELLS, *pictures.shape[1:]), x, y)

    @cached_property
    def far(self) -> float:
        """How far from every point a place is that no data vouch for."""
        return far_distance(self.points)


@dataclass(frozen=True, eq=False)
class Evaluation(Generic[_Model]):
    """An autoencoder, PCA of what it learned from, and what was held out.

    model: None where the weights of the epoch that is looked at were not kept. codes: (n, k), of
    the held-out rows. data: rows (n, features), labels: int (n,), places in class_names.
    as_images: rows (m, features) -> floats (m, height, width) in [0, 1] to be looked at. tsne: the
    codes laid out in a plane, (n, 2), if it was computed. wanted: what the rows should come back
    as, (n, features), where that is not themselves.
    """

    model: _Model | None
    pca: Components
    data: np.ndarray
    labels: np.ndarray
    class_names: Sequence[str]
    codes: np.ndarray
    as_images: Callable[[np.ndarray], np.ndarray]
    tsne: np.ndarray | None = None
    wanted: np.ndarray | None = None

    @property
    def network(self) -> _Model:
        """The model. Raises ValueError where its weights were not kept."""
        if self.model is None:
            raise ValueError("of this epoch no weights were kept")
        return self.model

    @property
    def target(self) -> np.ndarray:
        """What reconstructions are held against, (n, features)."""
        return self.data if self.wanted is None else self.wanted

    @property
    def k(self) -> int:
        """The latent dimension."""
        return self.codes.shape[1]

    @property
    def values(self) -> dict[str, Any]:
        """The fields by name, from which an evaluation with more of them is made."""
        return {field.name: getattr(self, field.name) for field in fields(Evaluation)}

    def with_model(self, model: _Model) -> Evaluation[_Model]:
        """The same with another network."""
        return replace(self, model=model, codes=model.encode(self.data), tsne=None)

    def picture(self, rows: np.ndarray) -> np.ndarray:
        """Rows (m, features) as uint8 images (m, height, width), 255 for ink."""
        return as_bytes(self.as_images(rows))

    @cached_property
    def pictures(self) -> np.ndarray:
        """The held-out rows as images, uint8 (n, height, width)."""
        return self.picture(self.data)

    @cached_property
    def reconstructions(self) -> np.ndarray:
        """The held-out rows after the way through the code and back, (n, features).

        Raises ValueError where the weights were not kept.
        """
        return self.network.decode(self.codes)

    @cached_property
    def errors(self) -> np.ndarray | None:
        """Mean squared error of each held-out row, (n,)."""
        if self.model is None:
            return None
        return np.mean((self.target - self.reconstructions) ** 2, axis=1)

    @cached_property
    def of_pca(self) -> np.ndarray:
        """The held-out rows as PCA reconstructs them, (n, features)."""
        return self.pca.reconstruct(self.pca.project(self.data))

    def mse(self, rows: np.ndarray) -> float:
        """Mean squared error of ``rows`` over all numbers of the held-out rows."""
        return mse(self.target, rows)

    @cached_property
    def latent_view(self) -> View:
        """The codes themselves; with one number, PCA's first component beside it; with more than
        two, their own two main axes, of which the way back goes through the code.
        """
        model = self.model
        if self.k == 1:
            points = np.column_stack([self.codes, self.pca.project(self.data)[:, :1]])
            decode = (lambda places: model.decode(places[:, :1])) if model else None
            return View(points, decode, self.picture)
        if self.k == 2:
            return View(self.codes, model.decode if model else None, self.picture)
        axes = components(self.codes, 2)
        points = axes.project(self.codes)
        # by which the plane does not flip from one epoch to the next
        signs = np.where((points * self.pca.project(self.data)[:, :2]).sum(0) < 0, -1.0, 1.0)
        decode = (lambda places: model.decode(axes.reconstruct(places * signs))) if model else None
        return View(points * signs, decode, self.picture)

    @cached_property
    def tsne_view(self) -> View | None:
        """The codes as t-SNE lays them out, without a way back."""
        return None if self.tsne is None else View(self.tsne, None, self.picture)

    @cached_property
    def pca_view(self) -> View | None:
        """The first two components of PCA, None if it has but one."""
        mean, axes = self.pca.mean, self.pca.axes[:2]
        if len(axes) < 2:
            return None
        points = self.pca.project(self.data)[:, :2]
        return View(points, lambda places: mean + places @ axes, self.picture)


def one_of_each(labels: np.ndarray, classes: int, unlabelled: int) -> list[int]:
    """The places of the first row of each class; without classes of the first ``unlabelled``."""
    if classes < 2:
        return list(range(min(unlabelled, len(labels))))
    return [int(np.flatnonzero(labels == label)[0]) for label in np.unique(labels)]


def as_shape(shape: tuple[int, int]) -> Callable[[np.ndarray], np.ndarray]:
    """How rows of pixels become images of ``shape``, (height, width)."""
    return lambda rows: np.reshape(rows, (-1, *shape))


@lru_cache(maxsize=8)
def evaluate_shipped(
    name: str, config_class: type[Config], model_class: type[Any] = Autoencoder
) -> Evaluation[Any] | None:
    """The network of that name that comes with Pangloss, on the images that it was scored on.

    None where its weights or its images are missing. Its t-SNE is among its weights, if anywhere.
    """
    if name not in pretrained.names():
        return None
    model, card = pretrained.load(name, model_class)
    try:
        task = image_task(config_class.parse(card["config"]))
    except Problem:
        return None
    known, data = task.known, task.held_out.astype(np.float64)
    codes = model.encode(data)
    labels, shape = known.labels[task.test], as_shape(known.shape)
    return Evaluation(model, task.pca, data, labels, known.class_names, codes, shape)


def shipped_is_missing():
    """Says that there is no shipped network to be looked into."""
    st.info(_("The shipped autoencoder is missing from this copy of Pangloss. Train one below."))


def where_weights_are(run: Run[_Config]) -> Run[_Config]:
    """The run as of an epoch whose weights were kept; says so, if it is not the one looked at."""
    shown = run.with_weights()
    if shown is not run:
        st.caption(
            _(
                "From here on epoch {shown} is shown: the weights of epoch {epoch} were not kept."
            ).format(shown=shown.at.epoch, epoch=run.at.epoch)
        )
    return shown


def evaluate_run(
    run: Run, build: Callable[[dict[str, np.ndarray]], Coder] | None = None
) -> Evaluation[Any] | None:
    """What a run has come to at the epoch that is looked at.

    build: the network from its weights by name, if it is not of the layers that its settings say.
    None before the first epoch and, with a sentence, where the images are no longer here.
    """
    if not run.epochs:
        return None
    try:
        return run_evaluation(run, build)
    except Problem:
        st.caption(_("The images of this run are not on this machine."))
        return None


def run_evaluation(
    run: Run, build: Callable[[dict[str, np.ndarray]], Coder] | None = None
) -> Evaluation[Any]:
    """``evaluate_run`` after the first epoch. Raises Problem where the images are gone."""
    first, now = run.epochs[0].arrays, run.at.arrays
    known = images(run.config.data, run.config.upload)
    mean, axes = (first[name].astype(np.float64) for name in ("mean", "axes"))
    weights = {name: array.astype(np.float32) for name, array in run.weights().items()}
    build = build or (lambda weights: Autoencoder(run.config.architecture(known.shape), weights))
    data = known.pixels[first["test_indices"]].astype(np.float64)
    return Evaluation(
        build(weights) if weights else None,
        Components(mean, axes, first["variances"]),
        data,
        first["labels"].astype(int),
        known.class_names,
        now["latent"].astype(np.float64),
        as_shape(known.shape),
        run.end.arrays.get("tsne") if run.end else None,
    )


def alt_after(run: Run) -> str:
    """What the planes of a run are, in words."""
    return _("The held-out images after epoch {epoch}: by the autoencoder, and by PCA.").format(
        epoch=run.at.epoch
    )


def alt_of_shipped(evaluation: Evaluation) -> str:
    """What the planes of a shipped network are, in words."""
    return _(
        "{count} held-out digits as two numbers each: by the shipped autoencoder, and by PCA. "
        "Held-out error {mse}, PCA's {pca}."
    ).format(
        count=len(evaluation.labels),
        mse=significant(evaluation.mse(evaluation.reconstructions), 4),
        pca=significant(evaluation.mse(evaluation.of_pca), 4),
    )
