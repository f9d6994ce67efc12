"""The spaces that the page shows, the shipped one and that of a run, and what maps know of them."""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from core import pretrained
from core.experiments.kit.recipe import layout
from core.experiments.word_embeddings.run import MAPPED as RUN_MAPPED
from core.numeric.language.embeddings.groups import spherical_groups, typical
from core.numeric.language.embeddings.space import WordSpace, nearest, unit
from pages.language.word_embeddings.wordmap.shown import MapWords
from ui.runs.inputs.model_choice import choose_model
from ui.runs.run import Run
from ui.texts import _, number

CHOICE = "word_embeddings.space"
NAME = "word-embeddings"
_GROUPS, _NAMED, _NEIGHBOURS = 10, 3, 8
_TYPICAL, _FIRST = 25, 6  # words of a group that its name is chosen of, and that are named first
_KEPT = 8  # maps
_PERPLEXITY = 25


@dataclass(frozen=True, eq=False)
class Space:
    """Words on a map. key: another one for other vectors. name: as people read it.

    tsne: places of the most frequent words, (n, 2), or None.
    """

    key: str
    name: str
    words: WordSpace
    tsne: np.ndarray | None = None

    @property
    def mapped(self) -> int:
        """How many words the map shows, the most frequent ones."""
        return len(self.tsne) if self.tsne is not None else min(RUN_MAPPED, len(self.words.words))


def shipped() -> Space | None:
    """The vectors that come with Pangloss, None where they are missing."""
    if NAME not in pretrained.names():
        return None
    words, card = pretrained.load(NAME, WordSpace)
    return Space(card["sha256"], _("the shipped vectors"), words, _layout())


@cache
def _layout() -> np.ndarray | None:
    return layout(NAME)


def words_of(run: Run) -> tuple[tuple[str, ...], np.ndarray]:
    """The words of a run by their number, and how often each comes."""
    for epoch in run.epochs:
        if "vocabulary" in epoch.arrays:
            text = epoch.arrays["vocabulary"].astype(np.uint8).tobytes().decode()
            return tuple(text.split("\n")), epoch.arrays["counts"]
    return (), np.zeros(0, int)


def of_epoch(run: Run | None) -> Space | None:
    """The vectors of a run as of the epoch that is looked at, None if they were not kept."""
    if run is None or not (weights := run.weights()):
        return None
    words, counts = words_of(run)
    name = _("the run's vectors after epoch {epoch}").format(epoch=run.at.epoch)
    space = WordSpace(words, weights["vectors"].astype(np.float32), counts)
    return Space(f"{run.id}:{run.at.epoch}", name, space)


def choose_space(run: Run | None) -> Space | None:
    """Asks whose vectors are shown, where a run has some; None if there are none."""
    own = of_epoch(run)
    return choose_model(
        _("Whose vectors"),
        {"shipped": shipped(), "run": own},
        key=CHOICE,
        missing=_("The shipped vectors are missing from this copy of Pangloss. Train some below."),
        describe=describe,
        parameter="vectors",
        alone=own is not None,
    )


def describe(space: Space) -> str:
    """How many words it has, and of how many numbers."""
    words, dim = space.words.vectors.shape
    return _("{words} words of {dim} numbers; the map shows the {mapped} most frequent").format(
        words=number(words, 0), dim=dim, mapped=number(space.mapped, 0)
    )


_laid_out: dict[str, np.ndarray] = {}


def with_tsne(space: Space, *, compute: bool) -> Space:
    """The space with its t-SNE map, if there is one, or ``compute`` asks for it: some seconds."""
    if space.tsne is not None:
        return space
    if compute and space.key not in _laid_out:
        from sklearn.manifold import TSNE  # half a second, which nobody else should wait for

        units = space.words.units[: space.mapped]
        perplexity = min(_PERPLEXITY, (len(units) - 1) / 3)
        layout = TSNE(2, init="pca", perplexity=perplexity, random_state=0)
        while len(_laid_out) >= _KEPT:
            _laid_out.pop(next(iter(_laid_out)), None)
        _laid_out[space.key] = layout.fit_transform(units).astype(float)
    return replace(space, tsne=_laid_out.get(space.key))


_known: dict[str, MapWords] = {}


def map_words(space: Space) -> MapWords:
    """The neighbours and groups of the words of a map, kept for the latest few spaces."""
    if space.key not in _known:
        while len(_known) >= _KEPT:
            _known.pop(next(iter(_known)), None)
        _known[space.key] = _map_words(space)
    return _known[space.key]


def _map_words(space: Space) -> MapWords:
    units = space.words.units[: space.mapped]
    near, cosines = nearest(units, _NEIGHBOURS)
    turned = unit(units - units.mean(0))  # what all words share tells none of them apart
    groups = spherical_groups(turned, _GROUPS)
    words, counts = space.words.words, space.words.counts[: space.mapped]
    # Of the typical words the most frequent, which people know: words are sorted by how often.
    known = [sorted(typical(turned, groups, g, _TYPICAL)) for g in range(len(groups.middles))]
    names = [", ".join(words[i] for i in group[:_NAMED]) for group in known]
    first = [group[rank] for rank in range(_FIRST) for group in known if rank < len(group)]
    return MapWords(words, counts, near, cosines, groups.of, names, first)
