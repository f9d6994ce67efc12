"""Books as a character model reads them: the author's text alone, one paragraph a line."""

from __future__ import annotations

import re
import unicodedata

from core.data.language import gutenberg, tei, typography
from core.messages import N_, Problem

# Between which lines the author's text stands, in books that hold an editor's as well. Beuchot
# dates his preface; the notes of the plays stand at their end.
_BEUCHOT = r"^ *4 octobre 1829\.\n"
_NOTES = r"^Notes \[from 1890 edition\]\n"
_BOUNDS: dict[str, tuple[str, str]] = {
    "voltaire_candide": (_BEUCHOT, ""),
    "voltaire_zadig": (_BEUCHOT, ""),
    "voltaire_ingenu": (_BEUCHOT, ""),
    "voltaire_micromegas": (_BEUCHOT, ""),
    "voltaire_memnon": (r"^auteur\.\n(?=\s+AVERTISSEMENT DE L'AUTEUR)", ""),
    "voltaire_scarmentado": (_BEUCHOT, ""),
    "voltaire_le_blanc_et_le_noir": (_BEUCHOT, ""),
    "voltaire_le_monde_comme_il_va": (_BEUCHOT, ""),
    "voltaire_tolerance": (r"^\[Illustration\]\n", r"^_FIN\._\n"),
    "voltaire_lettres_roi_de_prusse": (r"^LE ROI DE PRUSSE\n", r"^FIN\n"),
    "diderot_jacques_le_fataliste": (r"^JACQUES LE FATALISTE ET SON MAÎTRE\n", ""),
    "verne_tour_du_monde": (r"^CE TOUR DU MONDE, SI CE N'EST LE BONHEUR\n", ""),
    "verne_centre_de_la_terre": (r"^Jules Verne\n\s*", ""),
    "flaubert_trois_contes": (r"^ *CINQUIÈME ÉDITION\n\s*1877\n", ""),
    "zola_therese_raquin": (r"^ÉMILE ZOLA\n\s*", ""),
    "flaubert_madame_bovary": (r"^ *Table des matières\n.*?\n *XI\n\n+(?=À Marie)", ""),
    "zola_germinal": (r"^ *Germinal\n", ""),
    "moliere_avare": (r"^La scène est à Paris, dans la maison d'Harpagon\.\n", _NOTES),
    "moliere_don_juan": (r"^La scène est en Sicile\.\n", _NOTES),
}
# What else is not the author's, or not what he wrote: notes of several paragraphs, remarks.
_CHANGES: dict[str, tuple[tuple[str, str], ...]] = {
    "voltaire_le_blanc_et_le_noir": ((r"--Cette note existe dès\s+1764\. +B\.", ""),),
    "voltaire_zadig": ((r"<bo_o\^pis>", "boôpis"),),
    "voltaire_lettres_roi_de_prusse": ((r" _\(Le reste\s+manque\.\)_", ""),),
    "voltaire_lettres_d_amabed": (
        (r"^Les savants ont beaucoup disputé.*?Voyez, sur Bacchus et Moïse[^\n]*\n", ""),
        (r"^Jean X, amant de Théodora.*?\( ?Note de Voltaire ?\.\)\n", ""),
    ),
    "diderot_jacques_le_fataliste": (
        (r"^\[8\] .*?le caporal, le genou.*?CCLXIII\.\)\n", ""),
        (r"^\[34\] .*?_le Père de famille_\.\n", ""),
        (r"^\[(?:28|32|35|36|53)\] .*?\(BR\.\)\n", ""),
    ),
    "moliere_avare": ((r" ?\(\d+\)", ""),),
    "moliere_don_juan": ((r" ?\(\d+\)", ""),),
}
_THE_END = re.compile(r"F(?:IN|in)\b.{0,60}")


def clean(raw: bytes, name: str | None = None) -> str:
    """The author's text of a book: no header, licence, editor's matter or notes.

    raw: the file as it was downloaded, plain text (UTF-8 or ISO-8859-1) or TEI. name: its name
    in the manifest, which tells what in it is an editor's. Returns NFC text, one paragraph,
    heading or verse a line, in one typography. Raises Problem if no text is left.
    """
    stem = (name or "").rsplit(".", 1)[0]
    if raw.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        paragraphs = _changed("\n".join(tei.paragraphs(raw)), stem).split("\n")
    else:
        text = _bounded(gutenberg.strip_licence(_decoded(raw)), stem)
        paragraphs = gutenberg.paragraphs(_changed(text, stem))
    lines = [typography.set_line(unicodedata.normalize("NFC", line)) for line in paragraphs]
    lines = [line for line in lines if re.search(r"\w", line)]
    if lines and _THE_END.fullmatch(lines[-1]):
        lines.pop()
    if not lines:
        raise Problem(
            N_("{name} holds no text once its header, licence and notes are taken away."),
            name=name or "This book",
        )
    return "\n".join(lines)


def _decoded(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("iso-8859-1")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").expandtabs()


def _bounded(text: str, stem: str) -> str:
    first, last = _BOUNDS.get(stem, ("", ""))
    if first and (match := re.search(first, text, re.MULTILINE | re.DOTALL)):
        text = text[match.end() :]
    if last and (match := re.search(last, text, re.MULTILINE)):
        text = text[: match.start()]
    return text


def _changed(text: str, stem: str) -> str:
    for pattern, replacement in _CHANGES.get(stem, ()):
        text = re.sub(pattern, replacement, text, flags=re.MULTILINE | re.DOTALL)
    return text
