"""What a lesson would understand of a file: the command ``read``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

import click
import numpy as np

from core.cli.assignments import assignments
from core.cli.data.texts import MOST_READ
from core.data import texts
from core.data.images.files import IDX, read_images
from core.data.language import brought
from core.data.language.labelled.brought import read_texts
from core.data.language.tagged import brought as tagged
from core.data.packed import unpacked
from core.data.sequences.labelled import read_labelled
from core.data.tables import MAX_BYTES_OF_NUMBERS, Question, Table, read_table
from core.data.tables.classes import (
    has_classes,
    label_column,
    label_questions,
    with_classes,
)
from core.data.tables.labels import is_label_name
from core.data.tables.structured import columns_of_arrays
from core.messages import Note, Problem
from core.numeric.sequences.baselines import find_period

_MANY = 8  # columns without a date: more likely steps of sequences than series beside each other
_KINDS = ("series", "sequences", "texts", "images", "text", "tagged")


@click.command(short_help="Say what a lesson would understand of a file.")
@click.argument("file", metavar="FILE", type=click.File("rb"))
@click.option("--as", "kind", type=click.Choice(_KINDS), help="What the file is to be taken for.")
@click.option(
    "--choose",
    "choices",
    metavar="NAME=VALUE",
    multiple=True,
    callback=assignments,
    help="An answer to one of the questions that --json lists; may be given several times.",
)
@click.option("--json", "in_json", is_flag=True, help="One JSON object.")
def read(file: BinaryIO, kind: str | None, choices: dict[str, str], in_json: bool) -> None:
    """Say what a lesson would understand of FILE, a series, sequences, images or a text."""
    raw = file.read(MOST_READ)
    reading = understood(raw, kind or kind_of(raw), choices)
    click.echo(json.dumps(reading, ensure_ascii=False) if in_json else _sentence(reading))


def kind_of(raw: bytes) -> str:
    """What a file most probably is, one of "series", "sequences", "images" and "text"."""
    raw, _ = unpacked(raw, MAX_BYTES_OF_NUMBERS)
    if raw[:4] == IDX:
        return "images"
    if raw[:2] == b"PK":
        try:
            read_images(raw)
        except Problem:
            return "series" if columns_of_arrays(raw) else "images"
        return "images"
    try:
        table = read_table(raw, needs_numbers=False)
    except Problem:
        return "series" if _is_series(raw) else "text"
    if not table.columns and len(table.texts) < 2:
        return "text"
    try:
        if read_images(raw).shape[0] > 1:
            return "images"
    except Problem:
        pass
    named = any(map(is_label_name, (*table.columns, *table.texts))) or _ends_in_classes(table)
    if table.columns and not named and (table.time or len(table.columns) < _MANY):
        return "series"
    try:
        read_labelled(table)
    except Problem:
        if table.columns and named and not table.time and label_column(table) in table.texts:
            return "sequences"  # which is refused with the reason
        return "series" if table.columns else "text"
    return "sequences"


def _is_series(raw: bytes) -> bool:
    """Whether a file that is no table of examples, as a long row is not, has steps in time."""
    try:
        return bool(read_table(raw).columns)
    except Problem:
        return False


def _ends_in_classes(table: Table) -> bool:
    """Whether rows without dates end or, without names, begin with what looks like a class."""
    names = [*table.columns, *table.texts]
    if table.time or len(table.columns) < 2 or len(table.texts) > 1:
        return False
    if table.texts:
        return has_classes(table, next(iter(table.texts)))
    return names[0] == "x1" and len(names) > 3 and any(has_classes(table, n) for n in names)


def understood(raw: bytes, kind: str, choices: Mapping[str, str]) -> dict[str, Any]:
    """The reading of a file as JSON values. Raises Problem where a lesson would refuse it.

    choices: answers to the questions. Raises UsageError if the file does not ask that.
    """
    reading = _understood(raw, kind, choices)
    asked = {question["name"]: question for question in reading["questions"]}
    for name, value in choices.items():
        if name not in asked:
            names = ", ".join(asked) or "nothing"
            raise click.UsageError(f"The file leaves no {name!r} open; it asks: {names}.")
        if asked[name]["chosen"] != value:
            options = ", ".join(map(repr, asked[name]["options"]))
            raise click.UsageError(f"{name} is one of {options}, not {value!r}.")
    return reading


def _understood(raw: bytes, kind: str, choices: Mapping[str, str]) -> dict[str, Any]:
    raw, _ = unpacked(raw, MAX_BYTES_OF_NUMBERS) if kind == "images" else (raw, None)
    reading: dict[str, Any] = dict.fromkeys(
        ("as", "encoding", "rows", "time", "label", "shape", "characters", "period")
    )
    reading |= {"as": kind, "columns": [], "removed": [], "questions": []}
    if kind == "text":
        known = texts.read(raw, min_chars=1)
        cleaned = brought.clean(known.text)
        reading |= {"encoding": known.encoding, "characters": len(cleaned.text)}
        reading["removed"] = _sentences((*known.notes, *cleaned.notes))
        return reading | {"rows": cleaned.text.count("\n") + 1}
    if kind == "tagged":
        decoded = texts.read(raw, min_chars=1)
        corpus = tagged.read_corpus(decoded.text)
        reading |= {"encoding": decoded.encoding, "rows": len(corpus.training) + len(corpus.test)}
        reading["label"] = {"column": None, "classes": list(corpus.tags)}
        return reading | {"removed": _sentences((*decoded.notes, *corpus.notes))}
    if kind == "images":
        known = read_images(raw, choices)
        reading["questions"] = _questions(known.questions)
        height, width = known.shape
        reading |= {"rows": len(known.pixels), "shape": [len(known.pixels), height, width]}
        reading["removed"] = _sentences(known.notes)
        if known.labelled:
            reading["label"] = {"column": None, "classes": list(known.class_names)}
        if raw[:2] == b"PK" or raw[:4] == IDX:
            return reading
    table = read_table(raw, choices, needs_numbers=kind == "series")
    label, of_class = None, ()
    if kind in ("sequences", "texts"):
        table = with_classes(table)
        label, of_class = label_column(table), label_questions(table)
        known = read_texts(table) if kind == "texts" else read_labelled(table)
        reading["label"] = {"column": label, "classes": list(known.classes)}
    elif kind == "images":
        asked = next((q for q in reading["questions"] if q["name"] == "label"), {"chosen": None})
        label = asked["chosen"]
        if reading["label"]:
            reading["label"]["column"] = label
    else:
        values = table.columns[table.leading]
        reading["period"] = find_period(values, max(1, len(values) // 2))
    return reading | {
        "encoding": table.encoding,
        "rows": table.rows,
        "columns": _columns(table, kind, label),
        "time": _time(table),
        "removed": reading["removed"] or _sentences(table.removed),
        "questions": reading["questions"] or _questions((*of_class, *table.questions)),
    }


def _questions(questions: Iterable[Question]) -> list[dict[str, Any]]:
    return [
        {
            "name": question.name,
            "asked": str(question.asked),
            "options": {name: str(note) for name, note in question.options.items()},
            "chosen": question.chosen,
        }
        for question in questions
    ]


def _columns(table: Table, kind: str, label: str | None) -> list[dict[str, Any]]:
    columns = [
        _column(name, "number", values.tolist(), kind != "series" or name != label)
        for name, values in table.columns.items()
    ]
    words = kind == "sequences" and len([n for n in table.columns if n != label]) < 2
    columns += [
        _column(name, "text", cells, name == label or words) for name, cells in table.texts.items()
    ]
    if table.time:
        columns.insert(0, _column(table.time.column, "time", list(table.time.texts), False))
    return columns


def _column(name: str, kind: str, values: list, used: bool) -> dict[str, Any]:
    return {"name": name, "type": kind, "first": values[0], "last": values[-1], "used": used}


def _time(table: Table) -> dict[str, Any] | None:
    if table.time is None:
        return None
    texts_of = table.time.texts
    ends = np.datetime_as_string(table.time.values[[0, -1]], "s").tolist()
    return {
        "column": table.time.column,
        "first": texts_of[0],
        "last": texts_of[-1],
        "step": table.time.step or None,
        "from": ends[0] if table.time.dated else None,
        "to": ends[1] if table.time.dated else None,
    }


def _sentences(notes: Iterable[Note]) -> list[str]:
    return [str(note) for note in notes]


def _sentence(reading: dict[str, Any]) -> str:
    """The reading in a line."""
    parts = [f"{reading['as']}, {reading['encoding']}" if reading["encoding"] else reading["as"]]
    if reading["characters"] is not None:
        return "; ".join([*parts, f"{reading['characters']:,} characters", *reading["removed"]])
    if reading["shape"]:
        parts.append("{} of {} × {}".format(*reading["shape"]))
    else:
        parts.append(f"{reading['rows']:,} rows")
    used = [column["name"] for column in reading["columns"] if column["used"]]
    if used and not reading["shape"]:
        parts.append("columns " + ", ".join(used[:8]) + (", ..." if len(used) > 8 else ""))
    if reading["time"]:
        time = reading["time"]
        parts.append(f"{time['column']} from {time['first']} to {time['last']}")
    if reading["label"]:
        parts.append(f"{len(reading['label']['classes'])} classes")
    if (reading["period"] or 1) > 1:
        parts.append(f"a season of {reading['period']} rows")
    parts += reading["removed"]
    parts += [f"{q['asked']} ({q['options'][q['chosen']]})" for q in reading["questions"]]
    return "; ".join(parts)
