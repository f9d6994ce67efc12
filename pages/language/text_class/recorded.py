"""Recorded runs: which idea brought what, how many texts it takes, and the split that lies."""

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import streamlit as st

from core.experiments.text_class.config import TextClassConfig
from core.experiments.text_class.recorded import FILE, Recorded, load
from core.figures.language.text_class import learning_curves
from core.figures.recurrent.classification import seeds_by_setting
from ui.components.charts import live_plot, look
from ui.layout import text_beside
from ui.notices import made_by, plain
from ui.runs.run import Run
from ui.state.kept_choice import kept_choice
from ui.texts import _, lesson_text, number, percent

_SHADES = {"naive_bayes_start": "autoencoder", "mean": "lstm", "naive_bayes": "rnn"}


def names() -> dict[str, str]:
    """What each network and each baseline is called."""
    return {
        "naive_bayes_start": _("network begun as naive Bayes"),
        "naive_bayes": _("naive Bayes"),
        "naive_bayes_letters": _("naive Bayes, letters too"),
        "logistic_words": _("logistic, words"),
        "logistic_letters": _("logistic, letters"),
        "empty_start": _("network with empty counts"),
        "mean": _("mean of words"),
        "convolution": _("convolution"),
        "gru": "GRU",
        "both": _("GRU, both directions"),
        "lstm": "LSTM",
        "rnn": "RNN",
    }


def comparisons(run: Run[TextClassConfig] | None):
    """The section's three parts, each with its text."""
    if not FILE.is_file():
        return
    recorded = load()
    st.header(_("Why counting is so hard to beat"), anchor=False)
    text, right = text_beside("text_class.ideas_text")
    text.markdown(lesson_text("text-class", "ideas"))
    with right:
        _ideas(recorded.ideas)
        if recorded.sizes:
            _learning(recorded, run)
        st.caption(plain(made_by(recorded.card)))
    if not recorded.splits:
        return
    st.header(_("The split that lies"), anchor=False)
    text, right = text_beside("text_class.split_text")
    text.markdown(lesson_text("text-class", "split"))
    with right:
        _split(recorded)


def _means(shares: Mapping[str, Sequence[float]]) -> str:
    return ", ".join(
        f"{names()[name]}: {percent(float(np.mean(x)), 1)}" for name, x in shares.items()
    )


def _ideas(ideas: Mapping[str, tuple[float, ...]]):
    ordered = dict(sorted(ideas.items(), key=lambda each: -float(np.mean(each[1]))))
    best, simple = next(iter(ordered)), float(np.mean(ideas["naive_bayes"]))
    title = _("Reviews: best is “{name}”, {share}").format(
        name=names()[best], share=percent(float(np.mean(ideas[best])), 1)
    )
    figure = partial(
        seeds_by_setting,
        look(title, "", _("held-out accuracy"), f"{title}. {_means(ordered)}"),
        {names()[name]: shares for name, shares in ordered.items()},
        reference=(_("naive Bayes: {share}").format(share=percent(simple, 1)), simple),
    )
    live_plot(figure, key="text_class.ideas", height=560)


def _learning(recorded: Recorded, run: Run[TextClassConfig] | None):
    first = {name: float(shares[0].mean()) for name, shares in recorded.curves.items()}
    last = {name: float(shares[-1].mean()) for name, shares in recorded.curves.items()}
    early, late = (max(some, key=some.__getitem__) for some in (first, last))
    title = _("With {few} reviews “{early}” leads, with {many} “{late}”")
    if early == late:
        title = _("With {few} reviews as with {many}, “{early}” leads")
    title = title.format(
        few=number(recorded.sizes[0], 0),
        early=names()[early],
        many=number(recorded.sizes[-1], 0),
        late=names()[late],
    )
    figure = partial(
        learning_curves,
        look(title, _("reviews learned from"), _("held-out accuracy")),
        recorded.sizes,
        {names()[name]: (_SHADES[name], shares) for name, shares in recorded.curves.items()},
        own=_own(run),
    )
    live_plot(figure, key="text_class.learning", height=420)


def _own(run: Run[TextClassConfig] | None) -> tuple[int, float, str] | None:
    """Where the visitor's run stands in the chart, once it is over."""
    if run is None or run.finished is None or not run.epochs or run.config.data != "reviews":
        return None
    texts = int(run.finished.metrics["train_texts"])
    return texts, float(run.epochs[-1].metrics["accuracy"]), _("your run")


def _split(recorded: Recorded):
    options = {"book": _("Whole books held out"), "passage": _("Passages held out")}
    chosen = kept_choice(
        _("Author of a passage"),
        options,
        recorded.splits,
        key="text_class.split",
        parameter="split",
    )
    shares = recorded.splits[chosen]
    network = float(np.mean(shares["naive_bayes_start"]))
    title = {
        "book": _("Six authors, books that nobody read: {share} of the passages"),
        "passage": _("Passages from books that were learned from: {share}, and it is wrong"),
    }[chosen].format(share=percent(network, 1))
    simple = 1 / 6
    figure = partial(
        seeds_by_setting,
        look(title, "", _("held-out accuracy"), f"{title}. {_means(shares)}"),
        {names()[name].replace(" ", "<br>"): some for name, some in shares.items()},
        reference=(_("one author for all: {share}").format(share=percent(simple, 1)), simple),
    )
    live_plot(figure, key="text_class.books", height=400, layout={"yaxis": {"range": [0, 1]}})
