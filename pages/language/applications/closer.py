"""A field looked at closer: in and out, how it was done, what it costs, where it fails."""

import re
from collections.abc import Callable
from functools import cache, partial

import streamlit as st

from core.experiments.spoken_digits.recorded import FILE, load
from core.figures.recurrent.classification import score_bars
from pages.language.applications import chatbot, speech, summary
from pages.language.applications.answers import (
    BOOK,
    FIELDS,
    book,
    found,
    in_french,
    kinds,
    names_in,
    numbers_in_words,
    opinion,
)
from ui.components.charts import live_plot, look
from ui.components.table import markdown_table
from ui.course import LESSONS
from ui.layout import paragraphs
from ui.notices import made_by, plain
from ui.texts import _, lesson_text, percent

_PASSAGES = 3


@cache
def read_fields(text: str) -> dict[str, str]:
    """Name -> Markdown, of "## name" and what follows."""
    parts = re.split(r"^## (\w+)\n", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], map(str.strip, parts[1::2]), strict=True))


def closer(field: str, sentence: str):
    """The section of one field, with its demonstration and the lessons that go on."""
    st.header(_(FIELDS[field].title), anchor=False)
    paragraphs(read_fields(lesson_text("applications", "fields"))[field])
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(_("In the course"), width="content")
        for lesson, settings in _lessons(field, sentence).items():
            if lesson in LESSONS:  # the course may not have it yet
                st.page_link(LESSONS[lesson].page(), query_params=settings)
    _DEMOS[field](sentence)


def _lessons(field: str, sentence: str) -> dict[str, dict[str, str]]:
    """Where a field is a lesson, and the settings of the link."""
    numbers = list(numbers_in_words(sentence) or ()) if field == "translation" else []
    return {
        "extraction": {"tagger": {"reader": "names", "sentence": sentence}},
        "sentiment": {"text-class": {"sentence": sentence}},
        "search": {"thought-vectors": {"sentence": sentence}, "question-answering": {}},
        "chatbot": {"thought-vectors": {"corpus": "intents"}},
        "summary": {"thought-vectors": {}},
        "translation": {
            "translation": {},
            "number-words": dict(zip(("number",), numbers, strict=False)),
        },
        "synthesis": {"spoken-digits": {"listener": "synthetic"}},
        "transcription": {"spoken-digits": {"sound": "voice"}},
        "speaker": {"spoken-digits": {"task": "speaker"}},
    }[field]


def _extraction(sentence: str):
    names = names_in(sentence)
    if names is None:
        st.info(FIELDS["extraction"].answer(sentence))
    elif names:
        rows = [(plain(name), kinds()[kind]) for name, kind in names]
        st.markdown(markdown_table((_("What it sees"), _("Kind")), rows, numbers=False))
    else:
        st.info(_("It sees no name here."))
    st.caption(_("The shipped tagger of names, which read Balzac, Maupassant and Zola."))


def _sentiment(sentence: str):
    said = opinion(sentence)
    if said is None:
        st.info(FIELDS["sentiment"].answer(sentence))
        return
    answer, share, known, all_words = said
    other = "negative" if answer == "positive" else "positive"
    rows = [
        (_(name), value, "lstm", percent(value, 1))
        for name, value in ((answer, share), (other, 1 - share))
    ]
    title = _("It says {answer}, and knows {known} of {all} words").format(
        answer=_(answer), known=known, all=all_words
    )
    live_plot(
        partial(score_bars, look(title, _("probability")), rows),
        key="applications.opinion",
        height=200,
    )
    st.caption(
        _("The shipped network of English film reviews. Of words that it never met it says little.")
    )


def _search(sentence: str):
    hits = found(sentence, _PASSAGES)
    st.markdown("\n".join(f"{i}. {plain(hit.text)}" for i, hit in enumerate(hits, 1)))
    if not hits:
        st.info(_("No passage has a word of it."))
    st.caption(
        _("Candide, by BM25: shared words, rare ones more. No network is needed for it.")
        if book() == BOOK
        else _("The project’s own tale, by BM25: shared words, rare ones more.")
    )


def _translation(sentence: str):
    said = numbers_in_words(sentence)
    if said:
        rows = [(number, in_french(number, text)) for number, text in said.items()]
        st.markdown(markdown_table((_("Number"), _("In French")), rows, numbers=False))
    else:
        st.info(FIELDS["translation"].answer(sentence))
    st.caption(
        _(
            "An LSTM reads digits from both sides, another writes letters and looks back: the "
            "parts of a translator, for a language of numbers."
        )
    )


def _speaker(_sentence: str):
    if not FILE.is_file():
        return
    runs, card = load()
    names = {
        "network": _("network"),
        "warping": "DTW",
        "logistic_mean": _("logistic"),
    }
    kinds = {
        "speaker": _("known words"),
        "speaker_unheard": _("new words"),
    }
    rows = [
        (f"{label}, {said}", share, "gru" if name == "network" else "baseline", percent(share, 1))
        for kind, said in kinds.items()
        for name, label in names.items()
        for share in [sum(run[name] for run in runs[kind]) / len(runs[kind])]
    ]
    title = _("Who of six speaks: {known}, with new words {new}").format(
        known=rows[0][3], new=rows[len(names)][3]
    )
    live_plot(
        partial(score_bars, look(title, _("recordings that are right")), rows),
        key="applications.speakers",
        height=340,
    )
    told = _(
        "Held-out recordings. DTW: the nearest recording, by dynamic time warping; logistic: on "
        "the mean of the sound. What was never said in training is harder."
    )
    st.caption(f"{told} {plain(made_by(card))}")


_DEMOS: dict[str, Callable[[str], object]] = {
    "extraction": _extraction,
    "sentiment": _sentiment,
    "search": _search,
    "chatbot": chatbot.demo,
    "summary": summary.demo,
    "translation": _translation,
    "synthesis": speech.synthesis,
    "transcription": speech.transcription,
    "speaker": _speaker,
}
