"""What the pages ask of the server that they run in: its engine, who visits, in which theme."""

import secrets
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import plotly
import streamlit as st

if TYPE_CHECKING:
    from core.engine import Engine

COOKIE = "pangloss_visitor"
PLOTLY_FILE = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
PLOTLY_JS = f"/lib/plotly-{plotly.__version__}.min.js"

_lock = threading.Lock()


def engine() -> "Engine":
    """The engine of this server process; made at the first call, safely from any thread."""
    with _lock:
        return _engine()


@cache
def _engine() -> "Engine":
    from core.engine import Engine  # here, so that a page's widgets need no engine

    return Engine()


def visitor() -> str:
    """Who is here: the cookie that app.py sets, or a name for this session where there is none."""
    cookie = st.context.cookies.to_dict().get(COOKIE)
    return cookie or st.session_state.setdefault(COOKIE, secrets.token_urlsafe(16))


def theme() -> str:
    """The theme on the visitor's screen, "light" or "dark"."""
    return "dark" if st.context.theme.type == "dark" else "light"


def plotly_url() -> str:
    """Where this server serves the installed plotly.min.js; the version in it allows caching."""
    return PLOTLY_JS
