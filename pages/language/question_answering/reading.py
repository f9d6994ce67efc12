"""The instrument: the rule's answer, the network's, and the sentences that it looks at."""

from functools import partial
from html import escape

import numpy as np
import streamlit as st

from core.data.language.stories import rules
from core.data.language.stories.story import as_written
from core.experiments.question_answering.config import QuestionAnsweringConfig
from core.figures.language.question_answering import hops_over_story
from core.figures.recurrent.classification import score_bars
from pages.language.question_answering.asking import Story, draw_buttons
from pages.language.question_answering.networks import Answerer, choose_answerer, describe
from ui.components.charts import live_plot, look
from ui.layout import the_figure
from ui.runs.run import Run
from ui.texts import _, number, percent

_MOST_DRAWN = 16  # sentences, the last ones


def reading(story: Story | None, run: Run[QuestionAnsweringConfig] | None):
    """The figure, and beneath it who answers, what the rule says, and new stories."""
    drawn = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        answerer = choose_answerer(run, story.task if story else "two")
        draw_buttons()
    if story is None or answerer is None:
        return
    with drawn:
        _draw(story, answerer)
    st.caption(describe(answerer))
    if answerer.config.task != story.task:
        persons = answerer.config.task == "one"
        st.warning(
            _("This network learned to answer questions of persons only.")
            if persons
            else _("This network learned to answer questions of things only.")
        )


def _draw(story: Story, answerer: Answerer):
    sentences, question = story.sentences, story.question
    read = answerer.model.read([sentences], [question])
    shares = read.probabilities[0]
    best = int(shares.argmax())
    facts = rules.supporting(sentences, question)
    title = _("It says {answer}, {share} sure; the rule: {rule}").format(
        answer=answerer.model.network.answers[best],
        share=percent(float(shares[best])),
        rule=rules.last_place_with(sentences, question) or _("nothing"),
    )
    attention = read.attention[0][:, : len(sentences)]
    with the_figure():
        if len(attention):
            _hops(sentences, attention, facts, title)
        else:
            _places(answerer, shares, title)
    st.caption(_explained(story, answerer, facts))


def _hops(
    sentences: tuple[tuple[str, ...], ...],
    attention: np.ndarray,
    facts: tuple[int, ...],
    title: str,
):
    count = min(len(sentences), attention.shape[1], _MOST_DRAWN)
    weights = attention[:, count - 1 :: -1]  # the last sentence is first
    begin = len(sentences) - count
    names = [as_written(sentence) for sentence in sentences[begin:]]
    own = [fact - begin for fact in facts if fact >= begin]
    marked = [f"{'◆ ' if i in own else ''}{escape(name)}" for i, name in enumerate(names)]
    hops = [_("hop {hop}").format(hop=hop) for hop in range(1, len(weights) + 1)]
    most = "; ".join(
        _("{hop}: most at “{sentence}”, {share}").format(
            hop=hop, sentence=names[int(row.argmax())], share=percent(float(row.max()))
        )
        for hop, row in zip(hops, weights, strict=True)
    )
    figure = partial(
        hops_over_story,
        look(title, alt=escape(f"{title}. {most}.")),
        marked,
        weights,
        own,
        hops=hops,
        hover=_("weight {weight}%"),
    )
    live_plot(figure, key="question_answering.looks", height=430, room=1)
    if begin:
        st.caption(
            _("Only the last {count} of {all} sentences are drawn.").format(
                count=number(count, 0), all=number(len(sentences), 0)
            )
        )


def _places(answerer: Answerer, shares: np.ndarray, title: str):
    """The probabilities alone, of a network that looks at no sentence."""
    order = np.argsort(-shares)
    rows = [
        (
            answerer.model.network.answers[i],
            float(shares[i]),
            answerer.config.cell,
            percent(float(shares[i])),
        )
        for i in order.tolist()
    ]
    figure = partial(score_bars, look(title, _("how sure it is")), rows)
    live_plot(figure, key="question_answering.places", height=430, room=1)


def _explained(story: Story, answerer: Answerer, facts: tuple[int, ...]) -> str:
    """What the marks mean, and whether the story tells at all."""
    longest = answerer.model.network.longest
    parts = []
    if not facts:
        parts.append(
            _("The story does not tell where that is. The network answers all the same: it must.")
        )
    elif answerer.model.network.looks:
        parts.append(_("◆, hatched: the facts that tell it. Each hop’s weights sum to 100%."))
    else:
        parts.append(_("This network keeps one state and looks at no sentence."))
    unlike = rules.unlike_babi(story.sentences, story.question)
    if unlike == "far":
        parts.append(
            _(
                "bAbI never asks about what was last named more than {count} sentences ago: what "
                "the network has learned ends there."
            ).format(count=number(rules.RECENT, 0))
        )
    elif unlike:
        parts.append(
            _(
                "bAbI never asks for a thing that is held where it was taken: what the network has "
                "learned ends there."
            )
        )
    if len(story.sentences) > longest:
        parts.append(_("It reads only the last {count}.").format(count=number(longest, 0)))
    return " ".join(parts)
