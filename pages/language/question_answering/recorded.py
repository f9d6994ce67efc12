"""What was recorded: each network by seed, questions of another kind, and real ones, searched."""

from functools import lru_cache, partial

import numpy as np
import streamlit as st

from core import pretrained
from core.data import fetch
from core.data.language import piaf
from core.data.language.stories.story import TASKS
from core.experiments.question_answering.recorded import FILE, load
from core.figures.recurrent.classification import score_bars, seeds_by_setting
from core.numeric.language.answering.cut import sentences
from core.numeric.language.answering.kinds import kind_of
from core.numeric.language.answering.spans import SentenceSearch
from pages.language.question_answering.networks import SHIPPED
from ui.components.charts import live_plot, look
from ui.layout import text_beside
from ui.notices import made_by, plain
from ui.runs.inputs.fetching import fetch_or_replace, size_of
from ui.state import address
from ui.state.kept_text import cut
from ui.texts import _, lesson_text, number, percent

_ASKED, _DEFAULT, _MOST = "question_answering.real", "Qui est le patron de Sonolor ?", 200


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


def networks():
    """The section: what each network reaches, seed by seed."""
    known = load().networks.get("two", {}) if FILE.is_file() else {}
    if len(known) < len(_names()) or SHIPPED["two"] not in pretrained.names():
        return
    st.header(_("A state, a look back, a memory"), anchor=False)
    text, right = text_beside("question_answering.networks_text")
    text.markdown(lesson_text("question-answering", "networks"))
    shares = {_names()[name]: some for name, some in known.items()}
    means = {name: float(np.mean(some)) for name, some in shares.items()}
    best = max(means, key=means.__getitem__)
    title = _("Two facts: best is “{name}”, {share}").format(
        name=best, share=percent(means[best], 1)
    )
    summary = ", ".join(f"{name}: {percent(mean, 1)}" for name, mean in means.items())
    simple = pretrained.card(SHIPPED["two"])["metrics"]["baseline_last_place"]
    with right:
        figure = partial(
            seeds_by_setting,
            look(title, "", _("held-out accuracy"), f"{title}. {summary}"),
            shares,
            reference=(_("last place named: {share}").format(share=percent(simple, 1)), simple),
        )
        live_plot(
            figure,
            key="question_answering.networks",
            height=360,
            layout={"yaxis": {"range": [0, 1.05]}},
        )
        st.caption(plain(made_by(load().card)))


def _names() -> dict[str, str]:
    return {
        "memory": _("memory network"),
        "attention": _("recurrent, attention"),
        "recurrent": _("recurrent"),
    }


def other_questions():
    """The section: the shipped networks on questions of a kind that they never learned."""
    if not FILE.is_file():
        return
    st.header(_("It learned the stories, not the task"), anchor=False)
    text, right = text_beside("question_answering.data_text")
    text.markdown(lesson_text("question-answering", "data"))
    known = load().invented
    kinds = {"like": _("asked as in bAbI"), "unlike": _("asked otherwise")}
    rows = [
        (
            f"{_(TASKS[task])}, {words}",
            shares[kind],
            "autoencoder",
            percent(shares[kind], 1),
        )
        for task, shares in known.items()
        for kind, words in kinds.items()
    ]
    title = _("The same words, other questions: from {like} to {unlike}").format(
        like=percent(known["two"]["like"]), unlike=percent(known["two"]["unlike"])
    )
    summary = ", ".join(f"{name}: {share}" for name, _value, _colour, share in rows)
    with right:
        figure = partial(
            score_bars,
            look(title, _("invented questions that are right"), alt=f"{title}. {summary}"),
            rows,
        )
        live_plot(figure, key="question_answering.other", height=280)
        st.caption(
            _("Synthetic: {count} questions of each task, the shipped networks.").format(
                count=number(known["two"]["questions"], 0)
            )
        )


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
        "home_f1": _("F1, the sentence given"),
        "home_exact": _("Exact match, the sentence given"),
        "passage": _("The right one of 761 passages"),
        "open_f1": _("F1, the passage searched"),
        "open_exact": _("Exact match, the passage searched"),
    }
    rows = [(names[n], known[n], "baseline", percent(known[n], 1)) for n in names]
    title = _("Finding is half of it: {sentence} sentences, {exact} answers").format(
        sentence=percent(known["sentence"]), exact=percent(known["exact"])
    )
    summary = ", ".join(f"{name}: {share}" for name, _value, _colour, share in rows)
    figure = partial(
        score_bars,
        look(title, _("questions"), alt=f"{title}. {summary}"),
        rows,
    )
    live_plot(figure, key="question_answering.piaf", height=420)
    st.caption(plain(made_by(load().card)))


def _offer():
    fetch_or_replace(
        [piaf.FILE],
        about=_(
            "To ask questions of your own, PIAF is needed, {size}, which is not on this machine."
        ).format(size=size_of([piaf.FILE])),
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
        on_change=cut(_ASKED, _MOST),
    )
    asked = (asked or "").strip() or _DEFAULT
    st.session_state[f"{_ASKED}.kept"] = asked
    address.write({"real": asked if asked != _DEFAULT else None})
    search, titles = _search()
    answers = search.answers(asked, load().weights)
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
        _(
            "Asked for: {kind}. Bold is the stretch of each sentence that the linear score likes "
            "best; the best of all stands first."
        ).format(kind=_kinds()[kind_of(asked)])
    )


def _kinds() -> dict[str, str]:
    return {
        "number": _("a number"),
        "time": _("a time"),
        "name": _("a name"),
        "person": _("somebody"),
        "place": _("a place"),
        "reason": _("a way or a reason"),
        "which": _("one among others"),
        "other": _("something else"),
    }
