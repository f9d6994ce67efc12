"""The course's two variants, recorded: both directions, and a recurrence between layers."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st

from core.experiments.long_memory import recorded as long_memory_recorded
from core.experiments.long_memory.recorded import Trial
from pages.recurrent.long_memory.labels import cell_names
from pages.recurrent.long_memory.recorded import outcome
from ui.components import code
from ui.components.table import Rows, table
from ui.layout import text_beside
from ui.texts import _, lesson_text

_CODE = Path(__file__).resolve().parents[3] / "core" / "models" / "recurrent" / "feedback.py"


def variants():
    """Each variant beside what it varies, of as many weights, from the same seeds."""
    recorded = long_memory_recorded.load()
    if recorded is None:
        return
    both = [trial for trial in recorded.seeds if trial.bidirectional]
    layers = [trial for trial in recorded.seeds if trial.cell in ("stacked", "feedback")]
    if not both or not layers:
        return
    st.header(_("Two ends, and a way between layers"), anchor=False)
    text, right = text_beside("long_memory.variants_text")
    text.markdown(lesson_text("long-memory", "variants"))
    with right:
        table(
            directions_table(recorded.seeds, both[0]),
            key="long_memory.directions",
            alt=_("A table: each cell reading from one end, and from both, with as many weights."),
        )
        table(
            layers_table(layers),
            key="long_memory.layers",
            alt=_(
                "A table: two layers, one above the other, with a recurrence between and without."
            ),
        )
        with st.expander(_("The two layers in Keras")):
            code.python(_CODE.read_text(encoding="utf-8"), key="long_memory.feedback")


def directions_table(seeds: Sequence[Trial], like: Trial) -> Rows:
    """A row for one direction and one for both, at the task and the length of ``like``."""
    names = cell_names()
    here = [t for t in seeds if (t.task, t.length) == (like.task, like.length)]
    cells = dict.fromkeys(t.cell for t in here if t.bidirectional)
    words = {False: _("one direction"), True: _("both directions")}
    return _rows(
        like.length,
        {
            words[both]: {
                names[cell]: [t for t in here if (t.cell, t.bidirectional) == (cell, both)]
                for cell in cells
            }
            for both in words
        },
    )


def layers_table(layers: Sequence[Trial]) -> Rows:
    """A row for layers that are stacked, and one for those with a recurrence between them."""
    words = {"stacked": _("stacked only"), "feedback": _("with a way back down")}
    return _rows(
        layers[0].length,
        {
            words[kind]: {_("two layers of GRU"): [t for t in layers if t.cell == kind]}
            for kind in words
        },
    )


def _rows(length: int, trials: Mapping[str, Mapping[str, Sequence[Trial]]]) -> Rows:
    head = _("At T = {length}").format(length=length)
    return [
        {head: words} | {column: outcome(some, tested=True) for column, some in row.items()}
        for words, row in trials.items()
    ]
