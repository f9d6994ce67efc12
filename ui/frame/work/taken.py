"""The address at which a browser gets its own runs as one file."""

import contextlib
import os
import tempfile

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from core.messages import Problem
from ui import server
from ui.texts import translations

PATH = "work.zip"


async def take_away(request: Request) -> Response:
    """The runs that ``?run=`` names, or all, of whose cookie asks; a sentence where it has none."""
    visitor = server.name_of(request.cookies.get(server.COOKIE, ""))
    ids = request.query_params.getlist("run")
    try:
        file = await run_in_threadpool(_file, visitor, ids)
    except Problem as problem:
        known = translations(request.query_params.get("lang", "en"))
        words = known.get(problem.template, problem.template)
        return PlainTextResponse(words.format(**problem.values), 404)
    headers = {"Cache-Control": "no-store"}
    done = BackgroundTask(_remove, file)
    return FileResponse(file, filename="pangloss-work.zip", headers=headers, background=done)


def _file(visitor: str, ids: list[str]) -> str:
    handle, path = tempfile.mkstemp(suffix=".zip")
    try:
        with os.fdopen(handle, "w+b") as sink:
            server.archive().take_away(visitor, ids, sink)
    except BaseException:
        _remove(path)
        raise
    return path


def _remove(path: str):
    with contextlib.suppress(OSError):
        os.unlink(path)
