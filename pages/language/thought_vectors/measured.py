"""What each method reaches on texts that it did not learn from, as recorded."""

import json
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from core.figures.recurrent.classification import score_bars
from pages.language.thought_vectors import names
from ui.components.charts import live_plot, look
from ui.components.table import markdown_table
from ui.layout import paragraphs, side_by_side
from ui.notices import made_by, plain
from ui.texts import _, lesson_text, number, percent

_FILE = Path(__file__).resolve().parents[3] / "assets" / "recorded" / "thought_vectors.json"
_BASELINES = ("bm25", "tfidf")


@cache
def recorded() -> dict[str, Any]:
    """What was recorded; empty if the file is missing."""
    return json.loads(_FILE.read_text(encoding="utf-8")) if _FILE.is_file() else {}


def mean_of(task: str, method: str, metric: str) -> float:
    """The mean over the seeds; NaN where it was not recorded."""
    values = recorded().get(task, {}).get(method, {}).get(metric, [])
    return float(np.mean(values)) if values else float("nan")


def measured():
    """Figures and a table of what is reached, and what they mean."""
    if not recorded():
        return
    st.header(_("What they are worth"), anchor=False)
    paragraphs(lesson_text("thought-vectors", "measured"))
    side_by_side(
        lambda: _bars("intents", "retrieval_accuracy", _("The nearest request has the intent")),
        lambda: _bars("voltaire", "neighbour_auc", _("Next passage nearer than another")),
    )
    st.markdown(_table())
    st.caption(
        plain(
            _("Means of three seeds, of the autoencoder of two. {made}").format(
                made=made_by(recorded())
            )
        )
    )


def _bars(task: str, metric: str, title: str):
    reached = {method: mean_of(task, method, metric) for method in recorded()[task]}
    shown = sorted((m for m in reached if m in names.METHODS), key=lambda m: -reached[m])
    rows = [
        (
            _(names.METHODS[method]),
            reached[method],
            "baseline" if method in _BASELINES else "autoencoder",
            number(reached[method], 3, tabular=True),
        )
        for method in shown
        if not np.isnan(reached[method])
    ]
    alt = f"{title}. " + ", ".join(f"{name}: {text}" for name, _x, _c, text in rows)
    figure = partial(score_bars, look(title, _(names.METRICS[metric]), alt=alt), rows, share=False)
    live_plot(figure, key=f"thought_vectors.measured.{task}", height=340)


def _table() -> str:
    metrics = ("retrieval_accuracy", "probe_accuracy", "oos_auc")
    head = [_("Method"), *(_(names.METRICS[metric]) for metric in metrics)]
    methods = [m for m in names.METHODS if m in recorded()["intents"]]
    rows = []
    for method in methods:
        values = [mean_of("intents", method, metric) for metric in metrics]
        told = [percent(values[0], 1), percent(values[1], 1), number(values[2], 3, tabular=True)]
        told = ["–" if np.isnan(v) else t for v, t in zip(values, told, strict=True)]
        rows.append([_(names.METHODS[method]), *told])
    return markdown_table(head, rows)
