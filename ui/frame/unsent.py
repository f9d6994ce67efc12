"""What a busy server has not sent yet is sent, when a fragment is drawn anew, and in its order.

Streamlit takes the fragment's own part of it back. Where the whole page was drawn just before, as
at the end of a run, what stands behind or inside that part then comes to the browser without it,
and the browser gives the page up: "Bad delta path index", "Cannot set a node at a delta path".
"""

from collections.abc import Sequence

from streamlit.runtime.app_session import AppSession

_take_back = AppSession._clear_queue


def send_in_order():
    """Have every session of this server do so."""
    AppSession._clear_queue = _begin


def _begin(session: AppSession, fragment_ids_this_run: Sequence[str] | None = None):
    if fragment_ids_this_run:
        # What the fragment draws is added at the end, and never put into what stands there already.
        session._browser_queue._delta_index_map = {}
    else:
        _take_back(session)
