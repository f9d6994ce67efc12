"""What stands outside a fragment, and would tell of how the page was."""

import streamlit as st

from ui import steps
from ui.state import address, browser


def catch_up():
    """In a fragment, after what was set in it: draw the whole page where another part tells of it.

    Which are the steps to try, and what the browser is to remember.
    """
    if not address.is_whole() and (steps.is_behind() or browser.is_behind()):
        st.rerun()
