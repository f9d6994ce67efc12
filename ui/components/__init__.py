"""The browser's side of the kit: one script and one style sheet for each component."""

import re
from functools import cache
from pathlib import Path

from streamlit.components import v2
from streamlit.components.v2.types import ComponentRenderer

# Prettier may break the list of what is imported over several lines.
_IMPORT = re.compile(r'^(?:import [^;]*?from |@import )"([^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)
# What a browser has no use for: comments in lines of their own or behind a line's last sign,
# indentation, empty lines.
_IDLE = re.compile(
    r"""^[ \t]*/\*[\s\S]*?\*/[ \t]*\n|^[ \t]*//.*\n|(?<=[;,{}()\]])[ \t]+//[ ][^"'`\n]*$"""
    r"""|^[ \t]+|^\n""",
    re.MULTILINE,
)


@cache  # the script of all pages, which has two, is run anew in every rerun
def component(beside: str, name: str, html: str) -> ComponentRenderer:
    """The component of ``<name>.js`` and ``<name>.css``, around ``html``.

    beside: the file in whose folder they stand, e.g. ``__file__``.
    """
    script, style = (Path(beside).with_name(f"{name}.{kind}") for kind in ("js", "css"))
    # Not isolated: Plotly puts its styles into the page's head, where a shadow root sees none.
    return v2.component(
        f"pangloss_{name}", html=html, css=lean(style), js=lean(script), isolate_styles=False
    )


def lean(file: Path) -> str:
    """A script or style sheet joined, without what only its readers need.

    Streamlit sends it anew with every component of a page: a page with nine charts nine times.
    """
    return _IDLE.sub("", joined(file))


def joined(file: Path) -> str:
    """A script or style sheet as one text: each file that it imports once, before who imports it.

    Streamlit sends a component's script as one module, which finds no other beside it.
    """
    return "\n".join(_modules(file.resolve(), {}).values())


def _modules(file: Path, known: dict[Path, str]) -> dict[Path, str]:
    text = file.read_text(encoding="utf-8")
    for imported in _IMPORT.findall(text):
        path = (file.parent / imported).resolve()
        if path not in known:
            _modules(path, known)
    known[file] = _EXPORT.sub("", _IMPORT.sub("", text))
    return known
