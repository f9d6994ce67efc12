"""The sequences to put into classes: genes that may have to be fetched, or a visitor's table."""

import streamlit as st

from core.data.sequences import known as sequences
from core.data.sequences import labelled
from core.data.sequences.labelled import Labelled
from core.experiments.sequence_class.config import SequenceClassConfig
from ui.notices import plain
from ui.runs.inputs.fetching import fetch_or_replace
from ui.runs.inputs.upload_field import TABLES, upload_field
from ui.state.controls import choose
from ui.texts import _, number


def usable(config: SequenceClassConfig | None) -> SequenceClassConfig | None:
    """``config`` if its data are here; else what is needed to get them is shown, and None returned.

    What the data are is said beneath.
    """
    if config is None:
        return None
    if config.data == "upload":
        data = _upload(config)
        if data is None:
            return None
    else:
        config = config.replace(upload="")
        if config.data != "integers" and not _has_genes(config.data):
            return None
        data = labelled.labelled(config.data, "", config.seed)
    st.caption(_about(config, data))
    return config


def _about(config: SequenceClassConfig, data: Labelled) -> str:
    training, test = data.split(config.seed)
    counted = ", ".join(
        f"{_(name)}: {number(int((data.labels == i).sum()), 0)}"
        for i, name in enumerate(data.classes)
    )
    about = {
        "splice": _(
            "Primate genes (UCI, 1992): 60 nucleotides around a place that may be a junction. 185 "
            "of 3,190 repeat an earlier one and are left out, or they would be learned from and "
            "tested on."
        ),
        "promoters": _(
            "Genes of E. coli (UCI, 1990). Only 106 sequences: one more or less of the 26 that "
            "are held out changes the accuracy by 4 points. Try other seeds before you believe it."
        ),
        "integers": _(
            "Synthetic: made by this program, by a rule. Good are sequences in which somewhere a "
            "number is followed at once by the next higher one, as 3 by 4."
        ),
        "upload": _("Your table: {steps} steps at most.").format(steps=data.steps),
    }[config.data]
    counts = _("{classes}. {training} to learn from, {test} held out.").format(
        classes=counted, training=number(len(training), 0), test=number(len(test), 0)
    )
    return plain(f"{about} {counts}")


def _has_genes(name: str) -> bool:
    missing = sequences.missing(name)
    return fetch_or_replace(
        [missing] if missing else [],
        key="sequence_class.genes",
        fetch_label=_("Fetch the genes"),
        instead_label=_("Take the integers"),
        take_instead=lambda: choose(SequenceClassConfig, data="integers"),
    )


def _upload(config: SequenceClassConfig) -> Labelled | None:
    return upload_field(
        config,
        _("A table of sequences (CSV)"),
        TABLES,
        key="sequence_class.file",
        help=_(
            "A row for each sequence, {least} to {most} rows. One column, called label, is the "
            "class; another has the sequence in letters, or several have its numbers from left "
            "to right."
        ).format(least=labelled.MIN_ROWS, most=number(labelled.MAX_ROWS, 0)),
        store=labelled.store_labelled,
        load=lambda digest: labelled.labelled("upload", digest, config.seed),
        empty=_("Bring a table with a class in each row to train on it."),
        table="sequences",
    )
