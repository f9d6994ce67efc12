"""All passages of a text on a plane, by one method: which chapters lie together, what was found."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import streamlit as st

from core.experiments.thought_vectors.search_index import SearchIndex
from core.figures.language.thoughts import passage_map
from core.numeric.language.thoughts.search import Hit
from core.numeric.principal import components
from pages.language.thought_vectors import names
from ui.components.charts import live_plot, look
from ui.texts import _, percent

_MOST = 3_000  # passages that are drawn
_LETTERS = 90  # of a passage that hovering tells


def book_map(search_index: SearchIndex, method: str, asked: Sequence[str], found: Sequence[Hit]):
    """The map of the passages by a method, the question among them."""
    kept = search_index.kept(method)
    if not isinstance(kept, np.ndarray):  # tf-idf: as many axes as words
        kept = search_index.kept("svd")
        method = "svd"
    drawn = kept[:_MOST]
    pca = components(drawn, 2)
    question = search_index.encoders[method].asked([asked])
    chapters = np.array([passage.chapter for passage in search_index.passages[:_MOST]])
    title = _("{method}: the passages on a plane, coloured by chapter")
    shares = pca.variances[:2] / max(float(pca.variances.sum()), 1e-30)
    figure = partial(
        passage_map,
        look(title.format(method=_(names.METHODS[method]))),
        pca.project(drawn),
        chapters,
        [shortened(passage.text) for passage in search_index.passages[:_MOST]],
        named=[hit.place for hit in found if hit.place < _MOST],
        asked=pca.project(np.asarray(question))[0] if np.any(question) else None,
        asked_name=_("your sentence"),
        bar_title=_("chapter"),
    )
    live_plot(figure, key="thought_vectors.map", height=460)
    st.caption(
        _(
            "The first two principal components, {share} of what differs: far less than the "
            "vectors know. Rings: the passages found, by their rank."
        ).format(share=percent(float(shares.sum())))
    )


def shortened(text: str) -> str:
    """The beginning of a passage."""
    return text if len(text) <= _LETTERS else text[:_LETTERS].rsplit(" ", 1)[0] + " …"
