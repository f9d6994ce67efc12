"""What the pages ask of the server that they run in: its engine, who visits, in which theme."""

import hashlib
import logging
import os
import secrets
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import plotly
import streamlit as st

from core.messages import Problem

if TYPE_CHECKING:
    from core.engine import Engine
    from core.engine.cluster.processes import Cluster
    from core.store import Archive
    from core.sweeps.repeats import Repeats

log = logging.getLogger("pangloss")

COOKIE = "pangloss_visitor"
_FULL = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
_CARTESIAN = Path(__file__).parents[1] / "assets" / "vendor" / "plotly-cartesian.min.js"


def root() -> str:
    """The path that all addresses of the app begin with: "/", or "/base/" behind a proxy."""
    base = st.get_option("server.baseUrlPath").strip("/")
    return f"/{base}/" if base else "/"


def _plotly_version(script: Path) -> str:
    with script.open(encoding="utf-8") as lines:
        head = "".join(next(lines, "") for _ in range(3))
    return head.split(" v")[-1].split()[0]


def plotly_file(full: Path = _FULL, cartesian: Path = _CARTESIAN) -> Path:
    """Plotly's smaller build where it is of the installed version, or the installed build."""
    same = cartesian.exists() and _plotly_version(cartesian) == _plotly_version(full)
    return cartesian if same else full


PLOTLY_FILE = plotly_file()
PLOTLY_JS = f"/lib/{PLOTLY_FILE.name.split('.')[0]}-{_plotly_version(PLOTLY_FILE)}.min.js"

_lock = threading.Lock()


def engine() -> "Engine":
    """The engine of this server process; made at the first call, safely from any thread."""
    with _lock:
        return _engine()


@cache
def _engine() -> "Engine":
    from core.engine import Engine  # here, so that a page's widgets need no engine

    return Engine(archive=archive(), processes=_cluster())


def _cluster() -> "Cluster | None":
    """The processes of other machines, where the environment names them."""
    from core.engine.cluster import chosen

    address = os.environ.get(chosen.VARIABLE)
    try:
        return chosen.cluster(address) if address else None
    except Problem as problem:
        log.error("%s Runs stay on this machine.", problem)
        return None


@cache
def archive() -> "Archive":
    """What this server keeps, where the environment says; made at the first call."""
    from core.store import Archive, Settings

    environment = dict(os.environ)
    while True:
        try:
            return Archive(Settings.of(environment))
        except Problem as problem:
            log.error("%s The default is used.", problem)
            del environment[str(problem.values["name"])]


@cache
def repeats() -> "Repeats":
    """What this server's visitors repeat; made at the first call."""
    from core.sweeps.repeats import Repeats

    settings = archive().settings
    return Repeats(lambda: engine(), settings.home / "sweeps", keep_s=settings.keep_s)


def visitor() -> str:
    """Who is here: a name for this session, or a hash of the cookie that app.py sets.

    The cookie itself is the browser's key to what it has trained, and is kept nowhere.
    """
    cookie = st.context.cookies.to_dict().get(COOKIE)
    return name_of(cookie) if cookie else st.session_state.setdefault(COOKIE, secrets.token_hex(16))


def name_of(cookie: str) -> str:
    """The name by which the server knows the browser that has this cookie."""
    return hashlib.sha256(cookie.encode("utf-8", "replace")).hexdigest()[:32]


def address() -> str:
    """From where the visitor comes: the network's address, behind a proxy on this machine, too."""
    return st.context.ip_address or "this machine"


def theme() -> str:
    """The theme on the visitor's screen, "light" or "dark"."""
    return "dark" if st.context.theme.type == "dark" else "light"


def plotly_url() -> str:
    """Where this server serves Plotly; the version in it allows caching."""
    return root().rstrip("/") + PLOTLY_JS
