"""The course's table of what was solved about 2015, guessed row by row before it opens."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import streamlit as st

from ui.layout import text_beside
from ui.state import browser, progress
from ui.state.kept_choice import kept_choice
from ui.texts import _, language, lesson_text

_GUESSES = "applications.guesses"
_NONE = "-"
COLUMNS = ("s", "p", "h")  # solved, in progress, hard; letters, for the browser's small memory


@dataclass(frozen=True)
class Source:
    """Where today's state is from. name: authors and year; arxiv: the paper's number there."""

    name: str
    arxiv: str

    @property
    def link(self) -> str:
        """In Markdown."""
        return f"[{self.name}, arXiv:{self.arxiv}](https://arxiv.org/abs/{self.arxiv})"


@dataclass(frozen=True)
class Row:
    """A task. first, second: its column in the two versions of the course's table."""

    first: str
    second: str
    sources: tuple[Source, ...]


_UIE = Source("Lu et al. 2022", "2203.12277")
ROWS: Mapping[str, Row] = {
    "spam": Row("s", "s", (Source("Labonne & Moran 2023", "2304.01238"),)),
    "pos": Row("s", "s", (Source("Bohnet et al. 2018", "1805.08237"),)),
    "ner": Row("s", "s", (Source("Wang et al. 2021", "2010.05006"),)),
    "sentiment": Row("p", "p", (Source("Yang et al. 2019", "1906.08237"),)),
    "coreference": Row(
        "p",
        "p",
        (Source("Lee et al. 2017", "1707.07045"), Source("Bohnet et al. 2022", "2211.12142")),
    ),
    "senses": Row("p", "s", (Source("Blevins & Zettlemoyer 2020", "2005.02590"),)),
    "parsing": Row("p", "p", (Source("Mrini et al. 2020", "1911.03875"),)),
    "translation": Row(
        "p",
        "s",
        (Source("Hassan et al. 2018", "1803.05567"), Source("Läubli et al. 2018", "1808.07048")),
    ),
    "extraction": Row("p", "s", (_UIE,)),
    "answers": Row("h", "p", (Source("Lin et al. 2021", "2109.07958"),)),
    "paraphrase": Row("h", "p", (Source("Zhang et al. 2019", "1904.01130"),)),
    "summary": Row("h", "p", (Source("Goyal et al. 2022", "2209.12356"),)),
    "dialog": Row("h", "h", (Source("Jones & Bergen 2025", "2503.23674"),)),
}


@dataclass(frozen=True)
class Words:
    """What is said of a task, Markdown of ours. today: by its sources."""

    name: str
    example: str
    today: str


@cache
def read_words(text: str) -> dict[str, Words]:
    """Of "## task", a line that names it, a line of example, and today's state."""
    found = {}
    for section in text.split("## ")[1:]:
        name, title, example, *today = section.strip().split("\n")
        found[name] = Words(title, example, re.sub(r"\s+", " ", " ".join(today)))
    return found


def guesses():
    """The section."""
    st.header(_("Solved, in progress, or hard?"), anchor=False)
    text, right = text_beside("applications.guesses_text")
    text.markdown(lesson_text("applications", "table"))
    with right:
        shown = kept_choice(
            _("What is open"),
            {"guessed": _("The rows that I guessed"), "all": _("All rows")},
            ("guessed", "all"),
            key="applications.rows",
            parameter="rows",
        )
        given = _given()
        _score(given)
        for name, words in read_words(lesson_text("applications", "tasks")).items():
            with st.container(border=True, gap="small", key=f"row_{name}"):
                _row(name, words, given.get(name), is_open=shown == "all")


def names() -> dict[str, str]:
    """What the three columns are called."""
    return {"s": _("mostly solved"), "p": _("making progress"), "h": _("still really hard")}


def _row(name: str, words: Words, guess: str | None, *, is_open: bool):
    key, row, labels = f"{_GUESSES}.{name}", ROWS[name], names()
    if st.session_state.get(f"{key}.language", language()) != language():
        st.session_state.pop(key, None)  # the browser knows an option by its words
    st.session_state[f"{key}.language"] = language()
    st.session_state[key] = guess

    def keep():
        _remember(name, st.session_state[key])

    st.markdown(f"**{words.name}** — {words.example}")
    st.segmented_control(
        _("{task}, about 2015").format(task=words.name),
        COLUMNS,
        default=guess,
        format_func=labels.__getitem__,
        key=key,
        on_change=keep,
        label_visibility="collapsed",
    )
    if guess is None and not is_open:
        return
    moved = (
        _("The course’s table: **{column}**, in both versions.")
        if row.first == row.second
        else _("The course’s table: **{column}**, and in its second version **{second}**.")
    ).format(column=labels[row.first], second=labels[row.second])
    mark = "" if guess is None else "✓ " if guess == row.first else "✗ "
    sources = "; ".join(source.link for source in row.sources)
    since = _("Since then: {today}").format(today=words.today)
    st.markdown(f"{mark}{moved}  \n{since} ({sources})")


def _score(given: Mapping[str, str]):
    if not given:
        st.caption(_("Guess a row, and it opens."))
        return
    right = sum(ROWS[name].first == guess for name, guess in given.items())
    st.caption(
        _("{right} of {given} guesses agree with the table; {left} rows are left.").format(
            right=right, given=len(given), left=len(ROWS) - len(given)
        )
    )


def _given() -> dict[str, str]:
    """The guesses that this browser remembers, by task."""
    kept = browser.known().get(_GUESSES, "")
    return {n: guess for n, guess in zip(ROWS, kept, strict=False) if guess in COLUMNS}


def _remember(name: str, guess: str | None):
    given = {**_given(), name: guess or _NONE}
    browser.remember(_GUESSES, "".join(given.get(task, _NONE) for task in ROWS))
    progress.mark_here("answered")
