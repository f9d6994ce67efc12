"""What the page looks at in a variational autoencoder: the ends of a walk, a drawing."""

from dataclasses import dataclass

import streamlit as st

from core.experiments.kit.config import Config, whole
from core.messages import N_
from ui.state.controls import choose, controls
from ui.texts import _


@dataclass(frozen=True)
class VariationalLook(Config):
    """Which held-out images are walked between, and which drawing from the prior is shown."""

    first: int = whole(
        11, 0, 199, N_("Walk from image"), N_("One of the held-out images, by its place.")
    )
    last: int = whole(
        9, 0, 199, N_("to image"), N_("Where the walk ends, another of the held-out images.")
    )
    draw: int = whole(0, 0, 9_999, N_("Drawing"), N_("Another number, other codes drawn."))


def select() -> VariationalLook:
    """The controls, and what they say."""
    return controls(VariationalLook, strip=("first", "last")) or VariationalLook()


def draw_again(key: str, selection: VariationalLook):
    """A button that draws other codes from the prior."""
    st.button(
        _("Draw again"),
        key=f"{key}.draw",
        icon=":material/casino:",
        help=_("Other codes from N(0, I), decoded."),
        on_click=lambda: choose(VariationalLook, draw=(selection.draw + 1) % 10_000),
    )
