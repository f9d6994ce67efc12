"""What is answered at an address where no page is: the course's map, and that it is so."""

from html import escape
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from core.messages import N_
from ui import server
from ui.course import CHAPTERS, LESSONS
from ui.frame.classes.student import joining
from ui.frame.classes.teacher import page
from ui.frame.routes import ROUTES
from ui.frame.work.page import NAME
from ui.texts import LANGUAGES, translations

# The first part of what Streamlit, and our own routes, answer themselves.
_SERVED = {"_stcore", "app", "component", "media", "static"}
_SERVED |= {route.path.split("/")[1] for route in ROUTES}
_STYLE = """
:root { color-scheme: light dark; --accent: light-dark(#2f4b9b, #9db4ff); }
body {
  background: light-dark(#fbfaf6, #14171f); color: light-dark(#20242e, #e8e6e1);
  font: 17px/1.55 "Source Serif", Georgia, serif; margin: 0 auto; max-width: 44rem;
  padding: 2rem 1.2rem 4rem;
}
a { color: var(--accent); }
h1 { font-size: 1.7rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 1.6rem 0 0.3rem; }
ul { margin: 0; padding-left: 1.2rem; }
"""


class UnknownAddress:
    """Middleware: who opens an address without a page is told so, and shown the lessons.

    Streamlit would open the home page there, with a box over it, and with status 200.
    """

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with status 404 where no page is; pass on all else."""
        if scope["type"] == "http" and _is_unknown(request := Request(scope)):
            answer = HTMLResponse(unknown_page(request), 404, {"Vary": "Accept-Language"})
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def unknown_page(request: Request) -> str:
    """The page, in the language that the address or the browser asks for."""
    asked = request.query_params.get("lang")
    browser = request.headers.get("accept-language", "").lower()
    language = asked if asked in LANGUAGES else "fr" if browser.startswith("fr") else "en"
    known = translations(language)
    root = server.root()
    kept = [
        (name, request.query_params[name])
        for name in ("lang", "view")
        if name in request.query_params
    ]

    def say(words: str, **fields: str) -> str:
        return escape(known.get(words, words).format(**fields))

    def link(path: str, words: str) -> str:
        query = f"?{urlencode(kept)}" if kept else ""
        return f'<a href="{escape(root + path + query)}">{words}</a>'

    chapters = "".join(
        f"<h2>{say(chapter.title)}</h2><ul>"
        + "".join(
            f"<li>{link(lesson.name, say(lesson.title))}. {say(lesson.about)}</li>"
            for lesson in chapter.lessons
        )
        + "</ul>"
        for chapter in CHAPTERS
    )
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{say(_TITLE)} · Pangloss</title><style>{_STYLE}</style></head><body>"
        f"<nav>{link('', 'Pangloss')}</nav><main>"
        f"<h1>{say(_NOTHING, address=request.url.path)}</h1>"
        f"<p>{say(_LESSONS)}</p>{chapters}</main></body></html>"
    )


_TITLE = N_("No such page")
_NOTHING = N_("There is no page at {address}")
_LESSONS = N_("The link may be incomplete. These are the lessons of the course:")


def _is_unknown(request: Request) -> bool:
    path = request.url.path.strip("/").removeprefix(server.root().strip("/")).strip("/")
    pages = {"", NAME, page.NAME, joining.NAME, *LESSONS}
    return (
        request.method in ("GET", "HEAD")
        and "text/html" in request.headers.get("accept", "")
        and path not in pages
        and path.split("/")[0] not in _SERVED
        and "." not in path.split("/")[-1]  # Streamlit's own files
    )
