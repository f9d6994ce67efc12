"""Is a space good: beside counting, spelling and chance, and by kinds of analogies."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import streamlit as st
from scipy.stats import spearmanr

from core import pretrained
from core.data.language.words.questions import french, professions
from core.figures.language.embeddings import leaning_words, space_scores
from core.numeric.language.embeddings.leaning import (
    Leaning,
    counted_lean,
    leanings,
    spread,
)
from core.numeric.language.embeddings.scores import (
    Analogies,
    analogy_questions,
    answered,
    share_by_kind,
)
from pages.language.word_embeddings.labels import kind_name, measures
from pages.language.word_embeddings.spaces import NAME, Space, shipped
from pages.language.word_embeddings.training import draw_scores, scores_of
from ui.components.charts import live_plot, look
from ui.layout import text_beside
from ui.texts import _, lesson_text, number, percent

_LEAST_COUNT = 40  # of a word whose leaning is told
_answers: dict[str, dict[str, np.ndarray]] = {}


def evaluation():
    """The section on the shipped space."""
    space = shipped()
    if space is None:
        return
    st.header(_("Is it good?"), anchor=False)
    text, figure = text_beside("word_embeddings.good_text")
    text.markdown(lesson_text("word-embeddings", "good"))
    with figure:
        _beside_others(pretrained.card(NAME))
        _by_kind(space)
    st.subheader(_("What the books left in it"), anchor=False)
    text, figure = text_beside("word_embeddings.bias_text")
    text.markdown(lesson_text("word-embeddings", "bias"))
    with figure:
        _leanings(space)


def _beside_others(card: pretrained.Card):
    own = _("shipped")
    shares = scores_of(card["metrics"], own)
    title = _("The shipped vectors, their parts, and chance")
    draw_scores(shares, title, own, key="word_embeddings.good")
    if held_out := card["metrics"].get("held_out"):
        reached = ", ".join(
            f"{label} {percent(held_out[metric])}"
            for metric, label in measures().items()
            if metric in held_out
        )
        st.caption(
            _(
                "How much each part weighs was chosen by these questions. Chosen by one half of "
                "them, the vectors reach on the other half: {reached}."
            ).format(reached=reached)
        )


def _by_kind(space: Space):
    questions, answers = asked(space)
    names = {"left": _("left out"), "allowed": _("allowed")}
    by_kind = {
        names[how]: {kind_name(k): s for k, s in share_by_kind(questions, of).items()}
        for how, of in answers.items()
    }
    own = (answers["allowed"][:, None] == questions.words[:, :3]).any(1).mean()
    title = _(
        "Analogies, the question’s words left out or allowed: then they are {share} of the answers"
    ).format(share=percent(float(own)))
    said = "; ".join(
        f"{name}: " + ", ".join(f"{kind} {percent(share)}" for kind, share in of.items())
        for name, of in by_kind.items()
    )
    figure = partial(
        space_scores,
        look(title, y=_("share right"), alt=f"{title}. {said}"),
        by_kind,
        network=names["left"],
    )
    live_plot(figure, key="word_embeddings.kinds", height=340)


def _leanings(space: Space):
    """Where what people do stands between the words for men and for women."""
    told = [one for one in leanings(space.words, professions()) if one.times >= _LEAST_COUNT]
    usual = spread(space.words)
    either = [one for one in told if one.kind == "either"]
    title = _("Professions between the words for men (left) and for women (right)")
    said = ", ".join(f"{one.word} {number(one.lean, 2)}" for one in told)
    figure = partial(
        leaning_words,
        look(title, _("cosine with the direction from men to women"), alt=f"{title}. {said}"),
        [(one.word, kind_name(one.kind), one.lean) for one in told],
        usual,
    )
    live_plot(figure, key="word_embeddings.leanings", height=120 + 19 * len(told))
    note = _(
        "{count} words that stand {least} times or more in the corpus; {either} of them French "
        "uses for both. Shaded: the standard deviation over all words, ±{usual}."
    ).format(count=len(told), least=_LEAST_COUNT, either=len(either), usual=number(usual, 2))
    card = pretrained.card(NAME)
    if "near" in card:
        correlation = of_counts(told, card["near"], card["near_all"])
        note += " " + _(
            "Counted in the books themselves, within five words of these men’s and women’s words, "
            "they lean alike: rank correlation {correlation}."
        ).format(correlation=number(correlation, 2))
    st.caption(note)


def of_counts(
    told: Sequence[Leaning], near: Mapping[str, Sequence[float]], in_all: Sequence[float]
) -> float:
    """Spearman's correlation of leanings with what was counted near men's and women's words."""
    known = [one for one in told if one.word in near]
    bits = counted_lean(np.array([near[one.word] for one in known]), np.array(in_all))
    correlation: Any = spearmanr([one.lean for one in known], bits)
    return float(correlation.statistic)


def asked(space: Space) -> tuple[Analogies, dict[str, np.ndarray]]:
    """The French analogies that a space knows, and its answers, its own words left out or not."""
    questions = analogy_questions(space.words, french().analogies)
    if space.key not in _answers:
        _answers.clear()
        _answers[space.key] = {
            how: answered(space.words, questions, exclude=how == "left")
            for how in ("left", "allowed")
        }
    return questions, _answers[space.key]
