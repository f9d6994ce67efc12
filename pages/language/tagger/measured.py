"""What the second direction, and the rest of a book, are worth: the shipped taggers, measured."""

from functools import partial

import numpy as np
import streamlit as st

from core import pretrained
from core.experiments.tagger.recorded import FILE, load
from core.figures.recurrent.classification import score_bars
from core.numeric.language.tagging.tagger import Tagger
from pages.language.tagger.networks import NAMES
from pages.language.tagger.tags import reading_names
from ui.components.charts import live_plot, look
from ui.components.table import markdown_table
from ui.layout import side_by_side, text_beside
from ui.texts import _, lesson_text, number, percent

_KINDS = ("PER", "LOC", "ORG", "MISC")


def measured():
    """The section."""
    cards = {
        kind: pretrained.card(name) for kind, name in NAMES.items() if name in pretrained.names()
    }
    if cards.keys() != NAMES.keys():
        return
    st.header(_("What the second direction is worth"), anchor=False)
    text, right = text_beside("tagger.sides_text")
    text.markdown(lesson_text("tagger", "sides"))
    words, names = cards["words"]["metrics"], cards["names"]["metrics"]
    with right:
        side_by_side(
            lambda: _bars(
                _("Parts of speech: both sides {both}, the better one alone {one}"),
                words,
                _("held-out words right"),
                "tagger.sides_words",
                {"baseline_frequent": _("most frequent tag")},
                _("linear"),
            ),
            lambda: _bars(
                _("Names: both sides {both}, the better one alone {one}"),
                names,
                _("F1 on Madame Bovary"),
                "tagger.sides_names",
                {
                    "alone_f1": _("each sentence alone"),
                    "baseline_linear_book": _("linear, with the book"),
                },
                _("linear, each sentence alone"),
            ),
        )
        st.markdown(_table(words, names))
        st.caption(f"{_about(cards)} {_by_seed()}")


def _bars(
    title: str, metrics: dict[str, float], unit: str, key: str, more: dict[str, str], linear: str
):
    readings = reading_names()
    rows = [(readings["both"], metrics["score"], "lstm")]
    rows += [(readings[side], metrics[side], "pca") for side in ("left", "right")]
    rows += [
        (label, metrics[name], "lstm" if name == "alone_f1" else "baseline")
        for name, label in {"baseline_linear": linear, **more}.items()
    ]
    drawn = [(*row, percent(row[1], 1)) for row in sorted(rows, key=lambda row: -row[1])]
    title = title.format(
        both=percent(metrics["score"], 1),
        one=percent(max(metrics["left"], metrics["right"]), 1),
    )
    summary = ", ".join(f"{name}: {share}" for name, _value, _colour, share in drawn)
    live_plot(
        partial(score_bars, look(title, unit, alt=f"{title}. {summary}"), drawn),
        key=key,
        height=330,
    )


def _table(words: dict[str, float], names: dict[str, float]) -> str:
    """Known and unknown words, and each kind of name, apart."""
    parts = ("accuracy", "known", "unknown")
    rows = [
        [label, *(percent(metrics[prefix + part], 1, tabular=True) for part in parts)]
        for label, metrics, prefix in (
            (_("parts of speech"), words, ""),
            (_("parts of speech, linear"), words, "baseline_linear_"),
            (_("parts of speech, most frequent tag"), words, "baseline_frequent_"),
        )
    ]
    head = (_("words right"), _("all"), _("met in training"), _("never met"))
    kinds = [
        [label, *(percent(names[prefix + kind], 1, tabular=True) for kind in _KINDS)]
        for label, prefix in (
            (_("F1, with the rest of the book"), "f1_"),
            (_("F1, each sentence alone"), "alone_f1_"),
        )
    ]
    heads = (_("names"), _("persons"), _("places"), _("organisations"), _("others"))
    return f"{markdown_table(head, rows)}\n\n{markdown_table(heads, kinds)}"


def _by_seed() -> str:
    """F1 of names by seed, where it was recorded."""
    known = load().names if FILE.is_file() else {}
    if not known:
        return ""
    return _(
        "Names, trained anew with each of {count} seeds: F1 {scores}; from the left alone "
        "{left}, from the right alone {right} on average."
    ).format(
        count=len(known["score"]),
        scores=" / ".join(number(score, 3) for score in known["score"]),
        **{side: number(float(np.mean(known[side])), 3) for side in ("left", "right")},
    )


def _about(cards: dict[str, pretrained.Card]) -> str:
    loaded = [pretrained.load(name, Tagger)[0] for name in NAMES.values()]
    return _(
        "Tested on {words} held-out words of the treebank and the {names} of Madame Bovary, in "
        "half precision as stored. Trained in {first} and {second} s; {params} weights together."
    ).format(
        words=number(cards["words"]["metrics"]["test_words"], 0),
        names=number(cards["names"]["metrics"]["test_words"], 0),
        first=number(cards["words"]["metrics"]["train_s"], 0),
        second=number(cards["names"]["metrics"]["train_s"], 0),
        params=number(sum(model.params for model in loaded), 0),
    )
