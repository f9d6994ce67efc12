"""The author's text in a Project Gutenberg transcription."""

from __future__ import annotations

import re
from typing import NamedTuple

_START = re.compile(r"^\*\*\* ?START OF TH[^\n]*\n", re.MULTILINE)
_OLD_START = re.compile(r"\AThe Project Gutenberg E(?:text|Book) of .*?\n\*\*\* *\n", re.DOTALL)
_END = re.compile(
    r"^(?:\*\*\* ?END OF TH|End of (?:[Tt]he )?Project Gutenberg"
    r"|The Project Gutenberg E(?:text|Book) of .*\nby .*\n\*{6})",
    re.MULTILINE,
)
_CREDITS = re.compile(
    r"\s*(?:(?:This eBook was )?produced by|We thank the|Nous remercions la Bib|Notes? de trans)",
    re.IGNORECASE,
)
_MARK = r"\[(?:\d{1,3}|[a-z]{1,3}|[A-Z]|\*)\]"
_NOTE = re.compile(rf" +{_MARK}|{_MARK}\s")
_MARKER = re.compile(rf"(?: (?={_MARK}[.,;:!?]))?{_MARK}(?: (?=[.,;:!?)]))?")
_FEW_NOTES = 3
_ASIDE = re.compile(r"\s*\[[^\]]*\]\s*")
_RULE = re.compile(r"[\s*.·\-_=]*")
_SENDER = re.compile(
    r"(?:(?:DE|DU) (?:M\. |Mme |LA |L')?|D')[A-ZÀ-Ý][A-ZÀ-Ý' -]{2,}|BILLET DE CONGÉ DE VOLTAIRE"
    r"|_Réponse, écrite au bas, de la main du roi\._"
)


class Block(NamedTuple):
    """Lines between blank lines, and how many blank lines stood before them."""

    text: str
    gap: int

    @property
    def indent(self) -> int:
        """Columns before the line that stands furthest to the left."""
        return min(len(line) - len(line.lstrip()) for line in self.text.split("\n"))


def strip_licence(text: str) -> str:
    """Text between Project Gutenberg's header and its licence, where there are any."""
    if start := _START.search(text) or _OLD_START.search(text):
        text = text[start.end() :]
    if end := _END.search(text):
        text = text[: end.start()]
    return text


def paragraphs(text: str) -> list[str]:
    """Paragraphs, headings and verses, one each, without notes and credits.

    text: lines as they were typed, a blank line between paragraphs. A note is a paragraph that
    starts with its mark ([1], [a], [*]); indented ones that follow it belong to it. In letters
    from and to Voltaire ("DE M. DE VOLTAIRE") only his own stay.
    """
    blocks = _blocks(text)
    while blocks and (_CREDITS.match(blocks[0].text) or _RULE.fullmatch(blocks[0].text)):
        del blocks[0]
    if any("VOLTAIRE" in _sender(block) for block in blocks):
        blocks = _voltaires_letters(blocks)
    blocks = _join_titles(_strip_notes(blocks))
    return [line for block in blocks for line in _reflow(block)]


def without_notes(text: str) -> str:
    """``text``, as it was typed, without notes and their marks; as it is where it has few."""
    blocks = _blocks(text)
    if sum(bool(_NOTE.match(block.text)) for block in blocks) < _FEW_NOTES:
        return text
    return "".join("\n" * (block.gap + 1) + block.text for block in _strip_notes(blocks)).strip(
        "\n"
    )


def _blocks(text: str) -> list[Block]:
    blocks: list[Block] = []
    lines: list[str] = []
    gap = 2
    for line in [*text.split("\n"), ""]:
        if line.strip():
            lines.append(line.rstrip())
            continue
        if lines:
            blocks.append(Block("\n".join(lines), gap))
            lines, gap = [], 0
        gap += 1
    return blocks


def _sender(block: Block) -> str:
    match = _SENDER.match(block.text)
    return match[0] if match else ""


def _voltaires_letters(blocks: list[Block]) -> list[Block]:
    kept: list[Block] = []
    is_his = False
    for block in blocks:
        if sender := _sender(block):
            is_his = "VOLTAIRE" in sender
        elif is_his:
            kept.append(block)
    return kept


def _strip_notes(blocks: list[Block]) -> list[Block]:
    kept: list[Block] = []
    in_note = False
    for block in blocks:
        if _NOTE.match(block.text):
            in_note = True
        elif in_note and block.gap == 1 and block.indent >= 1:
            continue
        elif not _ASIDE.fullmatch(block.text):
            in_note = False
            kept.append(block._replace(text=_MARKER.sub("", block.text)))
    return kept


def _join_titles(blocks: list[Block]) -> list[Block]:
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        goes_on = last and block.gap == 1 and not last.text.endswith(".")
        if last and goes_on and _is_title(block) and _is_title(last):
            joined[-1] = Block(f"{last.text}\n{block.text}", last.gap)
        else:
            joined.append(block)
    return joined


def _is_title(block: Block) -> bool:
    lines = [line.strip() for line in block.text.split("\n")]
    return block.indent >= 4 and all(line in (line.upper(), "ou") for line in lines)


def _reflow(block: Block) -> list[str]:
    lines = [line for line in block.text.split("\n") if not _RULE.fullmatch(line)]
    is_verse = block.indent >= 2 and len(lines) > 1 and all(map(_starts_verse, lines))
    if is_verse and not block.text.isupper():
        return lines
    text = ""
    for line in lines:
        text += line.strip() if re.search(r"[^\W\d_]-$", text) else f" {line.strip()}"
    return [text.strip()] if text else []


def _starts_verse(line: str) -> bool:
    first = line.strip().lstrip("«»\"'_-( .")
    return first[:1].isupper() and len(line.strip()) < 64
