"""A text that a person brings, as a character model should read it: its author's words alone.

A licence, a library's terms, tags, page numbers and the ends of typed lines are no part of it;
what was taken away is said. French is set in the typography of the shipped books.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser

from core.data.language import gutenberg, tei, typography
from core.messages import N_, Note, Problem

_FLAGS = re.IGNORECASE | re.MULTILINE
_GUTENBERG_STARTS = [
    re.compile(r"^\*+ ?START OF (?:TH[A-Z]+|PROJECT) (?:PROJECT )?GUTENBERG[^\n]*\n", _FLAGS),
    re.compile(r"^\*+ ?D[ÉE]BUT D[^\n]*GUTENBERG[^\n]*\n", _FLAGS),
    re.compile(r"^\*END\*? ?THE SMALL PRINT[^\n]*\n", _FLAGS),
    re.compile(r"\A\s*The Project Gutenberg E(?:text|Book) of .*?\n\*\*\* *\n", re.DOTALL),
]
_GUTENBERG_END = re.compile(
    r"^(?:\*+ ?END OF TH[A-Z]+ PROJECT GUTENBERG|\*+ ?START: FULL LICENSE"
    r"|End of (?:the )?Project Gutenberg|\*+ ?FIN D[^\n]*GUTENBERG"
    r"|Fin d[^\n]{0,40}Project Gutenberg|\*+ ?END OF PROJECT GUTENBERG"
    r"|THE FULL PROJECT GUTENBERG LICENSE)",
    _FLAGS,
)
_GUTENBERG_OLD_END = re.compile(
    r"^The Project Gutenberg E(?:text|Book) of .*\nby .*\n\*{6}", re.MULTILINE
)
_GALLICA = re.compile(r"\A[^\n]*(?:Source\s+)?gallica\.bnf\.fr[^\n]*\n", re.IGNORECASE)
_GALLICA_TERMS = re.compile(r"utilisation\.?commerciale@bnf\.fr\.?[^\n]*\n", re.IGNORECASE)
_WIKISOURCE_HEAD = re.compile(
    r"\A(?:[^\n]*\n){0,30}?[^\n]*(?:Export[ée]+ de|Exported from) Wikisource[^\n]*\n", re.IGNORECASE
)
_WIKISOURCE_FOOT = re.compile(
    r"^ *(?:À propos de cette édition électronique|About this digital edition)\s*$", _FLAGS
)
_CREDIT = re.compile(
    r"\s*(?:(?:This eBook was |E-text )?(?:produced|prepared) by\b|Produit par\b"
    r"|We thank the Biblioth|Nous remercions la Biblioth"
    r"|\[?Transcriber['’]s? notes?\b|\[?Notes? (?:de transcription|du transcripteur)\b)",
    re.IGNORECASE,
)
_PREFACE = re.compile(  # a heading on a line of its own; whose words follow, it does not say
    r"^ *[*_]*((?:avertissement|avis|pr[ée]face|notice|introduction|avant-propos|foreword"
    r"|note|vorwort|discours pr[ée]liminaire)\b[^\n.,;:]{0,50}?)[*_]*\.? *$",
    _FLAGS,
)
_BEGINNING, _SHORTEST = 0.2, 5_000  # of a book; characters of one that can have a preface
_PAGE = re.compile(r"\s*(?:[-–—\[(]\s*)?(?:page |p\. ?)?(\d{1,4})(?:\s*[-–—\])])?\s*", re.I)
_FRENCH = frozenset(
    re.findall(r"\w+", "le la les de des du et un une que qui il elle est dans pour ne pas en")
)
_FAMILIAR = 0.15  # of the words of a French text are among those
_CLITICS = frozenset(
    re.findall(r"\w+", "je tu il elle on nous vous ils elles ci là moi toi lui ce t y en")
)
_WIDTHS = range(40, 101)  # columns that people and programs break lines at
_NARROW = range(20, 40)  # of two on a page, where words are cut at the ends of lines
_CUT = 0.1


@dataclass(frozen=True)
class Cleaned:
    """A text without what is not its author's, and what was taken away or changed."""

    text: str
    notes: tuple[Note, ...] = ()


