"""Tables in files that say of themselves what they are: web pages, ARFF, and .ts of time series."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser

from core.messages import N_, Note, Problem

_PAGE = re.compile(r"\s*<(?:!doctype html|html|head|body|table|div|meta|script)\b", re.IGNORECASE)
_SPARSE = re.compile(r"\s*[-+]?[\d.]+(?:\s+[1-9]\d*:[-+]?[\d.]+(?:[eE][-+]?\d+)?)+\s*")
_MOST_PAIRS = 4_200
_LEAST_OF_PAGE = 0.3  # of the letters of a page are in its table
_ATTRIBUTE = re.compile(r"@attribute\s+('[^']*'|\"[^\"]*\"|\S+)", re.IGNORECASE)


def lines_of_markup(text: str) -> tuple[str, Note] | None:
    """The table in a page or a file of Weka's or aeon's as lines with tabs, and what it was.

    None if the text is none of them. Raises Problem for a web page that has no table.
    """
    if _PAGE.match(text):
        return _of_page(text), Note(N_("a web page: its table is read"))
    if re.match(r"(?:\s*(?:%|#)[^\n]*\n|\s*\n)*\s*@relation\b", text, re.IGNORECASE):
        return _of_arff(text), Note(N_("ARFF, read as a table"))
    if re.match(r"(?:\s*#[^\n]*\n|\s*\n)*\s*@problemname\b", text, re.IGNORECASE):
        return _of_ts(text), Note(N_("time series of the kind .ts, read as a table"))
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and all(map(_SPARSE.fullmatch, lines)):
        return _of_pairs(lines), Note(N_("LIBSVM, read as a table"))
    return None


def _of_pairs(lines: list[str]) -> str:
    """A class and pairs of a column's number and its value; what is not there is 0."""
    rows = [(line.split()[0], dict(p.split(":") for p in line.split()[1:])) for line in lines]
    most = max(int(at) for _, pairs in rows for at in pairs)
    if most > _MOST_PAIRS:
        return "\n".join(lines)
    numbers = [str(at) for at in range(1, most + 1)]
    body = (",".join([name, *(pairs.get(at, "0") for at in numbers)]) for name, pairs in rows)
    return "\n".join([",".join(["label", *numbers]), *body])


class _Tables(HTMLParser):
    """The tables of a page, and its title; what is shown beside tables is counted."""

    def __init__(self):
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.title, self.letters = "", 0
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._within.append(tag)
        if tag == "table":
            self.tables.append([])
        elif self.tables and tag == "tr":
            self.tables[-1].append([])
        elif self.tables and self.tables[-1] and tag in ("td", "th"):
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._within:
            del self._within[len(self._within) - 1 - self._within[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if "title" in self._within:
            self.title += data
        elif not {"script", "style"} & set(self._within):
            self.letters += len("".join(data.split()))
            if {"td", "th"} & set(self._within) and self.tables and self.tables[-1]:
                cells = self.tables[-1][-1]
                if cells:
                    cells[-1] = " ".join(f"{cells[-1]} {data}".split())


def _of_page(text: str) -> str:
    parser = _Tables()
    parser.feed(text)
    parser.close()

    def size(table: list[list[str]]) -> int:
        return sum(len(cell.replace(" ", "")) for row in table for cell in row)

    tables = [table for table in parser.tables if sum(len(row) > 1 for row in table) > 1]
    largest = max(tables, key=size, default=[])
    if size(largest) < _LEAST_OF_PAGE * parser.letters or not largest:
        title = " ".join(parser.title.split())[:60]
        raise Problem(
            N_(
                "The file is a web page{title}, not a table: on that page, look for the link "
                "that brings the file itself."
            ),
            title=f" ({title})" if title else "",
        )
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(row for row in largest if row)
    return out.getvalue()


def _of_arff(text: str) -> str:
    head, _, body = re.sub(r"(?m)^\s*%[^\n]*\n", "", text).partition("\n")
    names, rows = [], []
    is_data = False
    for line in [head, *body.split("\n")]:
        if is_data:
            rows.append(line)
        elif match := _ATTRIBUTE.match(line.strip()):
            names.append(match[1].strip("'\""))
        is_data = is_data or line.strip().lower() == "@data"
    quoted = ",".join('"' + name.replace('"', '""') + '"' for name in names)
    return "\n".join([quoted, *(line.replace("'", '"') for line in rows)])


def _of_ts(text: str) -> str:
    """Rows of numbers, the class last; of several dimensions the first."""
    parts = re.split(r"(?im)^\s*@data\s*$", text, maxsplit=1)
    body = parts[1] if len(parts) > 1 else ""
    rows = [line.strip().split(":") for line in body.split("\n") if line.strip()]
    longest = max((len(row[0].split(",")) for row in rows), default=0)
    names = ",".join(["label", *(f"x{at}" for at in range(1, longest + 1))])
    return "\n".join([names, *(f"{row[-1]},{row[0]}" for row in rows)])
