"""A summary by extraction: the sentences that TextRank takes, beside the first ones."""

from collections.abc import Iterable, Sequence
from functools import partial
from html import escape

import streamlit as st

from core.data.language.passages import passages
from core.data.language.words.tokens import words
from core.figures.language.applications import sentence_ranks
from core.numeric.language.textrank import highest
from pages.language.applications.answers import BOOK, book, ranked
from ui.components.charts import live_plot, look
from ui.layout import side_by_side
from ui.notices import plain
from ui.state.kept_choice import kept_choice, select
from ui.state.kept_text import cut
from ui.texts import _, number

_OWN, _OWN_KEPT = "applications.own", "applications.own.kept"
_MOST_CHARS, _HOVER = 20_000, 140
_COUNT = 3


def demo(_sentence: str):
    """Which sentences each of the two takes, and how TextRank ranks them all."""
    chapters = {str(p.chapter): str(p.chapter) for p in passages(book()) if p.chapter}
    title = (
        _("Chapter {number} of Candide") if book() == BOOK else _("Chapter {number} of the tale")
    )
    texts = {n: title.format(number=n) for n in chapters} | {"own": _("Your text")}
    chosen = kept_choice(
        _("Text"), texts, texts, key="applications.text", parameter="text", widget=select
    )
    cut, rank = ranked(_own() if chosen == "own" else _chapter(int(chosen)))
    if len(cut) <= _COUNT:
        st.info(
            _(
                "Paste a text of more than {count} sentences; it is forgotten when the page is "
                "closed."
            ).format(count=_COUNT)
        )
        return
    best = highest(rank, _COUNT)
    side_by_side(
        lambda: _listed(_("TextRank"), cut, best),
        lambda: _listed(_("The first sentences"), cut, range(_COUNT)),
    )
    places = ", ".join(number(i + 1, 0) for i in best)
    live_plot(
        partial(
            sentence_ranks,
            look(
                _("TextRank takes sentences {places} of {all}").format(
                    places=places, all=number(len(cut), 0)
                ),
                _("sentence of the text"),
                _("rank"),
            ),
            rank,
            best,
            [escape(s[:_HOVER] + " …" * (len(s) > _HOVER)) for s in cut],
        ),
        key="applications.ranks",
        height=280,
    )
    lengths = [sum(len(words(cut[i])) for i in places) for places in (best, range(_COUNT))]
    st.caption(
        _(
            "TextRank’s have {ranked} words, the first {first}: long sentences share more. Not "
            "scored: that takes summaries written by people, and none are at hand. Read and judge."
        ).format(ranked=number(lengths[0], 0), first=number(lengths[1], 0))
    )


def _listed(title: str, sentences: Sequence[str], places: Iterable[int]):
    listed = "\n\n".join(f"{i + 1}. {plain(sentences[i])}" for i in places)
    st.markdown(f"**{title}**\n\n{listed}")


def _chapter(chapter: int) -> str:
    return " ".join(p.text for p in passages(book()) if p.chapter == chapter)


def _own() -> str:
    if _OWN not in st.session_state:  # the widget's own value goes when the page is left
        st.session_state[_OWN] = st.session_state.get(_OWN_KEPT, "")
    keep = cut(_OWN, _MOST_CHARS)
    text = st.text_area(
        _("Your text"), st.session_state[_OWN], key=_OWN, on_change=keep, height=160
    )
    st.session_state[_OWN_KEPT] = text or ""
    return text or ""
