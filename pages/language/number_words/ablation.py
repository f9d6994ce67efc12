"""The same task without attention, and with attention alone in the encoder's place."""

from functools import partial

import streamlit as st

from core.experiments.number_words.config import NumberWordsConfig
from core.experiments.number_words.run import unseen
from core.figures.language.number_words import ByLength, weights_map
from pages.language.number_words.alignment import judged, spelled
from pages.language.number_words.epoch import draw_by_length, group_counts
from pages.language.number_words.networks import (
    NAMES,
    SELF_ATTENTION,
    WITHOUT,
    NumberWriter,
    exact_match,
    metrics_of,
    shipped,
)
from pages.language.number_words.query import Query
from ui.components.charts import live_plot, look
from ui.layout import paragraphs, text_beside
from ui.notices import plain
from ui.texts import _, lesson_text, number, percent


def fixed_vector(asked: Query):
    """The section on the fixed vector: two networks that differ in the attention alone."""
    st.header(_("Without attention"), anchor=False)
    text, figure = text_beside("number_words.without_text")
    text.markdown(lesson_text("number-words", "without"))
    direction = asked.direction
    own, bare = shipped(NAMES[direction]), shipped(WITHOUT[direction])
    with figure:
        if own is None or bare is None:
            st.info(_("The shipped networks of this part are missing from this copy of Pangloss."))
            return
        title = _("“{asked}”, by two networks").format(asked=asked.text)
        st.markdown("**" + plain(title) + "**")
        writers = {_("with attention"): own, _("without attention"): bare}
        answers = {name: writer.answer(asked.text) for name, writer in writers.items()}
        spelled(judged(answers, asked.truth()), key="number_words.two_answers", note=title)
        _by_length(direction, own.config)


def _by_length(direction: str, config: NumberWordsConfig):
    own, bare = NAMES[direction], WITHOUT[direction]
    title = _(
        "Right answers for numbers never seen: {share} with attention, {bare} without"
    ).format(share=percent(exact_match(own), 2), bare=percent(exact_match(bare), 2))
    counts = group_counts(config.spelling)
    lines = [
        ByLength(_("with"), metrics_of(own)["by_length"], "lstm"),
        ByLength(_("without"), metrics_of(bare)["by_length"], "baseline"),
    ]
    draw_by_length(lines, counts, title, key="number_words.by_length", height=380)
    few = next(iter(counts))
    st.caption(
        _(
            "{numbers} numbers that neither learned from; {few} of them have {group} letters. Both "
            "networks took the same {updates} updates of {batch} numbers, from the same seed."
        ).format(
            numbers=number(sum(counts.values()), 0),
            few=counts[few],
            group=few,
            updates=config.epochs * config.epoch_updates,
            batch=config.batch_size,
        )
    )


def self_attention(asked: Query):
    """One layer of self-attention in the encoder's place, on the number that was asked."""
    st.header(_("After 2015: attention alone reads"), anchor=False)
    text, figure = text_beside("number_words.self_text")
    text.markdown(lesson_text("number-words", "self_attention"))
    writer = shipped(SELF_ATTENTION)
    with figure:
        if writer is None:
            st.info(_("The shipped networks of this part are missing from this copy of Pangloss."))
        elif (digits := asked.turned("to_words")) is None:
            st.info(_("This network reads digits; ask for a number, and it shows where it looks."))
        else:
            _self_attention(digits, writer)
        paragraphs(lesson_text("number-words", "transformer"))


def _self_attention(asked: Query, writer: NumberWriter):
    answers = {_("It writes"): writer.answer(asked.text)}
    spelled(judged(answers, asked.truth()), key="number_words.self_answers")
    encoded = writer.model.encode(writer.model.questions([asked.text]))
    if encoded.self_attention is None:
        return
    weights = encoded.self_attention[0]
    title = _("Where each digit of {number} looks in the self-attention").format(number=asked.text)
    digits = list(asked.text)
    strongest = "; ".join(
        _("{digit} looks most at {other}, {share}").format(
            digit=digit, other=digits[int(row.argmax())], share=percent(float(row.max()))
        )
        for digit, row in zip(digits, weights, strict=True)
    )
    alt = f"{title}. {strongest}"
    figure = partial(
        weights_map,
        look(title, _("digit that is looked at (key)"), _("digit that looks (query)"), alt),
        weights,
        digits,
        digits,
        bar_title=_("weight"),
    )
    live_plot(figure, key="number_words.self", height=400)
    st.caption(
        _(
            "Of {count} numbers never seen it writes {share} correctly; with the recurrent "
            "encoder, after as many updates, it is {recurrent}. It has {params} weights, "
            "the other {others}."
        ).format(
            count=number(len(unseen()), 0),
            share=percent(exact_match(SELF_ATTENTION), 2),
            recurrent=percent(exact_match(NAMES["to_words"]), 2),
            params=number(writer.model.params, 0),
            others=number(metrics_of(NAMES["to_words"])["params"], 0),
        )
    )