def clean(text: str) -> Cleaned:
    r"""``text`` without licences, tags, page numbers and ends of typed lines.

    text: as ``core.data.texts.read`` returns it. Lines of verse stay, and so does a preface, which
    may be the author's own: it is named. A text in which there is
    nothing of the kind, and which is not French, is returned as it is. Raises Problem if nothing
    would be left.
    """
    notes: list[Note] = []
    steps: list[tuple[Callable[[str], str], str]] = [
        (_without_tags, N_("Left out: the tags of a web page or an XML file.")),
        (_without_gutenberg, N_("Left out: Project Gutenberg's licence ({count:,} characters).")),
        (_without_gallica, N_("Left out: Gallica's terms of use ({count:,} characters).")),
        (_without_wikisource, N_("Left out: what Wikisource adds ({count:,} characters).")),
        (
            gutenberg.without_notes,
            N_("Left out: the notes and their marks ({count:,} characters)."),
        ),
        (_without_credits, N_("Left out: a transcriber's note ({count:,} characters).")),
        (_without_pages, N_("Left out: page numbers ({count:,} characters).")),
        (_without_markdown, N_("Left out: the marks of Markdown ({count:,} characters).")),
        (_joined, N_("Lines are joined to paragraphs.")),
        (_typeset, N_("French is set as in the shipped books: no space before ; : ! or ?.")),
    ]
    for step, template in steps:
        if step is gutenberg.without_notes and not any("Gutenberg" in n.template for n in notes):
            continue  # elsewhere [1] may begin what the author wrote
        before, text = text, step(text)
        if text != before:
            notes.append(Note(template, {"count": max(1, len(before) - len(text))}))
    if not text.strip():
        raise Problem(
            N_("Nothing is left of the text once its licence, tags and page numbers are left out.")
        )
    begin = text[: int(_BEGINNING * len(text))] if len(text) >= _SHORTEST else ""
    if preface := _PREFACE.search(begin):
        stays = N_("“{heading}” stays: if it is not the author's, cut it from the file.")
        notes.append(Note(stays, {"heading": preface[1].strip()}))
    return Cleaned(text, tuple(notes))


def _without_gutenberg(text: str) -> str:
    starts = [match.end() for start in _GUTENBERG_STARTS if (match := start.search(text))]
    starts = [start for start in starts if start <= max(20_000, len(text) // 2)]
    begin = max(starts, default=0)
    ends = [match.start() for match in _GUTENBERG_END.finditer(text, begin)]
    if begin and (old := _GUTENBERG_OLD_END.search(text, begin)):
        ends = sorted([*ends, old.start()])
    return text[begin : ends[0] if ends else len(text)].strip("\n") if begin or ends else text


def _without_gallica(text: str) -> str:
    head = _GALLICA.match(text)
    if not head:
        return text
    terms = list(_GALLICA_TERMS.finditer(text, 0, 12_000))
    return text[terms[-1].end() if terms else head.end() :].strip("\n")


def _without_wikisource(text: str) -> str:
    head = _WIKISOURCE_HEAD.match(text)
    begin = head.end() if head else 0
    feet = [m.start() for m in _WIKISOURCE_FOOT.finditer(text) if m.start() > 0.5 * len(text)]
    return text[begin : feet[-1] if feet else len(text)].strip("\n") if head or feet else text


def _without_credits(text: str) -> str:
    blocks = re.split(r"(\n\s*\n)", text)
    kept = [
        at
        for at in range(0, len(blocks), 2)
        if not (
            _CREDIT.match(blocks[at])
            and len(blocks[at]) < 1500
            and (at < 12 or at > len(blocks) - 12)
        )
    ]
    if 2 * len(kept) > len(blocks):
        return text
    return "\n\n".join(blocks[at] for at in kept).strip("\n")


def _without_pages(text: str) -> str:
    lines = text.split("\n")
    pages = {at: int(m[1]) for at, line in enumerate(lines) if (m := _PAGE.fullmatch(line))}
    numbers = list(pages.values())
    rising = sum(b in (a + 1, a + 2) for a, b in itertools.pairwise(numbers))
    if len(pages) < 3 or rising < 0.8 * (len(pages) - 1) or len(text) < 150 * len(pages):
        return text
    kept: list[str] = []
    gap: list[str] = []
    was_page = False
    for at, line in enumerate(lines):
        if at in pages or not line.strip():
            was_page = was_page or at in pages
            gap += [] if at in pages else [line]
            continue
        goes_on = was_page and kept and re.search(r"[\w,;-]$", kept[-1]) and line[:1].islower()
        kept += [] if goes_on else gap  # a sentence goes on over the page
        kept.append(line)
        gap, was_page = [], False
    return "\n".join(kept + gap)


def _without_markdown(text: str) -> str:
    headings = len(re.findall(r"^#{1,6} +\S", text, re.MULTILINE))
    links = len(re.findall(r"\[[^\]\n]+\]\([^)\s]+\)", text))
    strong = len(re.findall(r"\*\*[^*\n]+\*\*", text))
    if headings + links + strong < 3 or (headings > 0) + (links > 0) + (strong > 0) < 2:
        return text
    text = re.sub(r"^#{1,6} +", "", text, flags=re.MULTILINE)
    text = re.sub(r"!?\[([^\]\n]*)\]\([^)\s]+\)", r"\1", text)
    return re.sub(r"(\*{1,3})(\S(?:[^*\n]*\S)?)\1", r"\2", text)


class _Text(HTMLParser):
    """What a web page shows, a blank line between its paragraphs."""

    _BLOCKS = re.compile("p|div|h[1-6]|li|tr|blockquote|section|article|head|l|lg")
    _UNSEEN = frozenset(["script", "style", "title", "teiheader"])

    def __init__(self):
        super().__init__()
        self.parts: list[str] = []
        self.unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._UNSEEN:
            self.unseen.append(tag)
        self.parts.append(
            "\n\n" if self._BLOCKS.fullmatch(tag) else "\n" if tag in ("br", "lb") else ""
        )

    def handle_endtag(self, tag: str) -> None:
        if tag in self.unseen:
            self.unseen.remove(tag)
        self.parts.append("\n\n" if self._BLOCKS.fullmatch(tag) else "")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(re.sub(r"\s+", " ", data))


def _without_tags(text: str) -> str:
    start = text.lstrip()[:2000].lower()
    if not re.match(r"<(?:\?xml|!doctype|html|tei|body|div|p)\b", start):
        return text
    if "<tei" in start:
        try:
            without_declaration = re.sub(r"^\s*<\?xml.*?\?>", "", text)  # it is no bytes any more
            if paragraphs := [p for p in tei.paragraphs(without_declaration.encode()) if p]:
                return "\n".join(paragraphs)
        except Problem:
            pass  # its tags are stripped as those of any other
    parser = _Text()
    parser.feed(text)
    parser.close()
    lines = "".join(parser.parts).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in lines)).strip("\n")


