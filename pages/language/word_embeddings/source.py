"""The text that a run learns from: invented, of this project, of the novels, or the visitor's."""

import streamlit as st

from core.data import texts, uploads
from core.data.language import brought
from core.data.language.words import corpora
from core.experiments.word_embeddings.config import WordEmbeddingsConfig
from ui.runs.inputs.fetching import fetch_or_replace
from ui.runs.inputs.upload_field import upload_field
from ui.state.controls import choose
from ui.texts import _, number

_MIN_CHARS = 2_000


def usable(config: WordEmbeddingsConfig | None) -> WordEmbeddingsConfig | None:
    """``config`` if its text is here, with what is needed to get it shown; else None."""
    if config is None:
        return None
    match config.corpus:
        case "upload":
            return config if _has_upload(config) else None
        case "world":
            st.caption(
                _(
                    "{count} synthetic sentences, drawn by rules: men and women of eight ranks, "
                    "six countries with capital and people. What should come to lie where is known."
                ).format(count=number(corpora.WORLD_SENTENCES, 0))
            )
        case "conte":
            st.caption(
                _(
                    "A tale written for this project: it is here without a connection, and too "
                    "short to learn much from."
                )
            )
        case name:
            if not _has(name):
                return None
    return config.replace(upload="")


def _has(name: str) -> bool:
    return fetch_or_replace(
        corpora.missing(name),
        key="word_embeddings.texts",
        fetch_label=_("Fetch these texts"),
        instead_label=_("Learn from the invented world"),
        take_instead=lambda: choose(WordEmbeddingsConfig, corpus="world"),
    )


def _has_upload(config: WordEmbeddingsConfig) -> bool:
    least = number(_MIN_CHARS, 0)
    text = upload_field(
        config,
        _("A text file"),
        ("txt", "md", "tex", "csv", "xml", "html"),
        key="word_embeddings.text_file",
        help=_("Plain text, UTF-8 if possible, {least} characters to 5 MB.").format(least=least),
        store=_stored,
        load=uploads.get,
        empty=_("Upload a text of at least {least} characters to train on it.").format(least=least),
        paste=("word_embeddings.pasted", _("Or paste a text")),
    )
    if text is None:
        return False
    st.caption(
        _(
            "Your text has {chars} characters. The last tenth of its lines is held out. It is kept "
            "on this server for {hours} hours. The questions asked of it are French."
        ).format(chars=number(len(text), 0), hours=uploads.MAX_AGE_S // 3600)
    )
    return True


def _stored(raw: bytes | str) -> str:
    """Keep a text, cleaned where that leaves enough of it; its hash."""
    decoded = texts.read(raw, min_chars=_MIN_CHARS).text
    cleaned = brought.clean(decoded).text
    return uploads.put(cleaned if len(cleaned) >= _MIN_CHARS else decoded)
