"""The transition layer, drawn: Viterbi's way through the lattice of tags, word by word."""

from functools import partial
from html import escape

import numpy as np
import streamlit as st

from core.figures.language.tagging import lattice
from core.numeric.language.tagging import paths
from core.numeric.language.tagging.tagger import Reading
from pages.language.tagger.networks import Reader
from ui.components.charts import live_plot, look
from ui.layout import text_beside
from ui.texts import _, lesson_text, number

_MOST_WORDS, _MOST_TAGS = 12, 7


def viterbi(words: list[str], reader: Reader):
    """The section: the best path through the sentence, walked by hand."""
    st.header(_("The best path through the tags"), anchor=False)
    text, right = text_beside("tagger.lattice_text")
    text.markdown(lesson_text("tagger", "lattice"))
    with right:
        if not reader.model.network.transitions:
            st.info(_("This network has no transition layer: each word is tagged by itself."))
            return
        st.fragment(_walk)(words[:_MOST_WORDS], reader)


def _walk(words: list[str], reader: Reader):
    reading = reader.model.read(words)
    shown = _shown(reading)
    emissions = reading.emissions[:, shown]
    transitions = reader.model.transitions[np.ix_(shown, shown)]
    at = _place(words)
    trellis = paths.trellis(emissions, transitions)
    so_far = paths.trellis(emissions[: at + 1], transitions)
    names = [reader.model.tags[tag] for tag in shown]
    best = so_far.best.tolist()
    changed = [word for word in range(at) if best[word] != trellis.best[word]]
    title = _("Up to “{word}” the best path ends at {tag}").format(
        word=escape(words[at]), tag=names[best[-1]]
    )
    if at == len(words) - 1:
        title = _("The best path of the whole sentence")
    steps = ", ".join(f"{escape(words[i])} {names[tag]}" for i, tag in enumerate(best))
    figure = partial(
        lattice,
        look(title, alt=f"{title}: {steps}."),
        [escape(word) for word in words],
        names,
        trellis.scores,
        trellis.back,
        best,
        at=at,
        hover=_("{word} as {tag}: {score} from the best"),
    )
    live_plot(figure, key="tagger.lattice", height=420)
    if changed:
        st.caption(
            _("What comes later changes its mind about: {words}.").format(
                words=", ".join(f"“{words[place]}”" for place in changed)
            )
        )
    _cheapest(reader)


def _shown(reading: Reading) -> list[int]:
    """The tags that matter in this sentence: on its best path, or likely somewhere."""
    shares = next(iter(reading.probabilities.values())).max(0)
    shares[np.unique(reading.best)] += 1
    return sorted(np.argsort(-shares)[:_MOST_TAGS].tolist())


def _place(words: list[str]) -> int:
    """The word until which the sentence is read."""
    if len(words) == 1:
        return 0
    key = "tagger.until"
    kept = st.session_state.get(key)
    if not isinstance(kept, int) or kept > len(words):
        st.session_state[key] = len(words)
    return (
        st.slider(
            _("Read up to word"),
            1,
            len(words),
            st.session_state[key],
            key=key,
            help=_("Each step looks only at the tags of the word before."),
        )
        - 1
    )


def _cheapest(reader: Reader):
    """What goes best and worst behind what, in words."""
    tags, transitions = reader.model.tags, reader.model.transitions
    order = np.argsort(transitions, axis=None)
    said = []
    for places, words in (
        (order[::-1][:3], _("It likes most: {pairs}.")),
        (order[:3], _("It likes least: {pairs}.")),
    ):
        pairs = [
            f"{tags[i]} → {tags[j]} ({number(float(transitions[i, j]), 1)})"
            for i, j in (np.unravel_index(place, transitions.shape) for place in places)
        ]
        said.append(words.format(pairs=", ".join(pairs)))
    st.caption(" ".join(said))
