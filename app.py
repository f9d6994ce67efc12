"""The server: start-up and shut-down, health, the visitor's cookie.

Its script is ui/frame/script.py. Run it with ``streamlit run app.py``.
"""

import gc
import importlib
import logging
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware
from threadpoolctl import threadpool_limits

from core import pretrained
from core.messages import Problem
from ui import course, server
from ui.frame import streamlit_patch
from ui.frame.routes import PackedFiles, VisitorCookie, under_base
from ui.frame.unknown import UnknownAddress
from ui.texts import _, say

log = logging.getLogger("pangloss")


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Import once, hide what was imported from the garbage collector, warm the engine beside."""
    import pandas  # noqa: F401  what the pages and Streamlit's elements would import at first use
    import plotly.graph_objects  # noqa: F401

    for part in course.parts():
        importlib.import_module(part)
    streamlit_patch.apply()
    pretrained.load_all()
    threadpool_limits(1, user_api="blas")  # visitors share the cores; see core/numeric/threads.py
    engine = server.engine()
    gc.collect()
    gc.freeze()  # what collections there are take a hundredth of the time
    gc.collect()  # else the old are looked through when a fourth of what is frozen has been added
    sys.setswitchinterval(0.001)  # what is sent waits for a script at each message: not 5 ms each
    gc.set_threshold(20_000, 5, 5)  # by Python's own (700, 10, 10) they take an eighth of a rerun
    threading.Thread(target=engine.warm, name="warm", daemon=True).start()
    try:
        yield
    finally:
        engine.close()
        server.archive().close()


def on_script_error(error: Exception) -> bool:
    """Tell the visitor in one sentence, without details; the log has them from Streamlit too."""
    if isinstance(error, Problem):
        st.error(say(error))
    else:
        log.error("A page failed: %r", error)
        st.error(_("Something went wrong on this page, and it has been noted. Reloading may help."))
    return True


app = st.App(
    "ui/frame/script.py",
    lifespan=lifespan,
    routes=under_base(),
    middleware=[
        Middleware(VisitorCookie),
        Middleware(PackedFiles),
        Middleware(UnknownAddress),
    ],
    on_script_error=on_script_error,
)
