"""The sentence that is typed, and the figure of its tags."""

import streamlit as st

from core.numeric.language.tagging.typed import typed_words
from pages.language.tagger import tags
from pages.language.tagger.networks import Reader
from ui.layout import the_figure
from ui.state.kept_text import kept_text, set_text
from ui.texts import _

SENTENCE = "tagger.sentence"
DEFAULT = {
    "words": "Il la porte vers la porte.",
    "names": "M. Mantes arriva à Mantes avant la nuit.",
}
MOST_CHARS, _MOST_WORDS = 600, 40


def ask() -> str:
    """The sentence that was typed; empty where the reader's own is to be read."""
    return kept_text(
        _("A sentence, tagged word by word"),
        "",
        key=SENTENCE,
        parameter="sentence",
        most=MOST_CHARS,
        placeholder=DEFAULT["words"],
        help=_("In the language of the sentences that the network learned from."),
    )


def read_instead(text: str):
    """Have this text read, in the coming run; to be called in a callback."""
    set_text(SENTENCE, text[:MOST_CHARS])


def words_of(typed: str, reader: Reader) -> list[str]:
    """The words that the reader reads, at most as many as there is room for."""
    asked = typed or DEFAULT["names" if reader.model.spans else "words"]
    return typed_words(asked, reader.config.data)[:_MOST_WORDS]


def tagged(words: list[str], reader: Reader, *, is_cut: bool):
    """The figure, and what is to be said of it."""
    with the_figure():
        tags.draw(words, reader.model, reader.model.read(words), key="tagger.tags")
    notes = [
        _(
            "Dashed: one side alone would have said something else. Point at a word, or walk along "
            "with the arrow keys, for its probabilities."
        )
    ]
    if reader.config.data == "sequoia":
        notes.append(_("As in the treebank, “du” is read as “de le”, and “l’” is a word."))
    if is_cut:
        notes.append(_("Only the first {count} words are read here.").format(count=len(words)))
    st.caption(" ".join(notes))
