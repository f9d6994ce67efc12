"""A run's answers opened: held-out sentences with what it got wrong, to be read above."""

import numpy as np
import streamlit as st

from core.experiments.tagger.config import TaggerConfig
from core.numeric.language.tagging.typed import as_typed
from pages.language.tagger.sentence import read_instead
from ui.notices import plain
from ui.runs.run import Run
from ui.texts import _, number

_SHOWN, _MOST_WORDS = 5, 30


def examples(run: Run[TaggerConfig], tags: list[str]):
    """Held-out sentences in which a tag is wrong."""
    sentences = [line.split("\t") for line in run.at.texts["shown"].split("\n")]
    ends = np.cumsum([len(words) for words in sentences])[:-1]
    true = np.split(run.at.arrays["shown_tags"].astype(int), ends)
    given = np.split(run.at.arrays["shown_answers"].astype(int), ends)
    wrong = [i for i, row in enumerate(true) if (row != given[i]).any()]
    st.markdown("**" + _("Sentences that it gets wrong") + "**")
    st.caption(
        _("{count} of the {all} held-out sentences that can be opened have a wrong tag.").format(
            count=number(len(wrong), 0), all=number(len(sentences), 0)
        )
    )
    short = [i for i in wrong if len(sentences[i]) <= _MOST_WORDS] or wrong
    names = [*tags, _("a tag that was never learned")]
    for i in short[:_SHOWN]:
        words = sentences[i]
        with st.container(horizontal=True, vertical_alignment="center"):
            at = np.flatnonzero(true[i] != given[i]).tolist()
            mistakes = ", ".join(
                _("“{word}” is {true}, not {given}").format(
                    word=plain(words[k]),
                    true=plain(names[true[i][k]]),
                    given=plain(names[given[i][k]]),
                )
                for k in at
            )
            st.markdown(f"{plain(' '.join(words[:_MOST_WORDS]))}  \n{mistakes}", width="stretch")
            st.button(
                _("Read it above"),
                key=f"tagger.open.{i}",
                on_click=read_instead,
                args=(as_typed(words, run.config.data),),
            )
