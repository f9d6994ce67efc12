"""The instrument: a sentence is typed, and the nearest passages answer, beside those of BM25."""

import unicodedata

import streamlit as st

from core.data.language.words.tokens import words
from core.experiments.thought_vectors.search_index import METHODS, SearchIndex
from pages.language.thought_vectors import hits, names, source
from pages.language.thought_vectors.book_map import book_map
from ui.layout import class_view, the_figure
from ui.notices import plain
from ui.state import address
from ui.state.kept_choice import kept_choice, select
from ui.state.kept_text import cut
from ui.texts import _

SENTENCE = "thought_vectors.sentence"
METHOD = "thought_vectors.by"
_KEPT = "thought_vectors.sentence.kept"
_DEFAULTS = {
    "candide": "un navire perdu en mer",
    "tale": "une tempête en mer",
    "upload": "",
}
_SHOWN, _SHOWN_TO_A_CLASS = 3, 2
_IN_THE_URL, _LONGEST = 160, 600


def instrument():
    """Sentence, method and text; the passages found; and where they are in the book."""
    row = st.columns([5, 3, 2], vertical_alignment="bottom", gap="small")
    with row[2]:
        name = source.choose_text()
    with row[0]:
        sentence = ask(_DEFAULTS[name], french=name != "upload")
    search_index = source.searched(name)
    if search_index is None:
        return
    with row[1]:
        method = _method(search_index)
    asked = words(sentence)
    if not asked:
        st.info(_("Type a sentence: an idea, some words."))
        return
    with the_figure():
        _found(search_index, method, sentence, asked)
    _tell_unknown(search_index, asked)
    st.caption(plain(source.about(name, search_index)))
    book_map(search_index, method, asked, search_index.search(method, asked, _count()))


def ask(default: str, *, french: bool) -> str:
    """The sentence that was typed, at first one that the text answers. french: so is the text."""
    if address.decides(SENTENCE):
        st.session_state[SENTENCE] = st.query_params.get("sentence", default)
    elif SENTENCE not in st.session_state:
        st.session_state[SENTENCE] = st.session_state.get(_KEPT) or default
    typed = st.text_input(
        _("An idea in French, some words") if french else _("A sentence, an idea, some words"),
        st.session_state[SENTENCE],
        key=SENTENCE,
        on_change=cut(SENTENCE, _LONGEST),
        help=_("The passages that are nearest to it are found, in the language of the text."),
    )
    typed = unicodedata.normalize("NFC", typed or "")
    st.session_state[_KEPT] = typed if typed != default else ""
    short = typed.strip() and typed != default and len(typed) <= _IN_THE_URL
    address.write({"sentence": typed if short else None})
    return typed


def known(search_index: SearchIndex, word: str) -> bool:
    """Whether a word stands in the text."""
    return word in search_index.encoders["bm25"].counted.vocabulary.numbers  # type: ignore[attr-defined]


def _tell_unknown(search_index: SearchIndex, sentence: list[str]):
    """Say which words the text does not have: who asks in another language has most of them."""
    asked = list(dict.fromkeys(sentence))
    unknown = [word for word in asked if not known(search_index, word)]
    named = ", ".join(unknown)
    if 2 * len(unknown) > len(asked):
        told = _(
            "{unknown} of the {all} words are not in this text: {words}. What is found rests on "
            "the others alone; is the sentence in the language of the text?"
        )
        st.warning(plain(told.format(unknown=len(unknown), all=len(asked), words=named)))
    elif unknown:
        told = _("Not in this text, so BM25 cannot find them: {words}.")
        st.caption(plain(told.format(words=named)))


def _method(search_index: SearchIndex) -> str:
    return kept_choice(
        _("Its vector is"),
        {name: words for name, words in names.METHODS.items() if name in METHODS},
        [name for name in search_index.encoders if name != "bm25"],
        key=METHOD,
        parameter="by",
        widget=select,
    )


def _count() -> int:
    """Passages that are shown: so many as the window has room for."""
    return _SHOWN_TO_A_CLASS if class_view() else _SHOWN


def _found(search_index: SearchIndex, method: str, sentence: str, asked: list[str]):
    columns, told = [], []
    for by in (method, "bm25"):
        best = search_index.search(by, asked, _count())
        title = _(names.METHODS[by])
        rows = hits.of_index(search_index, by, asked, best)
        none = _("No passage has a word of this sentence.")
        columns.append(hits.Column(title, _(names.COMPARED[by]), rows, none))
        passages = " ".join(
            f"{i}. {search_index.passages[hit.place].text}" for i, hit in enumerate(best, 1)
        )
        told.append(f"{title}: {passages or none}")
    hits.draw(columns, sentence, " ".join(told), key="thought_vectors.hits")
