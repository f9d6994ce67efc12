"""What a visitor takes away of the small cell: its Keras code and its numbers."""

import csv
import io

import streamlit as st

from core.experiments.cell.script import cell_script
from core.numeric.recurrent.cell_models import Reading
from pages.recurrent.cell.settings import CellSettings
from ui.texts import _


def takeaway(config: CellSettings, reading: Reading):
    """Download buttons, made from the cell as it stands."""
    name = f"pangloss-{config.cell}-{config.preset}"
    with st.container(horizontal=True):
        st.download_button(
            _("Keras code"),
            cell_script(reading.model, config.numbers),
            f"{name}.py",
            "text/x-python",
            key="cell.take.py",
            icon=":material/download:",
            help=_("Builds this very cell with these weights and prints the same states."),
            on_click="ignore",
        )
        st.download_button(
            _("Numbers"),
            table_csv(reading),
            f"{name}.csv",
            "text/csv",
            key="cell.take.csv",
            icon=":material/download:",
            help=_("Every gate and state at every step, as CSV."),
            on_click="ignore",
        )


def table_csv(reading: Reading) -> str:
    """Everything over time as CSV; the gradient of the last output beside each input."""
    names, rows = reading.table()
    slopes = reading.gradients().inputs[:, 0]
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*names, "gradient_of_last_output"])
    for row, slope in zip(rows, slopes, strict=True):
        writer.writerow([int(row[0]), *(f"{value:.8g}" for value in (*row[1:], slope))])
    return file.getvalue()
