"""Whose network a page shows: the shipped one, that of the visitor's run, or one of a file."""

from collections.abc import Callable, Mapping
from typing import TypeVar, cast

import streamlit as st

from core.messages import N_
from ui.state.kept_choice import kept_choice
from ui.texts import _

_KINDS = {
    "shipped": N_("The shipped network"),
    "run": N_("The run below"),
    "file": N_("A file of yours"),
}
_Model = TypeVar("_Model")


def choose_model(
    label: str,
    candidates: Mapping[str, _Model | Callable[[], _Model | None] | None],
    *,
    key: str,
    missing: str,
    describe: Callable[[_Model], str],
    parameter: str = "who",
    alone: bool = True,
) -> _Model | None:
    """Asks for one of the candidates, of which "shipped" is the first; None if there is none.

    candidates: by kind ("shipped", "run", "file"); a function asks for the model when it is chosen.
    label, missing: translated; missing is said where the shipped one is. describe: what stands
    beside the one that is chosen, "" for nothing. parameter, alone: as in ``kept_choice``.
    """
    available = {kind: model for kind, model in candidates.items() if model is not None}
    if candidates["shipped"] is None:
        st.info(missing)
    if not available:
        return None
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        kind = kept_choice(
            label,
            _KINDS,
            available,
            key=key,
            parameter=parameter,
            alone=alone,
            help=_(
                "A run of yours appears here after its first epoch, as of the epoch you look at."
            ),
        )
        beside = st.container(width="stretch")
    chosen = available[kind]
    model = cast(_Model | None, chosen() if callable(chosen) else chosen)
    if model is not None and (text := describe(model)):
        beside.caption(text)
    return model
