"""The text to learn from: a visitor's own, or Voltaire's, which may have to be fetched."""

import streamlit as st

from core.data import texts, uploads
from core.data.language import corpora
from core.experiments.voltaire.config import VoltaireConfig
from core.experiments.voltaire.run import MIN_CHARS
from ui.runs.fetching import fetch_or_replace, megabytes
from ui.runs.upload_field import upload_field
from ui.state.controls import choose
from ui.texts import _, number


def usable(config: VoltaireConfig | None) -> VoltaireConfig | None:
    """``config`` if its text is here, with what is needed to get it shown; else None."""
    if config is None:
        return None
    if config.corpus == "voltaire":
        return config.replace(upload="") if _has_voltaire() else None
    if config.corpus == "conte":
        st.caption(
            _(
                "A tale of {chars} characters in Voltaire's manner, written for this project so "
                "that training works without a connection. It is not Voltaire's."
            ).format(chars=number(len(corpora.corpus("conte")), 0))
        )
        return config.replace(upload="")
    return config if _has_upload(config) else None


def _has_upload(config: VoltaireConfig) -> bool:
    least = number(MIN_CHARS, 0)
    text = upload_field(
        config,
        _("A text file"),
        ("txt", "md", "tex", "csv", "xml", "html"),
        key="voltaire.text_file",
        help=_("Plain text, UTF-8 if possible, {least} characters to 5 MB.").format(least=least),
        store=lambda raw: uploads.put(texts.read_text(raw, min_chars=MIN_CHARS)),
        load=uploads.get,
        empty=_("Bring a text of at least {least} characters to train on it.").format(least=least),
        paste=("voltaire.pasted", _("Or paste a text")),
    )
    if text is None:
        return False
    st.caption(
        _(
            "Your text has {chars} characters, {different} different ones. The last tenth is held "
            "out. It is kept on this server for {hours} hours."
        ).format(
            chars=number(len(text), 0),
            different=len(set(text)),
            hours=uploads.MAX_AGE_S // 3600,
        )
    )
    return True


def _has_voltaire() -> bool:
    missing = corpora.missing("voltaire")
    if not missing:
        return True
    fetch_or_replace(
        missing,
        _(
            "Voltaire's texts are not on this machine: {count} files, {size} MB, in the public "
            "domain. Fetch them, or learn from this project's tale or a text of yours."
        ).format(count=len(missing), size=number(megabytes(missing), 1)),
        key="voltaire.texts",
        fetch_label=_("Fetch Voltaire's texts"),
        instead_label=_("Learn from the tale"),
        take_instead=lambda: choose(VoltaireConfig, corpus="conte"),
    )
    return False
