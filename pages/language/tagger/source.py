"""The sentences to learn tags from: corpora that may have to be fetched, or a visitor's text."""

import streamlit as st

from core.data.language.tagged import brought, sets
from core.data.language.tagged.tagged_text import TaggedCorpus
from core.experiments.tagger.config import TaggerConfig
from core.messages import Problem
from ui.notices import plain
from ui.runs.inputs.fetching import fetch_or_replace
from ui.runs.inputs.upload_field import upload_field
from ui.state.controls import choose
from ui.texts import _, number, say

_FILES = ("conllu", "conll", "bio", "tsv", "txt")
_MOST_TAGS = 12  # that are named


def usable(config: TaggerConfig | None) -> TaggerConfig | None:
    """``config`` if its sentences are here; else what is needed to get them is shown: None.

    What the sentences are is said beneath.
    """
    if config is None:
        return None
    if config.data == "upload":
        if _upload(config) is None:
            return None
    else:
        config = config.replace(upload="")
        if not _has_sentences(config.data):
            return None
    try:
        corpus = sets.tagged_corpus(config.data, config.upload, config.seed)
    except Problem as problem:
        st.warning(plain(say(problem)))
        return None
    st.caption(_about(config, corpus))
    return config


def _about(config: TaggerConfig, corpus: TaggedCorpus) -> str:
    about = {
        "sequoia": _(
            "French sentences of Europarl, a newspaper, medicine and Wikipedia with their parts of "
            "speech by hand (UD French Sequoia, Candito and Seddah, 2012), in its official parts."
        ),
        "novels": _(
            "Names by hand in Balzac, Maupassant and Zola; tried on Flaubert's Madame Bovary, of "
            "which nothing was learned (Maurel and others, 2025)."
        ),
        "newspapers": _(
            "French newspapers as a machine read them, with its mistakes, and names by hand "
            "(Europeana, 2016); the last fifth is held out."
        ),
        "posts": _(
            "English posts and tweets with new and rare names (WNUT, 2017), in the official parts: "
            "hard, since hardly any name comes twice."
        ),
        "requests": _(
            "What people ask an assistant for, in English, with the slots to be filled (Snips, "
            "2018): artist, city, date."
        ),
        "invented": _(
            "Synthetic: made by this program's small grammar of French, so that the neighbours "
            "decide: “porte” is a noun or a verb, “la” an article or a pronoun."
        ),
        "upload": _("Your text; its last fifth is held out."),
    }[config.data]
    sizes = _("{learned} words to learn from, {tested} held out, {tags} tags: {names}").format(
        learned=number(corpus.training.first(config.train_sentences).size, 0),
        tested=number(corpus.test.size, 0),
        tags=len(corpus.tags),
        names=", ".join(corpus.tags[:_MOST_TAGS])
        + (", …" if len(corpus.tags) > _MOST_TAGS else "."),
    )
    return plain(" ".join([about, sizes, *(say(note) for note in corpus.notes)]))


def _has_sentences(name: str) -> bool:
    return fetch_or_replace(
        sets.missing(name),
        key="tagger.sentences",
        fetch_label=_("Fetch the sentences"),
        instead_label=_("Take the invented sentences"),
        take_instead=lambda: choose(TaggerConfig, data="invented"),
    )


def _upload(config: TaggerConfig) -> TaggedCorpus | None:
    return upload_field(
        config,
        _("A tagged text (CoNLL)"),
        _FILES,
        key="tagger.file",
        help=_(
            "A word and its tag in each line, an empty line between sentences, at least {least} "
            "sentences; or a CoNLL-U file."
        ).format(least=brought.MIN_SENTENCES),
        store=brought.store,
        load=brought.corpus_of,
        empty=_("Bring a tagged text, or paste one, to train on it."),
        paste=("tagger.pasted", _("Or paste it")),
        questions=lambda _corpus: (),
    )
