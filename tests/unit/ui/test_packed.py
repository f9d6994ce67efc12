"""What travels to the browser packed: the same bytes, each font with what pages need of it."""

import asyncio
import gzip
from io import BytesIO
from typing import Any

import brotli
import pytest
from fontTools.ttLib import TTFont
from starlette.responses import HTMLResponse

from ui import server
from ui.frame import packed
from ui.frame.routes import STYLE, PackedFiles

SCRIPT = next(packed.STATIC.rglob("Icon.*.js"))
ICONS = next(packed.STATIC.rglob("MaterialSymbols*.woff2"))
UPRIGHT = next(packed.STATIC.rglob("SourceCodeVF-Upright*.woff2"))


@pytest.fixture(params=["prepared", "in a hurry"])
def prepared(request, monkeypatch, tmp_path):
    """Nothing is prepared, or one script is."""
    monkeypatch.setattr(packed, "PREPARED", tmp_path)
    if request.param == "prepared":
        data = SCRIPT.read_bytes()
        (tmp_path / f"{SCRIPT.name}.br").write_bytes(brotli.compress(data))
        (tmp_path / f"{SCRIPT.name}.gz").write_bytes(gzip.compress(data))
    packed._body.cache_clear()
    yield
    packed._body.cache_clear()


def ask(path, app=None, **headers) -> Any:
    """Status, fields and body of what the middleware answers."""
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request", "body": b""}

    async def nothing(_scope, _receive, _send):
        sent.append("passed on")

    fields = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "headers": fields}
    asyncio.run(PackedFiles(app or nothing)(scope, receive, send))
    if sent == ["passed on"]:
        return None
    body = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], {k.decode(): v.decode() for k, v in sent[0]["headers"]}, body


@pytest.mark.parametrize(
    ("accepted", "how", "unpack"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip;q=0.5", "gzip", gzip.decompress),
        ("identity", None, bytes),
    ],
)
def test_a_script_is_sent_as_the_browser_takes_it_and_may_be_kept(prepared, accepted, how, unpack):
    path = f"/static/js/{SCRIPT.name}"
    status, fields, body = ask(path, accept_encoding=accepted)
    assert status == 200
    assert unpack(body) == SCRIPT.read_bytes()
    assert fields.get("content-encoding") == how
    assert fields["cache-control"] == "public, max-age=31536000, immutable"
    assert fields["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", ["/static/js/none.js", "/static/../app.py", "/_stcore/health"])
def test_what_is_no_file_of_streamlit_s_is_passed_on(path):
    assert ask(path, accept_encoding="br") is None


def test_a_cut_font_is_kept_for_a_day_and_a_whole_one_for_good(monkeypatch, tmp_path):
    monkeypatch.setattr(packed, "PREPARED", tmp_path)
    kept = {}
    for name in ("whole", "cut"):
        packed._body.cache_clear()
        _status, fields, kept[name] = ask(f"/static/media/{ICONS.name}")
        seconds = "86400" if name == "cut" else "31536000, immutable"
        assert fields["cache-control"] == f"public, max-age={seconds}"
        (tmp_path / ICONS.name).write_bytes(b"a few icons")
    packed._body.cache_clear()
    assert kept == {"whole": ICONS.read_bytes(), "cut": b"a few icons"}


def test_a_page_says_where_its_server_is_and_has_its_style_from_the_first():
    page = HTMLResponse("<html><head></head><body>x</body></html>", headers={"ETag": "old"})
    style = b"<style>" + STYLE.read_bytes() + b"</style>"
    for accepted, unpack in [("br", brotli.decompress), ("", bytes)]:
        status, fields, body = ask("/cell", page, accept="text/html", accept_encoding=accepted)
        assert status == 200
        script = b"<script>window.__streamlit = { BACKEND_BASE_URL: location.origin }</script>"
        dressed = b"<html><head>" + script + b"</head><body>" + style + b"x</body></html>"
        assert unpack(body) == dressed
        assert fields["content-length"] == str(len(body))
        assert "etag" not in fields


@pytest.mark.slow
def test_no_icon_that_a_page_or_streamlit_names_is_lost():
    font = TTFont(BytesIO(packed.icons_used(ICONS)))
    names = {"download", "play_arrow", "lightbulb", "casino", "expand_more", "keyboard_arrow_down"}
    letters = {glyph: chr(code) for code, glyph in (font.getBestCmap() or {}).items()}
    left = set()
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            for first, ligatures in (getattr(table, "ligatures", None) or {}).items():
                left |= {"".join(letters[g] for g in (first, *one.Component)) for one in ligatures}
    assert names < left <= packed.icon_names()


@pytest.mark.slow
def test_a_font_keeps_french_greek_and_the_signs_of_formulas():
    whole = TTFont(UPRIGHT).getBestCmap() or {}
    left = TTFont(BytesIO(packed.letters_used(UPRIGHT))).getBestCmap() or {}
    wanted = {ord(c) for c in "Aàâæçéèêëîïôœùûüÿ«»’…–—\u00a0\u202fαβθσΣ∂∑√≈≤→←×·"}
    assert wanted & set(whole) <= set(left)


def test_the_smaller_plotly_is_served_only_where_it_is_of_the_installed_version(tmp_path):
    assert server.PLOTLY_FILE.name == "plotly-cartesian.min.js"  # else: CONTRIBUTING.md
    older = tmp_path / "plotly-cartesian.min.js"
    older.write_text("/**\n* plotly.js (cartesian - minified) v0.1.0\n*/")
    full = tmp_path / "plotly.min.js"
    full.write_text("/**\n* plotly.js v4.1.1\n*/")
    assert server.plotly_file(full, older) == full
    assert server.plotly_file(full, tmp_path / "missing.js") == full
