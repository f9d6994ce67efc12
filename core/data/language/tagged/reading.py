"""Reading CoNLL-U and files of a word and a tag a line, and what is amiss in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from core.messages import N_, Note, Problem

_SPAN = re.compile(r"[BIESLUM]-\S+|O")
_UPOS = 3  # the column of CoNLL-U with the part of speech
_MOST_NAMED = 5  # bad lines whose numbers are told
_MOST_BAD = 0.2  # share of the lines
_DOCUMENT = "-DOCSTART-"


class Read(NamedTuple):
    """Sentences and the tag of each word, whether tags mark spans, and what was put right."""

    words: list[list[str]]
    tags: list[list[str]]
    spans: bool
    notes: tuple[Note, ...]


def read_tagged(text: str) -> Read:
    """Sentences of CoNLL-U, or of lines with a word first and its tag last, an empty line between.

    Columns are parted by tabs, or by spaces where a line has no tab: then all lines have as many.
    Of CoNLL-U the part of speech (UPOS) is read; its words without a number of their own (ranges,
    empty nodes) are left out. Tags of spans may be BIO, IOB1, BIOES or BILOU; they become BIO.
    Raises Problem, with the number of the line, if there is no sentence or if too many lines
    cannot be read.
    """
    is_conllu, usual = _is_conllu(text), _usual_columns(text)
    words: list[list[str]] = []
    tags: list[list[str]] = []
    bad: list[int] = []
    lines = 0
    is_new = True
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith(_DOCUMENT):
            is_new = True
            continue
        if is_conllu and line.startswith("#"):
            continue
        lines += 1
        columns = _columns(line)
        if is_conllu and columns and re.fullmatch(r"\d+[-.]\d+", columns[0]):
            continue
        is_prose = "\t" not in line and len(columns) != usual
        pair = None if is_prose else _pair(columns, is_conllu)
        if pair is None:
            bad.append(number)
            continue
        if is_new:
            words.append([])
            tags.append([])
            is_new = False
        words[-1].append(pair[0])
        tags[-1].append(pair[1])
    if bad and (not words or len(bad) > _MOST_BAD * lines):
        raise Problem(
            N_(
                "Line {line:,} cannot be read ({count:,} of {lines:,} lines): a word and its tag "
                "are expected in each, parted by a tab or a space, and an empty line between "
                "sentences."
            ),
            line=bad[0],
            count=len(bad),
            lines=lines,
        )
    if not words:
        raise Problem(N_("There is no line with a word and its tag in this text."))
    notes = list(_of_bad(bad))
    spans = _are_spans(tags)
    if spans:
        tags, repaired = as_bio(tags)
        if repaired:
            notes.append(
                Note(
                    N_("{count:,} tags are written as BIO: a span begins with B-."),
                    {"count": repaired},
                )
            )
    return Read(words, tags, spans, tuple(notes))


def as_bio(tags: Sequence[Sequence[str]]) -> tuple[list[list[str]], int]:
    """Tags of spans in whatever of the usual schemes as BIO, and how many were changed.

    A span that begins with I- (IOB1, or an error) gets its B-; E- and L- are inside, S- and U- are
    spans of one word.

    >>> as_bio([["I-LOC", "I-LOC", "O", "S-PER"]])
    ([['B-LOC', 'I-LOC', 'O', 'B-PER']], 2)
    """
    out, changed = [], 0
    for sentence in tags:
        row: list[str] = []
        before = "O"
        for tag in sentence:
            begin, kind = tag[:1], tag[2:]
            new = tag
            if tag != "O":
                goes_on = begin in "IELM" and before[:1] in ("B", "I") and before[2:] == kind
                new = f"{'I' if goes_on else 'B'}-{kind}"
            changed += new != tag
            row.append(new)
            before = "O" if begin in "ESLU" and tag != "O" else new
        out.append(row)
    return out, changed


def _is_conllu(text: str) -> bool:
    """Whether the first lines with columns look like CoNLL-U: ten of them, a number first."""
    rows = [line.split("\t") for line in text[:5_000].split("\n") if "\t" in line]
    fitting = [row for row in rows if len(row) >= 8 and re.fullmatch(r"\d+(?:[-.]\d+)?", row[0])]
    return bool(rows) and len(fitting) > 0.5 * len(rows)


def _usual_columns(text: str) -> int:
    """How many columns lines without a tab mostly have: in prose most lines have another number."""
    lengths = Counter(len(line.split()) for line in text.split("\n") if "\t" not in line)
    del lengths[0]
    return lengths.most_common(1)[0][0] if lengths else 0


def _columns(line: str) -> list[str]:
    return [part.strip() for part in line.split("\t")] if "\t" in line else line.split()


def _pair(columns: Sequence[str], is_conllu: bool) -> tuple[str, str] | None:
    """The word and the tag of a line, None if one is missing."""
    if is_conllu:
        found = (columns[1], columns[_UPOS]) if len(columns) > _UPOS else ("", "")
        found = ("", "") if not columns[0].isdigit() or found[1] == "_" else found
    else:
        found = (columns[0], columns[-1]) if len(columns) > 1 else ("", "")
    return found if all(found) else None


def _are_spans(tags: Sequence[Sequence[str]]) -> bool:
    kinds = Counter(tag for sentence in tags for tag in sentence)
    return len(kinds) > 1 and all(map(_SPAN.fullmatch, kinds)) and "O" in kinds


def _of_bad(bad: Sequence[int]) -> Iterator[Note]:
    """What is said of lines that were left out."""
    if not bad:
        return
    numbers = ", ".join(f"{number:,}" for number in bad[:_MOST_NAMED])
    if len(bad) > _MOST_NAMED:
        numbers += ", …"
    yield Note(
        N_("{count:,} lines without a word and its tag are left out: {numbers}."),
        {"count": len(bad), "numbers": numbers},
    )
