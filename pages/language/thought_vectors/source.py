"""The text that is searched, and the texts that a run learns from."""

import streamlit as st

from core.data import fetch, texts, uploads
from core.data.language import brought, corpora, intents
from core.experiments.thought_vectors.config import ThoughtVectorsConfig
from core.experiments.thought_vectors.search_index import BOOK, TALE, SearchIndex, search_index
from core.experiments.thought_vectors.task import HELD_OUT_BOOKS
from core.messages import N_, Problem
from ui.notices import plain
from ui.runs.inputs.fetching import fetch_or_replace
from ui.runs.inputs.upload_field import upload_field
from ui.state.controls import choose, value_of
from ui.state.kept_choice import kept_choice, select
from ui.texts import _, number, say

TEXT = "thought_vectors.text"
_TEXTS = {"candide": N_("Candide"), "tale": N_("This project’s tale"), "upload": N_("Your text")}
_MIN_CHARS = 2_000


def choose_text() -> str:
    """Asks for the text that is searched: "candide", "tale" or "upload"."""
    available = [name for name in _TEXTS if name != "candide" or fetch.available(f"{BOOK}.txt")]
    return kept_choice(_("Text"), _TEXTS, available, key=TEXT, parameter="text", widget=select)


def searched(name: str) -> SearchIndex | None:
    """The text of that choice, with what is needed to get it shown; None if it is not here."""
    if name == "upload":
        digest = value_of(ThoughtVectorsConfig, "upload")
        brought_text = _upload()
        if brought_text is None or not digest:
            return None
        return _library(f"upload:{digest}")
    return _library(BOOK if name == "candide" else TALE)


def about(name: str, text: SearchIndex) -> str:
    """What is said of the text that is searched."""
    count = number(len(text.passages), 0)
    told = {
        "candide": _("Voltaire’s Candide in {count} passages of some 35 words."),
        "tale": _(
            "The tale that was written for this project, not Voltaire’s, in {count} passages. "
            "Candide can be searched after: python -m core data fetch voltaire_candide.txt"
        ),
        "upload": _("Your text in {count} passages. It is kept on this server for {hours} hours."),
    }[name]
    return told.format(count=count, hours=uploads.MAX_AGE_S // 3600)


def missing(corpus: str) -> list[str]:
    """Files that a run on a corpus needs and this machine does not have."""
    if corpus == "intents":
        return [] if fetch.available(intents.FILE) else [intents.FILE]
    if corpus == "voltaire":
        books = (*corpora.VOLTAIRE, *corpora.VALIDATION, *HELD_OUT_BOOKS)
        return list(dict.fromkeys(file for book in books for file in corpora.missing(book)))
    return []


def usable(config: ThoughtVectorsConfig | None) -> ThoughtVectorsConfig | None:
    """``config`` if its texts are here, with what is needed to get them shown; else None."""
    if config is None:
        return None
    if config.corpus == "upload":
        if not config.upload:
            st.info(_("Choose “Your text” above and upload one, or paste it."))
            return None
        return config
    files = missing(config.corpus)
    if files:
        fetch_or_replace(
            files,
            key="thought_vectors.texts",
            fetch_label=_("Fetch the texts"),
            instead_label=_("Learn from the tale"),
            take_instead=lambda: choose(ThoughtVectorsConfig, corpus="conte"),
        )
        return None
    told = {
        "intents": _(
            "CLINC150: 7,500 English requests to an assistant, 50 of each of 150 intents. After "
            "each epoch 750 others judge, by their likeness to 3,000 of these; others that are, "
            "word for word, among these were left out."
        ),
        "voltaire": _(
            "Voltaire's tales, but for Candide, Micromégas and Zadig, which are held out."
        ),
        "conte": _(
            "The tale of this project: three fifths to learn from, the rest held out. It is small; "
            "do not expect much."
        ),
    }
    st.caption(told[config.corpus])
    return config.replace(upload="")


def _library(name: str) -> SearchIndex | None:
    try:
        return search_index(name)
    except Problem as problem:
        st.warning(plain(say(problem)))
        return None


def _upload() -> str | None:
    config = ThoughtVectorsConfig(upload=value_of(ThoughtVectorsConfig, "upload"))
    return upload_field(
        config,
        _("A text file"),
        ("txt", "md", "xml", "html"),
        key="thought_vectors.text_file",
        help=_("Plain text, UTF-8 if possible, {least} characters to 5 MB.").format(
            least=number(_MIN_CHARS, 0)
        ),
        store=_stored,
        load=uploads.get,
        empty=_("Upload a text, or paste one: it is cut into passages and searched."),
        paste=("thought_vectors.pasted", _("Or paste a text")),
        corpus="upload",
    )


def _stored(raw: bytes | str) -> str:
    """Keep a text without licences and ends of typed lines; its hash."""
    return uploads.put(brought.clean(texts.read(raw, min_chars=_MIN_CHARS).text).text)
