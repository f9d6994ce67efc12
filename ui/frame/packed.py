"""Streamlit's files for the browser as they travel: packed once, its fonts cut to what is used.

``python -m ui.frame.packed`` packs all of them as small as can be, as the set-up does. What it has
not made is packed in a hurry when it is first asked for, and kept in memory.
"""

import gzip
import re
import sys
import threading
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import brotli
import streamlit
from streamlit import file_util

from ui import server

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

STATIC = Path(file_util.get_static_dir()) / "static"
PREPARED = Path(sys.prefix) / "share" / "pangloss" / f"streamlit-{streamlit.__version__}"
_TEXTS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
TYPES = {**_TEXTS, ".woff2": "font/woff2"}
_OURS = {server.PLOTLY_FILE.name}  # it may change under the same name
_SMALL_BYTES = 500  # what packing does not make smaller
# Latin with what Western and Central Europe adds, Greek, and what formulas and drawings need.
_LETTERS = [*range(0x20, 0x180), *range(0x2B0, 0x400), *range(0x2000, 0x2800), 0xFB01, 0xFB02]
_AXES = {"wght": (400, 700), "opsz": 17}  # weights; the size in pixels that letters are drawn for
_ROOT = Path(__file__).resolve().parents[2]
_WORD = re.compile(r"""["'`:/]([a-z0-9_]{2,40})["'`:]""")
_lock = threading.Lock()


def encoding(accepted: str, suffix: str) -> str:
    """How a file of this kind travels to who accepts that: "br", "gzip" or ""."""
    if suffix not in (*_TEXTS, ".html"):
        return ""
    offered = {part.split(";")[0].strip() for part in accepted.lower().split(",")}
    return next((name for name in ("br", "gzip") if name in offered), "")


def body(file: Path, how: str) -> bytes:
    """What is sent of a file, in this encoding. One thread packs; the others wait for it."""
    with _lock:
        return _body(file, how)


@cache
def _body(file: Path, how: str) -> bytes:
    prepared = PREPARED / (file.name + {"br": ".br", "gzip": ".gz"}.get(how, ""))
    if prepared.exists() and file.name not in _OURS:
        return prepared.read_bytes()
    return _pack(file.read_bytes(), how, in_a_hurry=True)


@lru_cache(maxsize=16)
def text(data: bytes, how: str) -> bytes:
    """A page in this encoding."""
    return _pack(data, how, in_a_hurry=True)


def is_cut(file: Path) -> bool:
    """Whether a font is sent without what no page needs: another version may keep more of it."""
    return file.suffix == ".woff2" and (PREPARED / file.name).exists()


def _pack(data: bytes, how: str, in_a_hurry: bool) -> bytes:
    if how == "br":
        return brotli.compress(data, quality=5 if in_a_hurry else 11)
    return gzip.compress(data, 6 if in_a_hurry else 9, mtime=0) if how == "gzip" else data


def prepare() -> None:
    """Pack every file of Streamlit's into ``PREPARED``; what is there already stays."""
    PREPARED.mkdir(parents=True, exist_ok=True)
    for file in sorted(STATIC.rglob("*.*")):
        if file.suffix in _TEXTS and file.stat().st_size > _SMALL_BYTES:
            for how, suffix in (("br", ".br"), ("gzip", ".gz")):
                target = PREPARED / (file.name + suffix)
                if not target.exists():
                    _write(target, _pack(file.read_bytes(), how, in_a_hurry=False))
        elif file.suffix == ".woff2" and file.name.startswith(("Source", "Material")):
            cut = icons_used(file) if file.name.startswith("Material") else letters_used(file)
            _write(PREPARED / file.name, cut)


def _write(target: Path, data: bytes) -> None:
    part = target.with_name(target.name + ".part")
    part.write_bytes(data)
    part.replace(target)  # whole, or not at all


def letters_used(file: Path) -> bytes:
    """The font with the letters and the weights that pages in French and English are set in."""
    from fontTools.subset import Options, Subsetter
    from fontTools.varLib.instancer import instantiateVariableFont

    font = _font(file)
    options = Options(flavor="woff2", layout_features=["kern", "mark", "mkmk", "ccmp", "locl"])
    options.layout_features += ["liga", "tnum", "lnum", "sups", "subs", "calt"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=_LETTERS)
    subsetter.subset(font)
    has = {axis.axisTag for axis in font["fvar"].axes}
    font = instantiateVariableFont(font, {tag: at for tag, at in _AXES.items() if tag in has})
    return _saved(font)


def icons_used(file: Path) -> bytes:
    """The font with each icon whose name stands in a script of Streamlit's or in our sources."""
    from fontTools.subset import Options, Subsetter

    font = _font(file)
    names = icon_names()
    letters = font.getBestCmap() or {}
    of_glyph = {glyph: chr(code) for code, glyph in letters.items() if code < 0x80}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            by_first: dict = getattr(table, "ligatures", {})
            for first, ligatures in by_first.items():
                ligatures[:] = [
                    ligature
                    for ligature in ligatures
                    if "".join(of_glyph.get(g, "?") for g in (first, *ligature.Component)) in names
                ]
    subsetter = Subsetter(Options(flavor="woff2", layout_features=["*"]))
    subsetter.populate(unicodes=range(0x20, 0x7F))
    subsetter.subset(font)
    return _saved(font)


@cache
def icon_names() -> frozenset[str]:
    """Every word that may name an icon; that most of them name none costs nothing."""
    sources = [*STATIC.rglob("*.js")]
    sources += [file for part in ("ui", "pages", "core") for file in (_ROOT / part).rglob("*.py")]
    return frozenset(
        word for file in sources for word in _WORD.findall(file.read_text(encoding="utf-8"))
    )


def _font(file: Path) -> "TTFont":
    from fontTools.ttLib import TTFont  # here, so that the server starts without it

    return TTFont(file)


def _saved(font: "TTFont") -> bytes:
    font.flavor = "woff2"
    out = BytesIO()
    font.save(out)
    return out.getvalue()


if __name__ == "__main__":
    prepare()
