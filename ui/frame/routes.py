"""The routes beside Streamlit's, and the visitor's cookie."""

import re
import secrets
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui import server
from ui.frame import packed
from ui.frame.work import taken

_DAY_S = 24 * 3600
_YEAR_S = 365 * _DAY_S
_NAME = re.compile(r"[\w-]{32}", re.ASCII)  # a cookie of ours
STYLE = Path(__file__).resolve().parents[2] / "assets" / "static" / "frame.css"
_BASE = b"<script>window.__streamlit = { BACKEND_BASE_URL: location.origin }</script>"
_OF_PREDICT = {"class": "sequence-class", "discover": "discover-patterns"}  # by its ?task=


async def live(_request: Request) -> JSONResponse:
    """The process answers."""
    return JSONResponse({"status": "live"})


async def ready(_request: Request) -> JSONResponse:
    """A training job would start at once: the process that jobs are forked from has Keras."""
    is_ready = server.engine().ready
    return JSONResponse(
        {"status": "ready" if is_ready else "warming"}, status_code=200 if is_ready else 503
    )


async def plotly_js(request: Request) -> Response:
    """Plotly; its version is in its address, so browsers may keep it."""
    return await _packed(server.PLOTLY_FILE, request)


async def predict(request: Request) -> Response:
    """Lead a link to the lesson that became three to the one it meant, with all else it says."""
    params = request.query_params.multi_items()
    lesson = _OF_PREDICT.get(request.query_params.get("task", ""), "next-value")
    kept = urlencode([(name, value) for name, value in params if name != "task"], safe=",")
    return RedirectResponse(f"{lesson}?{kept}" if kept else lesson, 301)


ROUTES = [
    Route("/health/live", live),
    Route("/health/ready", ready),
    Route(server.PLOTLY_JS, plotly_js),
    Route("/predict", predict),
    Route(f"/{taken.PATH}", taken.take_away),
]


def under_base() -> list[Route]:
    """The routes under the path that all addresses of the app begin with, and without it.

    Behind a proxy the first are asked by browsers, the second by who looks at a server's health.
    """
    base = server.root().rstrip("/")
    return [*ROUTES, *(Route(base + one.path, one.endpoint) for one in ROUTES if base)]


async def _packed(file: Path, request: Request) -> Response:
    """A file whose name changes with what it holds, packed as the browser asks for it."""
    how = packed.encoding(request.headers.get("accept-encoding", ""), file.suffix)
    kept = _DAY_S if packed.is_cut(file) else _YEAR_S
    fields = {
        "Cache-Control": f"public, max-age={kept}" + (", immutable" if kept == _YEAR_S else ""),
        "Vary": "Accept-Encoding",
    }
    if how:
        fields["Content-Encoding"] = how
    content = await run_in_threadpool(packed.body, file, how)
    return Response(content, media_type=packed.TYPES[file.suffix], headers=fields)


class PackedFiles:
    """Middleware: sends Streamlit's scripts, styles and fonts packed, its page with base and style.

    Without the base a browser looks for the server under a lesson's address first, in vain; were
    the style an element of the script, a page would be seen without it first.
    """

    def __init__(self, app: ASGIApp):
        self.app = app
        files = packed.STATIC.rglob("*.*")
        self.files = {
            f"/static/{file.relative_to(packed.STATIC).as_posix()}": file
            for file in files
            if file.suffix in packed.TYPES
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the packed file or the page, or pass the request on."""
        base = server.root().rstrip("/")
        is_http = scope["type"] == "http"
        file = self.files.get(scope["path"].removeprefix(base)) if is_http else None
        if file and scope["method"] in ("GET", "HEAD"):
            response = await _packed(file, Request(scope))
            await response(scope, receive, send)
        elif scope["type"] == "http" and "text/html" in Request(scope).headers.get("accept", ""):
            plain = [(k, v) for k, v in scope["headers"] if k != b"accept-encoding"]
            await self.app({**scope, "headers": plain}, receive, _Dressed(scope, send))
        else:
            await self.app(scope, receive, send)


class _Dressed:
    """Sends an answer on, Streamlit's page with the address of its server and our style in it."""

    def __init__(self, scope: Scope, send: Send):
        self.send = send
        self.is_head = scope["method"] == "HEAD"
        self.accepted = Request(scope).headers.get("accept-encoding", "")
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_whole_page(message):
            self.start = message
        elif self.start is None or message["type"] != "http.response.body":
            await self.send(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_page(self.start)

    async def _send_page(self, start: Message) -> None:
        how = packed.encoding(self.accepted, ".html")
        base = _BASE if server.root() == "/" else b""
        # In the body: behind the styles of Streamlit's components, which stand in the head.
        style = b"<style>" + STYLE.read_bytes() + b"</style>"
        page = self.body.replace(b"<head>", b"<head>" + base, 1)
        page = packed.text(page.replace(b"<body>", b"<body>" + style, 1), how)
        fields = MutableHeaders(scope=start)
        fields.add_vary_header("Accept-Encoding")
        if how:
            fields["Content-Encoding"] = how
        if not self.is_head:
            fields["Content-Length"] = str(len(page))
        for name in ("ETag", "Last-Modified"):  # they are of Streamlit's file
            del fields[name]
        await self.send(start)
        await self.send({"type": "http.response.body", "body": page})


def _is_whole_page(start: Message) -> bool:
    fields = MutableHeaders(scope=start)
    return start["status"] == 200 and fields.get("content-type", "").startswith("text/html")


class VisitorCookie:
    """Middleware: gives a browser that opens a page the cookie that it is known by, for a year.

    Only answers to navigation set it: the files a page asks for at once would each set another.
    """

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the cookie to the answer where one is due."""
        if scope["type"] != "http" or not _opens_a_page(Request(scope)):
            await self.app(scope, receive, send)
            return
        known = Request(scope).cookies.get(server.COOKIE, "")

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                value = known if _NAME.fullmatch(known) else secrets.token_urlsafe(24)
                cookie = _cookie(value, secure=scope["scheme"] == "https")
                MutableHeaders(scope=message).append("Set-Cookie", cookie)
            await send(message)

        await self.app(scope, receive, send_with_cookie)


def _opens_a_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _cookie(value: str, secure: bool) -> str:
    cookie = SimpleCookie({server.COOKIE: value})[server.COOKIE]
    cookie.update({"path": "/", "max-age": str(_YEAR_S), "samesite": "Lax"})
    cookie["httponly"], cookie["secure"] = True, secure
    return cookie.OutputString()
