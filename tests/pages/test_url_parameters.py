"""Two configs on one page never share a name in the URL."""

from dataclasses import dataclass

from streamlit.testing.v1 import AppTest

from core.experiments.kit.config import Config, whole


@dataclass(frozen=True)
class Sender(Config):
    """A config with two fields."""

    place: int = whole(1, 1, 9, "Address")
    weight: int = whole(1, 1, 9, "Weight")


@dataclass(frozen=True)
class Receiver(Config):
    """Another one, which has one of them, too."""

    weight: int = whole(1, 1, 9, "Weight")


def shared():
    import streamlit as st

    from tests.pages.test_url_parameters import Receiver, Sender
    from ui.state.controls import controls

    controls(Sender, strip=("place",))
    try:
        controls(Receiver, strip=("weight",))
    except ValueError as error:
        st.error(str(error))


def test_a_shared_name_is_refused():
    at = AppTest.from_function(shared).run()
    assert [e.value for e in at.error] == ["Receiver and Sender share the URL's weight"]
