"""Rows of unequal length in one array: drag its length, and see what a mask is good for."""

from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from core.data.sequences.synthetic import counting_series
from core.experiments.kit.config import Config, choice, whole
from core.figures import style
from core.messages import N_
from core.numeric.sequences.padding_study import Study, study
from ui.components import component
from ui.layout import text_beside
from ui.state.controls import choose, controls
from ui.texts import _, language, lesson_text

LENGTHS = range(3, 41)
_LONGEST = 12  # of the rows themselves
_KEY = "sequences.ragged"
_LINES = "".join(
    f'<span class="{name}"><span class="line"></span><span class="label"></span> '
    "<output></output></span>"
    for name in ("masked", "real", "counted")
)
_RAGGED = component(
    __file__,
    "ragged",
    f"""<div class="pangloss-ragged">
      <label class="hand"><span class="label"></span><input type="range" step="1"><output></output>
      </label>
      <div class="rows" role="img"></div>
      <p class="said" aria-live="polite"></p>
      <p class="title"></p>
      <svg role="img"></svg>
      <div class="key">{_LINES}</div>
    </div>""",
)


@dataclass(frozen=True)
class SequencePadding(Config):
    """The batch, how it is filled, and who reads it."""

    side: str = choice(
        "end",
        {"end": N_("At the end"), "start": N_("At the start")},
        N_("Pad and cut"),
        N_("Where short rows are padded with zeros, and long ones cut."),
    )
    reader: str = choice(
        "gru",
        {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"},
        N_("Cell"),
        N_("The cell that reads the rows. Its weights are drawn at random, not trained."),
    )
    draw: int = whole(
        1,
        1,
        50,
        N_("Rows and weights"),
        N_("Each number draws different rows and different weights."),
    )
    pad_length: int = whole(20, LENGTHS[0], LENGTHS[-1], N_("Length of the array"))


def padding():
    """The section: its text, and the batch that can be dragged."""
    st.header(_("Rows of unequal length"), anchor=False)
    text, figure = text_beside("sequences.padding_text")
    text.markdown(lesson_text("sequential-data", "padding"))
    with figure:
        _batch()


@st.fragment
def _batch():
    config = controls(SequencePadding, strip=("side", "reader", "draw"))
    if config is None:
        return
    rows, result = padding_study(config.side, config.reader, config.draw)
    _RAGGED(
        key=_KEY,
        data={
            "rows": rows,
            "side": config.side,
            "length": config.pad_length,
            "lengths": result.lengths.tolist(),
            "with_mask": result.with_mask.round(3).tolist(),
            "without_mask": result.without_mask.round(3).tolist(),
            "errors": {
                "masked": result.masked.round(3).tolist(),
                "real": result.unmasked_real.round(3).tolist(),
                "counted": result.unmasked_all.round(3).tolist(),
            },
            "palette": style.DIVERGING,
            "language": language(),
            "words": _words(result),
        },
        on_length_change=_dragged,
    )
    st.caption(
        _(
            "Rows made by this project. The cell's weights are drawn at random; its output "
            "layer is fitted to predict the next element, anew for every length."
        )
    )


def _dragged():
    length = st.session_state[_KEY].get("length")
    if length is not None:
        choose(SequencePadding, pad_length=int(length))


@lru_cache(maxsize=64)
def padding_study(side: str, cell: str, seed: int) -> tuple[list[list[int]], Study]:
    """The rows as lists, and what becomes of them at every length."""
    rows = counting_series(seed, longest=_LONGEST)
    integers = [row[:, 0].astype(int).tolist() for row in rows]
    return integers, study(rows, cell, side, seed, LENGTHS)


def _words(result: Study) -> dict[str, str]:
    at = _LONGEST - LENGTHS[0]
    title = _("What padding does to the loss")
    if result.unmasked_all[-1] < result.unmasked_all[at]:
        title = _("The loss counts padding as success")
        if result.unmasked_real[-1] > result.unmasked_real[at]:
            title = _("More padding, a smaller loss, worse predictions")
    return {
        "length": _("Length of the array"),
        "rows": _("Eight rows, padded with zeros, and the last hidden state of each"),
        "without": _("last h, no mask"),
        "with": _("last h, masked"),
        "whole": _(
            "{filled} of {all} places are padding. Without a mask the last hidden states are up "
            "to {without} from what the rows alone give; with the mask {with}."
        ),
        "cut": _(
            "{cut} elements are cut off, {filled} of {all} places are padding. The last hidden "
            "states are up to {without} from what the whole rows give, with the mask {with}."
        ),
        "title": title,
        "axis": _("length of the array"),
        "masked": _("with a mask"),
        "real": _("without, on real elements"),
        "counted": _("without, as its loss says"),
    }
