"""A run's answers opened: which mistakes, which texts, and whether it is too sure."""

from functools import partial
from html import escape

import numpy as np
import streamlit as st

from core.experiments.text_class.config import TextClassConfig
from core.figures.language.text_class import reliability_chart
from pages.language.text_class.reading import read_instead
from ui.components.charts import live_plot, look
from ui.notices import plain
from ui.runs.run import Run
from ui.state.widgets import in_new_words
from ui.texts import _, number, percent

_SHOWN, _LETTERS = 5, 220


def calibration(run: Run[TextClassConfig]):
    """How often it is right where it is so sure."""
    ece = run.at.metrics["ece"]
    table = run.at.arrays["reliability"]
    counts, sure, right = table.T
    total = max(1.0, float(counts.sum()))
    gap = float((counts * (sure - right)).sum()) / total
    title = _("On average it is {points} points too sure") if gap > 0 else ""
    title = title or _("On average it is {points} points too modest")
    figure = partial(
        reliability_chart,
        look(
            title.format(points=number(100 * abs(gap), 1)),
            _("how sure it is"),
            _("how often it is right"),
        ),
        table,
    )
    live_plot(figure, key="text_class.calibration", height=340)
    st.caption(
        _(
            "On the dashed line it is right as often as it says. The mean distance from it, the "
            "expected calibration error, is {ece} points."
        ).format(ece=number(100 * ece, 1))
    )


def examples(run: Run[TextClassConfig], classes: list[str]):
    """Held-out texts of one field of the confusion matrix, to be opened and read above."""
    labels = run.at.arrays["shown_labels"].astype(int)
    shares = run.at.arrays["probabilities"].astype(float)
    answers, texts = shares.argmax(1), run.at.texts["shown"].split("\n")
    st.markdown("**" + _("Open a field of the matrix") + "**")
    names = {c: plain(name) for c, name in enumerate(classes)}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        wrong = np.flatnonzero(labels != answers)
        first = (int(labels[wrong[0]]), int(answers[wrong[0]])) if len(wrong) else (0, 0)
        true = _class(_("It is"), names, first[0], key="text_class.true")
        called = _class(_("The network says"), names, first[1], key="text_class.called")
    places = np.flatnonzero((labels == true) & (answers == called))
    places = places[np.argsort(-shares[places, called])]
    if not len(places):
        st.caption(_("None of the texts that can be opened is in this field."))
        return
    st.caption(
        _("{count} of the {all} texts that can be opened; the surest first.").format(
            count=number(len(places), 0), all=number(len(labels), 0)
        )
    )
    for place in places[:_SHOWN].tolist():
        whole = texts[place]
        short = whole if len(whole) <= _LETTERS else whole[:_LETTERS] + "…"
        with st.container(horizontal=True, vertical_alignment="center"):
            share = percent(float(shares[place, called]))
            st.markdown(f"{share} · {plain(short)}", width="stretch")
            st.button(
                _("Read it above"),
                key=f"text_class.open.{place}",
                on_click=read_instead,
                args=(whole,),
            )


def _class(label: str, names: dict[int, str], default: int, *, key: str) -> int:
    chosen = st.selectbox(
        label,
        list(names),
        in_new_words(key, names, default),  # a number, its own place
        format_func=names.__getitem__,
        key=key,
        width=200,
    )
    return chosen or 0


def class_names(run: Run[TextClassConfig]) -> tuple[list[str], list[str]]:
    """The classes as people read them, and as charts may have them."""
    names = [_(name) for name in run.at.texts["classes"].split("\n")]
    return names, [escape(name) for name in names]
