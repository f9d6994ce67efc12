"""What stands outside a fragment, and would tell of how the page was."""

import streamlit as st

from ui import steps
from ui.state import address, browser


def catch_up():
    """At the end of a fragment that has controls: draw the whole page where that has changed."""
    if not address.is_whole() and (steps.is_behind() or browser.is_behind()):
        st.rerun()
