"""From one-hot to vector: a product with live numbers, and what it costs at full size."""

import streamlit as st

from pages.language.word_embeddings.spaces import Space
from ui.components import component
from ui.layout import text_beside
from ui.texts import _, language, lesson_text, number

_SHOWN = ("roi", "reine", "homme", "femme", "chat", "mer", "paix", "guerre")
_NUMBERS = 4  # of each vector
_WORDS, _DIM, _BYTES = 30_000, 300, 4  # of the course's example
_ONEHOT = component(
    __file__,
    "onehot",
    """<div class="pangloss-handled pangloss-onehot" role="group">
      <div class="product">
        <figure><figcaption></figcaption><div class="x"></div></figure>
        <span class="sign">×</span>
        <figure><figcaption></figcaption><div class="w"></div></figure>
        <span class="sign">=</span>
        <figure><figcaption></figcaption><div class="v"></div></figure>
      </div>
      <p class="said" aria-live="polite"></p>
    </div>""",
)


def onehot(space: Space):
    """The section."""
    st.header(_("From one-hot to vector"), anchor=False)
    words, figure = text_beside("word_embeddings.onehot_text")
    words.markdown(lesson_text("word-embeddings", "onehot"))
    with figure:
        _product(space)
        st.caption(costs(space))


def _product(space: Space):
    known = [word for word in _SHOWN if word in space.words.numbers]
    shown = (known + [w for w in space.words.words if w not in known])[: len(_SHOWN)]
    matrix = [space.words.vectors[space.words.number(w), :_NUMBERS].round(2) for w in shown]
    _ONEHOT(
        key="word_embeddings.onehot",
        data={
            "vocabulary": shown,
            "matrix": [[float(value) for value in row] for row in matrix],
            "first": 1,
            "language": language(),
            "words": {
                "alt": _(
                    "A one-hot row times a matrix of {words} words and {numbers} numbers"
                ).format(words=len(shown), numbers=_NUMBERS),
                "sum": _("Number {place} of {word}: {sum} = {result}"),
            },
        },
        height="content",
    )


def costs(space: Space) -> str:
    """What the product costs with the course's numbers, and how large the shipped matrix is."""
    values = _WORDS * _DIM
    words, dim = space.words.vectors.shape
    return _(
        "A dictionary of {words} words and vectors of {dim} numbers: a matrix of {values} numbers, "
        "{megabytes} MB at {bytes} bytes each. As a product every word would cost {values} "
        "multiplications, all but {dim} of them by 0; as a row that is looked up it costs none. "
        "The matrix here has {own_words} × {own_dim} = {own} numbers."
    ).format(
        words=number(_WORDS, 0),
        dim=_DIM,
        values=number(values, 0),
        megabytes=number(values * _BYTES / 1e6, 0),
        bytes=_BYTES,
        own_words=number(words, 0),
        own_dim=dim,
        own=number(words * dim, 0),
    )
