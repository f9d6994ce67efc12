"""Serves the lessons with recorded runs, which end at once and without Keras."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from app import lifespan, on_script_error
from core.engine import Engine
from core.engine.local.processes import for_this_machine
from tests import recorded
from ui import server
from ui.frame.routes import PackedFiles, VisitorCookie, under_base

engine = Engine(
    find=recorded.find, processes=for_this_machine("core.events"), archive=server.archive()
)
server.engine = lambda: engine
app = st.App(
    Path(__file__).parents[3] / "ui" / "frame" / "script.py",
    lifespan=lifespan,
    routes=under_base(),
    middleware=[Middleware(VisitorCookie), Middleware(PackedFiles)],
    on_script_error=on_script_error,
)
