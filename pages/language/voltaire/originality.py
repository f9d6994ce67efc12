"""How original a text is: its words, its passages, and the longest that was copied."""

from bisect import bisect
from itertools import accumulate

import streamlit as st

from core import pretrained
from core.data import fetch
from core.data.language import corpora
from core.experiments.voltaire.recipe import EVERYTHING as SHIPPED_TEXTS
from core.experiments.voltaire.recipe import FACTS, OTHERS, text_of
from core.experiments.voltaire.run import MIN_LETTERS
from core.messages import Problem
from core.numeric.language.originality import Copied, Facts, facts_of, longest_copied
from pages.language.voltaire.networks import EVERYTHING, Writer
from pages.language.voltaire.writing import WrittenText
from ui.components.reading import reading
from ui.layout import paragraphs
from ui.notices import plain
from ui.state.widgets import pressed
from ui.texts import _, lesson_text, number, percent, say

_TINT = 0.35  # of a copied passage, light enough to be read on
_CONTEXT = 160  # characters shown on each side of a copied passage
_COPIED = "voltaire.copied"


def originality(writer: Writer, written: WrittenText):
    """What share of the text is known, and on demand the longest passage that was copied."""
    st.header(_("Does it write, or recite?"), anchor=False)
    paragraphs(lesson_text("voltaire", "originality"))
    try:
        facts = facts_about(writer.corpus)
    except Problem:
        facts = None
    if facts is None:
        st.info(_("The text that this network learned from is not here to compare with."))
        return
    _shares(writer, written, facts)
    _longest(writer, written)


def _shares(writer: Writer, written: WrittenText, facts: Facts):
    words, passages = st.columns(2)
    known, copied = _known_shares(writer.corpus, written.body, facts)
    if writer.corpus in (EVERYTHING, "voltaire"):
        label = _("of the words were used by Voltaire")
    else:
        label = _("of the words are in its text")
    words.metric(
        label, percent(known, 1), help=_("Words of three letters or more, whatever their case.")
    )
    passages.metric(
        _("of the five-word passages are in its texts"),
        percent(copied, 1),
        help=_(
            "Compared by 32-bit hashes: a passage that is nowhere in the texts is taken for "
            "a known one in {chance} of 100,000 cases."
        ).format(chance=number(1e5 * facts.false_positives, 0)),
    )


@st.cache_data(max_entries=256, ttl=3600, show_spinner=False)
def _known_shares(corpus: str, text: str, _facts: Facts) -> tuple[float, float]:
    """The shares of words and of five-word passages."""
    return _facts.share_of_known_words(text, MIN_LETTERS), _facts.share_of_known_passages(text)


def facts_about(corpus: str) -> Facts | None:
    """Facts of what a network learned from. Raises Problem if the text is needed and not here."""
    if not corpus:
        return None
    if corpus == EVERYTHING:
        return _shipped_facts() if (pretrained.WEIGHTS / FACTS).is_file() else None
    return _facts_of(corpora.digest(corpus), corpora.splits(corpus)[0])


@st.cache_resource(show_spinner=False)
def _shipped_facts() -> Facts:
    return Facts.load(pretrained.WEIGHTS / FACTS)


@st.cache_resource(max_entries=8, ttl=3600, show_spinner=False)
def _facts_of(digest: str, _text: str) -> Facts:
    return facts_of(_text)


def sources(corpus: str) -> list[str]:
    """The names of the texts behind a corpus that are all on this machine; else none."""
    if corpus == EVERYTHING:
        missing = [name for part in SHIPPED_TEXTS for name in corpora.missing(part)]
        return [] if missing else [*OTHERS, *corpora.VOLTAIRE]
    if corpora.missing(corpus):
        return []
    return [*corpora.VOLTAIRE] if corpus == "voltaire" else [corpus]


@st.fragment
def _longest(writer: Writer, written: WrittenText):
    if not sources(writer.corpus):
        st.caption(
            _(
                "Where the texts are on this machine, the page also finds the longest "
                "passage that occurs there word for word. “python -m core data fetch --all” "
                "gets them."
            )
        )
        return
    key = (writer.key, written.settings)
    if pressed(
        _("Find the longest copied passage"),
        key="voltaire.find_copied",
        help=_("Compares the text with all that the network learned from, which is read once."),
    ):
        with st.spinner(_("Reading all that the network has read.")):
            try:
                st.session_state[_COPIED] = (key, *_find(writer.corpus, written.body))
            except Problem as problem:
                st.error(plain(say(problem)))
    kept = st.session_state.get(_COPIED)
    if kept and kept[0] == key:
        _show(*kept[1:])


def _find(corpus: str, text: str) -> tuple[Copied | None, str, str, int]:
    """What was copied, the context that it stands in, where from, and its place in the context."""
    training = text_of(SHIPPED_TEXTS if corpus == EVERYTHING else (corpus,))
    copied = longest_copied(text, training)
    if copied is None:
        return None, "", "", 0
    at = copied.start_in_training
    begin = max(0, at - _CONTEXT)
    context = training[begin : at + len(copied.passage) + _CONTEXT]
    names = sources(corpus)
    lengths = (len(corpora.corpus(name)) + 1 for name in names)  # a line break behind each text
    return copied, context, names[bisect(list(accumulate(lengths)), at)], at - begin


def _show(copied: Copied | None, context: str, source: str, place: int):
    if copied is None:
        st.markdown(_("Not one word of it is in what it learned from."))
        return
    st.markdown(
        _("The longest passage found there word for word has **{words} words**:").format(
            words=copied.words
        )
    )
    st.text(f"« {copied.passage} »")
    st.markdown(_("In {source}, it stands here:").format(source=plain(_title(source))))
    passage = range(place, place + len(copied.passage))
    reading(
        context,
        key="voltaire.context",
        alt=_("The place in the training texts where the passage is"),
        colours=[_TINT if i in passage else float("nan") for i in range(len(context))],
        height=200,
    )


def _title(source: str) -> str:
    """A text's title as people read it."""
    for file, entry in fetch.manifest().items():
        if file.rpartition(".")[0] == source:
            return entry["about"].partition(";")[0]
    return _("the tale of this project") if source == "conte" else _("your text")
