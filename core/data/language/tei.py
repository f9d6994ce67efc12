"""The body of a TEI book as paragraphs."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from core.messages import N_, Problem

_PARAGRAPHS = ("p", "l", "head")
_NOT_THE_TEXT = ("note", "ref", "gap", "pb", "fw", "figure")


def paragraphs(raw: bytes) -> list[str]:
    """Paragraphs, headings and verses of the body, without front matter, notes and page breaks.

    raw: the XML file. Raises Problem if it is not well-formed, declares entities or has no body.
    """
    if b"<!ENTITY" in raw:  # what an expansion bomb needs, and no TEI book has
        raise Problem(N_("The XML file declares entities; a TEI book is expected, without any."))
    try:
        body = ET.fromstring(raw).find(".//{*}text/{*}body")
    except ET.ParseError as error:
        raise Problem(
            N_("The XML file is not well-formed ({error}); a TEI book is expected."),
            error=str(error),
        ) from None
    if body is None:
        raise Problem(N_("The XML file has no text body; a TEI book is expected."))
    elements = (element for element in body.iter() if _tag(element) in _PARAGRAPHS)
    lines = (" ".join(_own_text(element).split()) for element in elements)
    return [_strip_markup(line) for line in lines if not re.match(r"\d+\. ↑", line)]


def _tag(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _own_text(element: ET.Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if _tag(child) not in _NOT_THE_TEXT:
            parts.append(_own_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _strip_markup(text: str) -> str:
    r"""Markup of the wiki that some files were made from: *italics*, /italics/, 1^er, \\[4\\]."""
    text = re.sub(r"\\\[\d+\\\]|\\", "", text)
    text = re.sub(r"(?<!\*)\*(?!\*)", "", text).replace("^", "")
    return re.sub(r"/(?=\W|$)|(?<!\w)/", "", text)
