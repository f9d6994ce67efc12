"""The texts to put into classes: sets that may have to be fetched, or a visitor's table."""

import streamlit as st

from core.data.language.labelled import brought, sets
from core.data.language.labelled.labelled_texts import LabelledTexts
from core.experiments.text_class.config import TextClassConfig
from core.messages import Problem
from ui.notices import plain
from ui.runs.inputs.fetching import fetch_or_replace
from ui.runs.inputs.upload_field import TABLES, upload_field
from ui.state.controls import choose
from ui.texts import _, number, say


def usable(config: TextClassConfig | None) -> TextClassConfig | None:
    """``config`` if its texts are here; else what is needed to get them is shown, and it is None.

    What the texts are is said beneath.
    """
    if config is None:
        return None
    if config.data == "upload":
        if _upload(config) is None:
            return None
    else:
        config = config.replace(upload="")
        if not _has_texts(config.data):
            return None
    try:
        data = sets.labelled_texts(config.data, config.upload, config.seed, int(config.passage))
    except Problem as problem:
        st.warning(plain(say(problem)))
        return None
    st.caption(_about(config, data))
    return config


def _about(config: TextClassConfig, data: LabelledTexts) -> str:
    about = {
        "reviews": _(
            "Sentences from reviews on Rotten Tomatoes (Pang and Lee, 2005), in lower case, half "
            "of them negative."
        ),
        "films": _(
            "Sentences of reviews on IMDb (Kotzias, 2015): only a thousand, so that one more or "
            "less of the 200 that are held out is half a point."
        ),
        "subjectivity": _(
            "What is said of a film (Rotten Tomatoes), and what happens in it (IMDb), by Pang and "
            "Lee, 2004. The two come from two places: what tells them apart may be the place. "
            "4,175 of the opinions are also among the film reviews of the first task."
        ),
        "messages": _(
            "English SMS, wanted or spam (Almeida, 2011). Spam has 137 characters on average, the "
            "rest 71, and is one message in eight: who always says “wanted” is right in 88 % of "
            "them."
        ),
        "intents": _(
            "What people ask an assistant for (CLINC150, 2019), the first twelve of 150 intents, a "
            "hundred requests or a few less of each."
        ),
        "authors": _(
            "Passages of books by Voltaire, Diderot, Rousseau, Flaubert, Zola and Verne. Rousseau "
            "is in the spelling of his time (étoit, tems), which gives him away, whatever he says."
        ),
        "invented": _(
            "Synthetic: made by this program. “not” and “never” turn an adjective round, and of "
            "two judgements the one after “but” counts."
        ),
        "invented_french": _(
            "Synthetic: French sentences made by this program. “pas” and “jamais” turn an "
            "adjective round, and of two judgements the one after “mais” counts."
        ),
        "upload": _("Your table."),
    }[config.data]
    counted = ", ".join(
        f"{plain(_(name))}: {number(int((data.labels == i).sum()), 0)}"
        for i, name in enumerate(data.classes)
    )
    left_out = " ".join(say(note) for note in data.notes)
    return " ".join([plain(about), counted + ".", plain(left_out)])


def _has_texts(name: str) -> bool:
    return fetch_or_replace(
        sets.missing(name),
        key="text_class.texts",
        fetch_label=_("Fetch the texts"),
        instead_label=_("Take the invented opinions"),
        take_instead=lambda: choose(TextClassConfig, data="invented"),
    )


def _upload(config: TextClassConfig) -> LabelledTexts | None:
    return upload_field(
        config,
        _("A table of texts (CSV)"),
        TABLES,
        key="text_class.file",
        help=_(
            "A row for each text, at least {least}. One column, called label, is the class; "
            "another has the text."
        ).format(least=brought.MIN_ROWS),
        store=brought.store_texts,
        load=brought.texts_of,
        empty=_("Bring a table with a text and its class in each row to train on it."),
        table="sequences",
    )
