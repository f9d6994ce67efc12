"""Whose network a page shows: the shipped one, or that of the visitor's run."""

from collections.abc import Callable, Mapping
from typing import TypeVar

import streamlit as st

from core.messages import N_
from ui.state.kept_choice import kept_choice
from ui.texts import _

KINDS = {"shipped": N_("The shipped network"), "run": N_("The run below")}
_Network = TypeVar("_Network")


def shipped_or_run(
    label: str,
    candidates: Mapping[str, _Network | None],
    *,
    key: str,
    describe: Callable[[_Network], str],
) -> _Network | None:
    """Asks for one of the networks by the names of ``KINDS``; None if there is neither.

    label: of the choice, translated. describe: what stands beside it of the one that is chosen.
    """
    available = {kind: network for kind, network in candidates.items() if network is not None}
    if not available:
        return None
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        kind = kept_choice(
            label,
            KINDS,
            available,
            key=key,
            parameter="who",
            help=_(
                "A run of yours appears here after its first epoch, as of the epoch you look at."
            ),
        )
        st.caption(describe(available[kind]))
    return available[kind]
