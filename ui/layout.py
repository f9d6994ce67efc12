"""How the parts of a long lesson are set, below its first text and figure."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.anatomy import class_view
from ui.texts import _

_TEXT_WIDTH = 680  # pixels: about 68 characters of running text


def paragraphs(markdown: str):
    """Running text where there is no column to hold its lines short."""
    st.markdown(markdown, width="stretch" if class_view() else _TEXT_WIDTH)


def text_beside(key: str) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Columns for a part's text and its figure; in class view the text is folded beneath."""
    if class_view():
        figure = st.container()
        return st.expander(_("What this is about"), key=key), figure
    with st.container(key=f"beside_{key}"):  # on a narrow screen the figure comes first
        text, figure = st.columns([1, 2], gap="large")
    return text, figure
