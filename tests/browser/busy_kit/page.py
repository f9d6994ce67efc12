"""Fragments that draw themselves and the whole page anew, on a server that is held up."""

import threading
import time

import streamlit as st
from streamlit.runtime import Runtime


@st.cache_resource
def hold_up():
    """Let the server send only now and then, as where it has thirty visitors."""
    loop = Runtime.instance()._get_async_objs().eventloop

    def hold():
        while True:
            loop.call_soon_threadsafe(time.sleep, 0.15)
            time.sleep(0.2)

    threading.Thread(target=hold, daemon=True).start()


@st.fragment
def inner():
    for i in range(3):
        st.text(f"inner {i}")


def outer():
    st.session_state["drawn"] += 1
    for _ in range(st.session_state["drawn"] % 7):
        st.text("one of some")
    left, _right = st.columns(2)
    with left:
        left, _right = st.columns(2)
        with left:
            inner()
    if st.session_state["drawn"] % 3 == 0:
        st.rerun()


hold_up()
st.session_state.setdefault("drawn", 0)
st.text(f"drawn {st.session_state['drawn']} times")
st.fragment(outer, run_every=0.1)()
st.fragment(lambda: st.text(time.time()), run_every=0.07)()
