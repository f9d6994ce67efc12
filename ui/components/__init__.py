"""The browser's side of the kit: one script and one style sheet for each component."""

from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

_FOLDER = Path(__file__).parent


def component(name: str, html: str, *shared: str) -> ComponentRenderer:
    """The component of ``<name>.js`` and ``<name>.css`` in this folder, around ``html``.

    shared: names of scripts here whose functions ``<name>.js`` uses; they are put before it.
    """
    scripts = [_FOLDER / f"{part}.js" for part in (*shared, name)]
    script = "\n".join(path.read_text(encoding="utf-8") for path in scripts)
    style = (_FOLDER / f"{name}.css").read_text(encoding="utf-8")
    # Not isolated: Plotly puts its styles into the page's head, where a shadow root sees none.
    return st.components.v2.component(
        f"pangloss_{name}", html=html, css=style, js=script, isolate_styles=False
    )
