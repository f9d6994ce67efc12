"""What the shipped networks reach on sentences that they never saw, and what they cannot do."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from core.experiments.translation.recorded import FILE, Recorded, load
from core.figures.language.translation import bleu_by_length
from core.figures.recurrent.classification import score_bars
from pages.language.translation.networks import metrics_of
from pages.language.translation.sentence import direction_names
from ui.components.charts import live_plot, look
from ui.components.table import markdown_table
from ui.layout import side_by_side, text_beside
from ui.notices import made_by, plain
from ui.texts import _, lesson_text, number

_COLOURS = {
    **{"beam": "gru", "bleu": "gru", "memory": "baseline", "ibm1": "baseline"},
    **{"dot": "gru", "none": "rnn"},
}


def names() -> dict[str, str]:
    """What is compared, by the names of the metrics."""
    return {
        "beam": _("network, beam of 4"),
        "bleu": _("network, greedy"),
        "memory": _("nearest sentence known"),
        "ibm1": _("word for word"),
    }


def measured():
    """The section; nothing where the networks are missing."""
    known = {name: metrics for name in direction_names() if (metrics := metrics_of(name))}
    if len(known) < len(direction_names()):
        return
    st.header(_("How good it is, and where it ends"), anchor=False)
    text, right = text_beside("translation.measured_text")
    text.markdown(lesson_text("translation", "measured"))
    with right:
        side_by_side(*(_drawing(name, metrics) for name, metrics in known.items()))
        _by_length(known["en_fr"])
        for data, recorded in (load() if FILE.is_file() else {}).items():
            _attention(data, recorded)
        st.markdown(_table(known))
        st.caption(
            _(
                "{count} sentences of at most ten words each way, and {longer} longer ones, scored "
                "once, one reference."
            ).format(
                count=number(known["en_fr"]["sentences"], 0),
                longer=number(known["en_fr"]["longer"]["sentences"], 0),
            )
        )


def _drawing(name: str, metrics: dict[str, float]) -> Callable[[], None]:
    def draw():
        rows = [
            (label, metrics[key], _COLOURS[key], number(metrics[key], 1))
            for key, label in names().items()
        ]
        title = _("{direction}: BLEU {network}, from memory {memory}").format(
            direction=direction_names()[name],
            network=number(metrics["beam"], 1),
            memory=number(metrics["memory"], 1),
        )
        alt = ", ".join(f"{label}: {said}" for label, _value, _colour, said in rows)
        figure = partial(
            score_bars, look(title, _("BLEU"), alt=f"{title}. {alt}"), rows, most=metrics["beam"]
        )
        live_plot(figure, key=f"translation.bars_{name}", height=270)

    return draw


def _by_length(metrics: dict):
    groups = metrics["by_length"]
    systems = {
        label: ([group[key] for group in groups.values()], _COLOURS[key])
        for key, label in names().items()
        if key != "bleu"
    }
    first, last = (groups[name]["beam"] for name in (next(iter(groups)), [*groups][-1]))
    title = _("From {first} for the shortest to {last} for lengths that it never learned").format(
        first=number(first, 1), last=number(last, 1)
    )
    figure = partial(
        bleu_by_length,
        look(title, _("words of the English sentence"), _("BLEU"), alt=title),
        [name.removesuffix("-99") + "+" * name.endswith("-99") for name in groups],
        systems,
    )
    live_plot(figure, key="translation.by_length", height=340)


def _attention(data: str, recorded: Recorded):
    labels = {"dot": _("with attention"), "none": _("without")}
    systems = {
        label: ([*recorded.networks[name]["by_length"].values()], _COLOURS[name])
        for name, label in labels.items()
    }
    shares = {name: number(recorded.networks[name]["bleu"], 1) for name in labels}
    title = (
        _("A small grammar: BLEU {dot} with attention, {none} without")
        if data == "invented"
        else _("Trained for less: BLEU {dot} with attention, {none} without")
    ).format(**shares)
    figure = partial(
        bleu_by_length,
        look(title, _("words of the English sentence"), _("BLEU"), alt=title),
        [*recorded.networks["dot"]["by_length"]],
        systems,
    )
    live_plot(figure, key=f"translation.with_and_without_{data}", height=300)
    config = recorded.config
    told = (
        _(
            "Invented sentences (synthetic). The same network but for the attention: {units} "
            "units, {updates} updates; {count} validation sentences, greedy search."
        )
        if data == "invented"
        else _(
            "The same but for the attention: {units} units, {updates} updates; the shipped network "
            "learned for longer. {count} validation sentences, greedy search."
        )
    ).format(
        units=config.units,
        updates=number(config.epochs * config.epoch_updates, 0),
        count=number(recorded.networks["dot"]["sentences"], 0),
    )
    st.caption(f"{told} {plain(made_by(recorded.card))}")


def _table(known: dict[str, dict]) -> str:
    rows = []
    for name, metrics in known.items():
        spelling = metrics["by_spelling"]
        cells = (
            metrics["beam_chrf"],
            spelling["whole"]["beam"],
            spelling["spelled"]["beam"],
            metrics["longer"]["beam"],
        )
        rows.append([direction_names()[name], *(number(cell, 1, tabular=True) for cell in cells)])
    head = [
        _("beam of 4"),
        _("chrF"),
        _("BLEU, all words known"),
        _("BLEU, some word spelled"),
        _("BLEU, longer sentences"),
    ]
    return markdown_table(head, rows)
