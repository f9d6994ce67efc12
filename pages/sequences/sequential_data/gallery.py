"""The gallery: a dozen kinds of sequence, each as it is and as the array that a network sees."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from core.figures.sequences import array_map
from core.messages import N_, Problem
from pages.sequences.sequential_data.sample import Sample, SequenceGallery, room
from pages.sequences.sequential_data.signals import economy, film, health, sound, sunspots, weather
from pages.sequences.sequential_data.symbols import clicks, dna, integers, sentence, vectors
from pages.sequences.sequential_data.upload import own
from ui.components.charts import live_plot, look
from ui.layout import class_view, introduction, text_and_figure, the_figure
from ui.notices import plain
from ui.state.controls import controls
from ui.state.kept_choice import kept_choice
from ui.texts import _, say


@dataclass(frozen=True)
class Kind:
    """A kind of sequence. name: marked for translation. controls: the fields it uses.

    draw: draws it as it is; returns its array, None if there is nothing yet. Raises Problem.
    """

    name: str
    draw: Callable[[SequenceGallery], Sample | None]
    controls: Sequence[str] = ("example",)


KINDS = {
    "integers": Kind(N_("Whole numbers"), integers),
    "vectors": Kind(N_("Vectors"), vectors),
    "text": Kind(N_("Text"), sentence, ("sentence",)),
    "dna": Kind(N_("DNA"), dna, ("genes", "example")),
    "sound": Kind(N_("Sound"), sound, ("noise",)),
    "film": Kind(N_("Film"), film, ("shape", "example")),
    "weather": Kind(N_("Weather"), weather),
    "sunspots": Kind(N_("Sunspots"), sunspots),
    "health": Kind(N_("Heartbeats"), health),
    "economy": Kind(N_("Prices"), economy),
    "clicks": Kind(N_("Clicks"), clicks),
    "own": Kind(N_("Your own"), own, ("example",)),
}


def gallery():
    """The head of the lesson: its first text, and the gallery."""
    text, figure = text_and_figure()
    with figure:
        _gallery()
    with text:
        introduction("sequential-data")


@st.fragment
def _gallery():
    kind = kept_choice(
        _("Kind of sequence"),
        {name: kind.name for name, kind in KINDS.items()},
        KINDS,
        key="sequences.kind",
        parameter="kind",
        widget=st.pills,
        label_visibility="collapsed",
    )
    figure, said = the_figure(), st.container()
    as_it_is, as_array = figure.columns(2, gap="medium") if class_view() else (figure, figure)
    config = controls(SequenceGallery, strip=KINDS[kind].controls)
    if config is None:
        return
    with as_it_is:
        try:
            shown = KINDS[kind].draw(config)
        except Problem as problem:
            st.info(plain(say(problem)))
            return
    if shown:
        with as_array:
            _array(shown)
        said.caption(f"{shown.about} {shown.source}")


def _array(shown: Sample):
    least, most = min(shown.lengths), max(shown.lengths)
    time = str(most) if least == most else _("{least} to {most}").format(least=least, most=most)
    batch, features = shown.batch, len(shown.features)
    st.markdown(
        f"$(\\text{{batch}}, \\text{{time}}, \\text{{features}}) = "
        f"({batch}, \\text{{{time}}}, {features})$"
    )
    title = _("{time} steps of one number each")
    if features > 1:
        title = _("{time} steps of {features} numbers each")
    title = title.format(time=len(shown.array), features=features)
    figure = partial(
        array_map,
        look(title, _("time step t"), _("features")),
        shown.array,
        shown.features,
        texts=shown.texts,
    )
    live_plot(figure, key="sequences.array", height=130 + 22 * min(features, 18), room=room())
