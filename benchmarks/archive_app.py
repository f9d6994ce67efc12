"""The app, which keeps runs in numbers while it is told to: for ``benchmarks.archive``.

As long as the file SAVE is in PANGLOSS_HOME, the run in RUN there is kept anew, again and again, as
the engine keeps a run that has ended.
"""

import os
import threading
import time
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from app import lifespan
from core.store import event_file
from ui import server
from ui.frame.routes import ROUTES, PackedFiles, VisitorCookie

HOME = Path(os.environ["PANGLOSS_HOME"])
RUN, SAVE, SAVED = HOME / "run.npz", HOME / "save", HOME / "saved"


def _save():
    archive, saved = server.archive(), 0
    while not RUN.exists():
        time.sleep(0.1)
    with RUN.open("rb") as file:
        run = event_file.read(file)
    while True:
        if not SAVE.exists():
            time.sleep(0.05)
            continue
        saved += 1
        archive.begin(f"run {saved}", "autoencoder", dict(run.about["config"]), "a visitor")
        archive.end(f"run {saved}", run.events, run.times_s)
        SAVED.write_text(str(saved))
        time.sleep(float(SAVE.read_text() or "1"))


app = st.App(
    Path(__file__).parents[1] / "ui" / "frame" / "script.py",
    lifespan=lifespan,
    routes=ROUTES,
    middleware=[Middleware(VisitorCookie), Middleware(PackedFiles)],
)
threading.Thread(target=_save, daemon=True).start()