def _joined(text: str) -> str:
    """Paragraphs of typed lines as one line each; a break stays where the next word had room."""
    lines = [line.strip() for line in text.split("\n")]
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if a and b]
    lengths = sorted(len(line) for line, _ in pairs)
    if len(lengths) < 3:
        return text
    width = lengths[int(0.95 * (len(lengths) - 1))]
    cut_words = len(re.findall(r"[^\W\d_]-\n[a-zà-ÿ]", text)) > _CUT * len(lines)
    is_typed = width in _WIDTHS or (cut_words and width in _NARROW)
    if not is_typed or max(map(len, lines)) > 2 * width:
        return text
    if sum(_is_full(a, b, width) for a, b in pairs) < 0.6 * len(pairs):
        return text
    whole = "\n".join(lines)
    hyphenates = len(re.findall(r"[^\W\d_]-$", whole, re.MULTILINE)) > 0.03 * len(lines)
    words = set(re.findall(r"[\w-]+", whole.lower()))
    blocks = re.split(r"\n\n+", whole.strip("\n"))
    return "\n".join(_block(block.split("\n"), width, words, hyphenates) for block in blocks)


def _is_full(line: str, following: str, width: int) -> bool:
    if re.search(r"[^\W\d_]-$", line) and following[:1].islower():  # a word was cut
        return True
    return len(line) + 1 + len(following.split(" ", 1)[0]) > 0.9 * width


def _block(lines: list[str], width: int, words: set[str], hyphenates: bool) -> str:
    if len(lines) > 1:
        capitals = sum(bool(re.match(r"\W*[A-ZÀ-Ý]", line)) for line in lines)
        full = sum(_is_full(a, b, width) for a, b in itertools.pairwise(lines))
        if capitals == len(lines) and (len(lines) > 3 or full < len(lines) - 1):  # verse
            return "\n".join(lines)
    text = lines[0]
    for line, following in itertools.pairwise(lines):
        if not _is_full(line, following, width):
            text += "\n" + following
        elif re.search(r"[^\W\d_]-$", line):
            first = re.split(r"[\s.,;:!?]", line)[-1]
            second = re.match(r"\w*", following)
            second = second[0] if second else ""
            is_whole = (first + second).lower() in words
            stays = is_whole or second.lower() in _CLITICS or not second[:1].islower()
            solid = (first[:-1] + second).lower() in words
            drop = solid or (hyphenates and not stays)
            text = (text[:-1] if drop else text) + following
        else:
            text += " " + following
    return text


def _typeset(text: str) -> str:
    words = re.findall(r"[^\W\d_]+", text[:200_000].lower())
    if len(words) < 20 or sum(word in _FRENCH for word in words) < _FAMILIAR * len(words):
        return text
    lines = map(typography.set_line, text.split("\n"))
    typeset = "\n".join(line for line in lines if re.search(r"\w", line))
    return text if typeset == text.strip() else typeset
