"""Real questions: what searching and a stretch of a sentence reach, and a search of one's own."""

from functools import lru_cache

import streamlit as st

from core.data import fetch
from core.data.language import piaf
from core.experiments.question_answering.recorded import FILE, load
from core.figures.recurrent.classification import score_bars
from core.numeric.language.answering.spans import SentenceSearch, kind_of, sentences
from ui.components.charts import live_plot, look
from ui.layout import text_beside
from ui.notices import made_by, plain
from ui.runs.fetching import fetch_or_replace, megabytes
from ui.state import address
from ui.texts import _, lesson_text, number, percent

_ASKED, _DEFAULT, _MOST = "question_answering.real", "Qui est le patron de Sonolor ?", 200
_SENTENCES = 3


@lru_cache(maxsize=1)
def _search() -> tuple[SentenceSearch, tuple[str, ...]]:
    """All sentences of all passages, and the title of the article that each is from."""
    cut = [
        (sentence, passage.title)
        for passage in piaf.piaf().passages
        for _start, sentence in sentences(passage.text)
    ]
    texts, titles = zip(*cut, strict=True)
    return SentenceSearch(texts), titles


def limit():
    """The section: scores as recorded, and a question of one's own where the passages are here."""
    if not FILE.is_file():
        return
    st.header(_("The limit: real questions"), anchor=False)
    text, right = text_beside("question_answering.limit_text")
    text.markdown(lesson_text("question-answering", "limit"))
    with right:
        _scores()
        if fetch.available(piaf.FILE):
            st.fragment(_ask)()
        else:
            _offer()


def _scores():
    known = load().piaf
    names = {
        "sentence": _("The right sentence of the passage"),
        "f1": _("F1, the passage given"),
        "exact": _("Exact match, the passage given"),
        "passage": _("The right one of 761 passages"),
        "open_f1": _("F1, the passage searched"),
        "open_exact": _("Exact match, the passage searched"),
    }
    rows = [(names[n], known[n], "baseline", percent(known[n], 1)) for n in names]
    title = _("Finding is half of it: {sentence} sentences, {exact} answers").format(
        sentence=percent(known["sentence"]), exact=percent(known["exact"])
    )
    summary = ", ".join(f"{name}: {share}" for name, _value, _colour, share in rows)
    figure = score_bars(
        look(title, _("questions"), alt=f"{title}. {summary}"),
        rows,
    )
    live_plot(figure, key="question_answering.piaf", height=340)
    st.caption(plain(made_by(load().card)))


def _offer():
    fetch_or_replace(
        [piaf.FILE],
        _(
            "To ask questions of your own, PIAF is needed, {size} MB, which is not on this machine."
        ).format(size=number(megabytes([piaf.FILE]), 1)),
        key="question_answering.passages",
        fetch_label=_("Fetch the passages"),
    )


def _ask():
    if address.decides(_ASKED):
        st.session_state[_ASKED] = st.query_params.get("real", _DEFAULT)[:_MOST]
    elif _ASKED not in st.session_state:
        st.session_state[_ASKED] = st.session_state.get(f"{_ASKED}.kept", _DEFAULT)
    asked = st.text_input(
        _("A question in French, to 761 passages of Wikipedia"),
        st.session_state[_ASKED],
        key=_ASKED,
        max_chars=_MOST,
    )
    asked = (asked or "").strip() or _DEFAULT
    st.session_state[f"{_ASKED}.kept"] = asked
    address.write({"real": asked if asked != _DEFAULT else None})
    search, titles = _search()
    answers = search.answers(asked, load().weights, _SENTENCES)
    if not answers:
        st.info(_("No sentence has a word of this question."))
        return
    for answer in answers:
        before, after = answer.sentence[: answer.start], answer.sentence[answer.end :]
        st.markdown(f"{plain(before)}**{plain(answer.answer)}**{plain(after)}")
        st.caption(
            plain(
                _("{title} · BM25 {score}").format(
                    title=titles[answer.place], score=number(answer.score)
                )
            )
        )
    st.caption(
        _("Asked for: {kind}. Bold is the stretch that the linear score likes best.").format(
            kind=_kinds()[kind_of(asked)]
        )
    )


def _kinds() -> dict[str, str]:
    return {
        "number": _("a number"),
        "time": _("a time"),
        "person": _("somebody"),
        "place": _("a place"),
        "reason": _("a way or a reason"),
        "other": _("something else"),
    }
