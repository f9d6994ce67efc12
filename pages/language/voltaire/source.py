"""The text to learn from: a visitor's own, or Voltaire's, which may have to be fetched."""

from dataclasses import asdict
from functools import partial

import streamlit as st

from core.data import texts, uploads
from core.data.language import brought, corpora
from core.experiments.voltaire.config import VoltaireConfig
from core.experiments.voltaire.run import MIN_CHARS
from core.messages import Note
from ui.notices import plain
from ui.runs.inputs.fetching import fetch_or_replace
from ui.runs.inputs.upload_field import upload_field
from ui.state.controls import choose
from ui.texts import _, number, say

_AS_IT_IS = "voltaire.as_it_is"


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
        ("txt", "md", "tex", "csv", "xml", "html", "zip", "gz"),
        key="voltaire.text_file",
        help=_("Plain text, UTF-8 if possible, {least} characters to 5 MB.").format(least=least),
        store=_stored,
        load=uploads.get,
        empty=_("Upload a text of at least {least} characters to train on it.").format(least=least),
        paste=("voltaire.pasted", _("Or paste a text")),
    )
    if text is None:
        return False
    _reading(config.upload)
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


def _stored(raw: bytes | str) -> str:
    """Keep a text as it is and cleaned; the hash of the one that is chosen."""
    decoded = texts.read(raw, min_chars=MIN_CHARS)
    cleaned = brought.clean(decoded.text)
    if len(cleaned.text) < MIN_CHARS:  # what was left out is most of it
        cleaned = brought.Cleaned(decoded.text)
    as_it_is, clean = uploads.put(decoded.text), uploads.put(cleaned.text)
    about = {
        "as_it_is": as_it_is,
        "clean": clean,
        "of_bytes": [asdict(note) for note in decoded.notes],
        "of_cleaning": [asdict(note) for note in cleaned.notes],
    }
    for digest in (as_it_is, clean):  # so that it is said after a reload, too
        uploads.remember(digest, about)
    return as_it_is if st.session_state.get(_AS_IT_IS) else clean


def _reading(digest: str):
    """What was done with the text, and a toggle to have it as it is, as long as it is kept."""
    about = uploads.remembered(digest)
    if not about:
        return
    as_it_is, clean = about["as_it_is"], about["clean"]
    notes = about["of_bytes"] + (about["of_cleaning"] if digest != as_it_is else [])
    if notes:
        st.caption(plain(" ".join(say(Note(**note)) for note in notes)))
    if as_it_is != clean:
        st.session_state[_AS_IT_IS] = digest == as_it_is
        st.toggle(
            _("The text as it is"),
            st.session_state[_AS_IT_IS],
            key=_AS_IT_IS,
            help=_("With the licence, the line breaks and whatever else was left out or changed."),
            on_change=partial(_turn, as_it_is, clean),
        )


def _turn(as_it_is: str, clean: str):
    choose(VoltaireConfig, upload=as_it_is if st.session_state[_AS_IT_IS] else clean)


def _has_voltaire() -> bool:
    return fetch_or_replace(
        corpora.missing("voltaire"),
        key="voltaire.texts",
        fetch_label=_("Fetch Voltaire's texts"),
        instead_label=_("Learn from the tale"),
        take_instead=lambda: choose(VoltaireConfig, corpus="conte"),
    )
