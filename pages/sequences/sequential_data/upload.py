"""The visitor's own table as a kind of sequence."""

from functools import partial

import numpy as np

from core.data import uploads
from core.data.tables import MAX_ROWS
from core.figures import sequences as figures
from pages.sequences.sequential_data.sample import KEY, Sample, SequenceGallery, room, scaled, start
from ui.components.charts import live_plot, look
from ui.runs.inputs.upload_field import TABLES, upload_field
from ui.texts import _, number

_ROWS = 60  # of the table, in the window that is shown


def own(config: SequenceGallery) -> Sample | None:
    """The visitor's table."""
    table = upload_field(
        config,
        _("A table of your own (CSV): one row for each time step, one column for each feature"),
        TABLES,
        key="sequences.table_file",
        help=_(
            "Commas, semicolons or tabs, decimal points or commas; at most {most} rows. It "
            "is kept for a day, and only people with the link see it."
        ).format(most=number(MAX_ROWS, 0)),
        store=uploads.store_table,
        load=uploads.load_table,
        empty=_("Nothing yet: upload a table, and see it as a network does."),
        field="table",
        table="series",
    )
    if table is None:
        return None
    names, columns = list(table.columns)[:8], list(table.columns.values())[:8]
    values = np.column_stack(columns)
    title = _("Your table: {rows} steps, {count} columns").format(
        rows=number(table.rows, 0), count=len(table.columns)
    )
    times = table.time.texts if table.time else next(iter(table.texts.values()), None)
    figure = partial(
        figures.lines_over_time,
        look(title),
        list(times) if times and len(set(times)) == len(times) else list(range(1, table.rows + 1)),
        {_as_text(name): values[:, k] for k, name in enumerate(names)},
        y_titles=[_as_text(name)[:18] for name in names],
        filled={_as_text(name): where for name, where in table.missing.items()},
        filled_name=_("filled, was missing"),
    )
    live_plot(figure, key=KEY, height=140 + 110 * len(names), room=room())
    window = min(_ROWS, table.rows)
    part = slice(start(config, table.rows, window), None)
    return Sample(
        scaled(values)[part][:window],
        [_as_text(name) for name in names],
        table.rows - window + 1,
        [window],
        _(
            "Windows of {steps} steps; each feature scaled to mean 0 and standard deviation 1."
        ).format(steps=window),
        _("Your own table.") if len(table.columns) <= len(names) else _("Its first 8 columns."),
    )


def _as_text(name: str) -> str:
    """A name of a visitor's for Plotly, which would read markup in it."""
    return name.replace("&", "&amp;").replace("<", "&lt;")
