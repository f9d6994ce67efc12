"""The routes beside Streamlit's, and the visitor's cookie."""

import gzip
import secrets
from functools import cache
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui import server

_MONTH_S = 30 * 24 * 3600
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
    """The installed plotly.min.js; its version is in its address, so browsers may keep it."""
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    packed = "gzip" in request.headers.get("accept-encoding", "")
    if packed:
        headers["Content-Encoding"] = "gzip"
    body = await run_in_threadpool(_plotly, packed)
    return Response(body, media_type="text/javascript; charset=utf-8", headers=headers)


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
]


class VisitorCookie:
    """Middleware: gives a browser that opens a page without the cookie a name of its own.

    Only answers to navigation set it: the files a page asks for at once would each set another.
    """

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the cookie to the answer where one is due."""
        if scope["type"] != "http" or not _opens_a_page(Request(scope)):
            await self.app(scope, receive, send)
            return

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                cookie = _new_cookie(secure=scope["scheme"] == "https")
                MutableHeaders(scope=message).append("Set-Cookie", cookie)
            await send(message)

        await self.app(scope, receive, send_with_cookie)


def _opens_a_page(request: Request) -> bool:
    known = server.COOKIE in request.cookies
    return not known and "text/html" in request.headers.get("accept", "")


def _new_cookie(secure: bool) -> str:
    cookie = SimpleCookie({server.COOKIE: secrets.token_urlsafe(24)})[server.COOKIE]
    cookie.update({"path": "/", "max-age": str(_MONTH_S), "samesite": "Lax"})
    cookie["httponly"], cookie["secure"] = True, secure
    return cookie.OutputString()


@cache
def _plotly(packed: bool) -> bytes:
    script = server.PLOTLY_FILE.read_bytes()
    return gzip.compress(script) if packed else script
