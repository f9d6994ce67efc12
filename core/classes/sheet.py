"""What a class has done as CSV, to be opened in a spreadsheet: no cell of it is a formula."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from core.classes.asked import Asked
from core.classes.together import reached
from core.events import flat
from core.store.classes.wall import ClassRun

# What a spreadsheet takes for the beginning of a formula, also as wide signs, or hides it behind.
_FORMULA = tuple("=+-@＝＋－＠|%\t\r\n\0")


def runs_csv(runs: Sequence[ClassRun], called: Callable[[ClassRun], str]) -> str:
    """A row for each run: whose, which, its seed, state and time, its settings, what it reached.

    called: what a run's student is called. Settings are named config.FIELD, what was reached
    metric.NAME; ``curve`` names the metric whose last value on held-out data is ``reached``.
    """
    rows = []
    for run in runs:
        row: dict[str, Any] = {
            "student": called(run),
            "lesson": run.lesson,
            "run": run.run,
            "state": run.state,
            "failure": run.failure.message if run.failure else "",
            "seed": run.config.get("seed", ""),
            "train_s": run.train_s,
            "curve": run.curve,
            "reached": reached(run),
        }
        row |= {f"config.{name}": v for name, v in run.config.items() if name != "seed"}
        row |= {f"metric.{name}": v for name, v in flat(run.metrics).items()}
        rows.append(row)
    return as_csv(rows)


def answers_csv(questions: Sequence[Asked]) -> str:
    """A row for each answer of each question: how many gave it, how many runs bore it out."""
    return as_csv(
        [
            {
                "question": asked.text,
                "answer": answer,
                "count": count,
                "runs": dict(asked.ran).get(answer, ""),
            }
            for asked in questions
            for answer, count in asked.answers
        ]
    )


def as_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as CSV, a column for each name in any of them; empty where a row has none, or None."""
    out = io.StringIO()
    names = dict.fromkeys(name for row in rows for name in row)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(map(no_formula, names))
    writer.writerows([no_formula(row.get(name, "")) for name in names] for row in rows)
    return out.getvalue()


def no_formula(value: Any) -> Any:
    """A number as it is; of a text that a spreadsheet might compute, an apostrophe before it."""
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    text = str(value)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) else text
