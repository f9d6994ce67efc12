"""The one place where private functions of Streamlit are replaced: three of them.

Streamlit clears what a busy server has not sent yet when a fragment is drawn anew: the fragment's
own part of it is dropped. Where the whole page was drawn just before, as at the end of a run, what
stands behind or inside that part then comes to the browser without it, and the browser gives the
page up: "Bad delta path index", "Cannot set a node at a delta path". Here all of it is sent, in its
order.

Streamlit reads the theme from its 250 options at every rerun, of a fragment, too, six times over:
a sixth of what a fragment costs that has nothing to say. Here it is read once.

Streamlit runs the scripts of all visitors side by side, with one lock of Python's. Here they have
turns: ``ui/frame/turns.py``.
``docs/decisions/0004-one-patch-of-streamlit.md`` has more.
"""

import logging
from collections.abc import Sequence
from functools import cache

import streamlit as st
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

from ui.frame.turns import Turns

logger = logging.getLogger("pangloss")

LAST_CHECKED = (1, 67)  # the last minor version of Streamlit whose own functions were looked at
clear_queue = AppSession._clear_queue
read_theme = app_session._populate_theme_msg
run_script = ScriptRunner._run_script
_turns = Turns()


def apply(version: str = st.__version__) -> bool:
    """Have this server's sessions send what is pending, the theme be read once, scripts have turns.

    Returns whether that was done.

    A later Streamlit than the last one checked keeps its own functions, with a warning in the log:
    what it does inside is not known.
    """
    if tuple(int(part) for part in version.split(".")[:2]) > LAST_CHECKED:
        logger.warning("Streamlit %s is newer than the patch of it, which is left out", version)
        return False
    AppSession._clear_queue = keep_pending
    app_session._populate_theme_msg = tell_theme
    ScriptRunner._run_script = run_in_turn
    return True


def keep_pending(self: AppSession, fragment_ids_this_run: Sequence[str] | None = None):
    """Clear a session's queue for a run of the whole page; for a fragment, keep all of it."""
    if fragment_ids_this_run:
        # What the fragment draws is added at the end, and never put into what stands there already.
        self._browser_queue._delta_index_map = {}
    else:
        clear_queue(self)


@cache
def _theme(section: str) -> CustomThemeConfig:
    message = CustomThemeConfig()
    read_theme(message, section)
    return message


def tell_theme(msg: CustomThemeConfig, section: str = "theme"):
    """Write a section of the theme into a message; the options are those of the server's start."""
    known = _theme(section)
    if known.ByteSize():  # an empty one would be noted as told
        msg.MergeFrom(known)


def run_in_turn(self: ScriptRunner, rerun_data: RerunData):
    """Run a visitor's script when it is its turn."""
    with _turns.turn(news=rerun_data.is_auto_rerun):
        run_script(self, rerun_data)
