"""Right and wrong answers of a run at an epoch, as a table."""

import pandas as pd
import streamlit as st

from core.events import Epoch
from core.experiments.calculator.run import questions_of
from pages.language.calculator.notation import printed
from ui.components.table import table
from ui.runs.run import Run
from ui.texts import _


def draw_examples(run: Run):
    """The first test questions with what was written, the wrong ones first."""
    rows = examples(run)
    wrong = list(rows[_("Right")]).count("✗")
    st.caption(
        _("After epoch {epoch}, {wrong} of these {count} held-out questions are wrong:").format(
            epoch=run.at.epoch, count=len(rows), wrong=wrong
        )
    )
    table(
        rows,
        height=250,
        key="calculator.examples",
        alt=_("A table of held-out questions, what the network wrote, and the true results."),
    )


def written_and_true(run: Run) -> tuple[list[str], list[str], list[str]]:
    """Questions, what the network wrote at the epoch that is looked at, and the true results."""
    return at_epoch(run, run.at)


def at_epoch(run: Run, epoch: Epoch) -> tuple[list[str], list[str], list[str]]:
    """Questions, what the network wrote after an epoch, and the true results."""
    codec, rows = run.config.codec, epoch.arrays["answers"]
    asked = questions_of(epoch.arrays)[: len(rows)]
    return asked.texts(), [codec.text(row) for row in rows], asked.answers()


def examples(run: Run) -> pd.DataFrame:
    """One row a question: what was written, what is true, and whether that is the same."""
    rows = [
        {
            _("Question"): printed(question),
            _("Written"): printed(written),
            _("True"): printed(truth),
            _("Right"): "✓" if written == truth else "✗",
        }
        for question, written, truth in zip(*written_and_true(run), strict=True)
    ]
    return pd.DataFrame(sorted(rows, key=lambda row: row[_("Right")] == "✓"))
