"""What a run has learned at the end of an epoch: its map, which moves, and words one watches."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from core.data.language.words.corpora import questions_of
from core.experiments.kit.config import Config, text
from core.experiments.word_embeddings.config import WordEmbeddingsConfig
from core.messages import N_
from pages.language.word_embeddings.labels import kind_name
from pages.language.word_embeddings.spaces import words_of
from pages.language.word_embeddings.wordmap.component import word_map
from pages.language.word_embeddings.wordmap.shown import Answer, MapWords, Mark, Places
from ui.components.table import table
from ui.notices import plain
from ui.runs.run import Run
from ui.state.controls import choose, controls
from ui.texts import _, number

_MOST_WATCHED = 6
_MOST_GROUPS = 9  # categories, besides all other words, that there is a colour for


@dataclass(frozen=True)
class Watched(Config):
    """The words whose neighbours are followed while a run learns."""

    watched: str = text(
        "roi reine paris", 0, 80, N_("Words you watch"), N_("Up to six, with spaces between.")
    )


def moving_map(run: Run[WordEmbeddingsConfig]):
    """The most frequent words on the plane of their two widest directions, at this epoch."""
    words, counts = words_of(run)
    arrays = run.at.arrays
    points = arrays["points"]
    groups, names = _groups(run, words[: len(points)])
    shown = MapWords(
        words, counts[: len(points)], arrays["neighbours"], arrays["cosines"], groups, names
    )
    answered = _answer(run, words)
    title = _("Epoch {epoch}: the {count} most frequent words, by PCA").format(
        epoch=run.at.epoch, count=number(len(points), 0)
    )
    word_map(
        shown,
        Places(points, f"→ {title}"),
        run.id,
        answered,
        key="word_embeddings.run_map",
        alt=f"{title}. {answered.in_words}",
        on_word=_watch,
    )


def _groups(run: Run, words: tuple[str, ...]) -> tuple[np.ndarray | None, list[str]]:
    """Which of the known categories each word is in, where these are few enough for colours."""
    categories = questions_of(run.config.corpus_name).categories
    if len(categories) > _MOST_GROUPS:
        return None, []
    of = {word: i for i, members in enumerate(categories.values()) for word in members}
    names = [kind_name(kind) for kind in categories]
    return np.array([of.get(word, len(names)) for word in words]), [*names, _("other words")]


def _watch(word: str):
    """One more word is watched, the first of all; those that are too many go."""
    others = [one for one in _watched() if one != word]
    choose(Watched, watched=" ".join([word, *others][:_MOST_WATCHED])[:80])


def _watched(chosen: Watched | None = None) -> list[str]:
    memory = st.session_state.get(f"{Watched.scope()}.controls")
    typed = chosen.watched if chosen else memory.values["watched"] if memory else Watched().watched
    return list(dict.fromkeys(typed.lower().replace(",", " ").split()))[:_MOST_WATCHED]


def _answer(run: Run, words: tuple[str, ...]) -> Answer:
    """The neighbours of the first watched word that is on the map."""
    arrays = run.at.arrays
    numbers = {word: i for i, word in enumerate(words[: len(arrays["points"])])}
    own = next((numbers[word] for word in _watched() if word in numbers), 0)
    near, cosines = arrays["neighbours"][own], arrays["cosines"][own]
    title = _("Nearest to {word}").format(word=words[own])
    return Answer(
        title,
        _("After epoch {epoch}. Point at other words, or click on one to watch it.").format(
            epoch=run.at.epoch
        ),
        [(words[i], float(c), "near") for i, c in zip(near, cosines, strict=True)],
        [Mark(words[own], "asked", own), *(Mark(words[i], "near", int(i)) for i in near)],
    )


def watched_words(run: Run[WordEmbeddingsConfig]):
    """The neighbours of the words one watches, at this epoch; what is new in them is marked."""
    chosen = controls(Watched, strip=("watched",))
    if chosen is None:
        return
    words, _counts = words_of(run)
    rows = neighbours_at(run, words, _watched(chosen))
    missing = [word for word in _watched(chosen) if word not in {row[0] for row in rows}]
    if missing:
        note = _("Not among the words whose neighbours this run tells: {words}.")
        st.caption(plain(note.format(words=", ".join(missing))))
    if not rows:
        return
    title = _("Epoch {epoch}: nearest words; + was not there an epoch before").format(
        epoch=run.at.epoch
    )
    st.markdown(f"**{title}**")
    columns = [_("word"), *(str(i + 1) for i in range(len(rows[0]) - 1))]
    table(
        [dict(zip(columns, row, strict=True)) for row in rows],
        key="word_embeddings.watched_table",
        alt=_("A table of the words that are watched and their nearest words."),
    )


def neighbours_at(run: Run, words: tuple[str, ...], watched: list[str]) -> list[list[str]]:
    """A row for each watched word of the map: itself, then its neighbours, new ones with a +."""
    numbers = {word: i for i, word in enumerate(words[: len(run.at.arrays["points"])])}
    before = [e for e in run.epochs if e.epoch < run.at.epoch and "neighbours" in e.arrays]
    rows = []
    for word in watched:
        if word not in numbers:
            continue
        own = numbers[word]
        known = set(before[-1].arrays["neighbours"][own].tolist()) if before else None
        near = run.at.arrays["neighbours"][own].tolist()
        new = ["+\u00a0" if known is not None and i not in known else "" for i in near]
        rows.append([word, *(f"{sign}{words[i]}" for sign, i in zip(new, near, strict=True))])
    return rows
