"""Serves the kit's page as app.py serves the lessons, with an engine that needs no Keras."""

import streamlit as st
from starlette.middleware import Middleware

from core.engine import Engine
from core.engine.local.processes import for_this_machine
from tests.browser.kit.experiment import find
from ui import server
from ui.frame import streamlit_patch
from ui.frame.routes import ROUTES, VisitorCookie

engine = Engine(find=find, processes=for_this_machine("core.events"), archive=server.archive())
server.engine = lambda: engine
streamlit_patch.apply()
app = st.App("page.py", routes=ROUTES, middleware=[Middleware(VisitorCookie)])
