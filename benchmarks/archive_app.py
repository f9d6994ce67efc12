"""The app, which keeps runs in numbers while it is told to: for ``benchmarks.archive``.

As long as the file SAVE is in PANGLOSS_HOME, the run in RUN there is kept anew, a few times a second,
as the engine keeps a run that has ended.
"""

import os
import threading
import time
from pathlib import Path

from app import app
from core.store import event_file
from ui import server

__all__ = ["app"]
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


threading.Thread(target=_save, daemon=True).start()
