"""The browser's side of the kit: one script and one style sheet for each component."""

from collections.abc import Sequence
from pathlib import Path

from streamlit.components import v2
from streamlit.components.v2.types import ComponentRenderer

_FOLDER = Path(__file__).parent


def component(name: str, html: str, *shared: str) -> ComponentRenderer:
    """The component of ``<name>.js`` and ``<name>.css`` in this folder, around ``html``.

    shared: names of scripts and style sheets here that it builds upon; they are put before its own.
    """
    script, style = (_joined((*shared, name), kind) for kind in ("js", "css"))
    # Not isolated: Plotly puts its styles into the page's head, where a shadow root sees none.
    return v2.component(f"pangloss_{name}", html=html, css=style, js=script, isolate_styles=False)


def _joined(names: Sequence[str], kind: str) -> str:
    """What stands in the files of this kind; a shared name may have a script, a sheet or both."""
    files = [_FOLDER / f"{name}.{kind}" for name in names]
    found = [file.read_text(encoding="utf-8") for file in files if file.exists()]
    return "\n".join(found)
