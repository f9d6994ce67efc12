"""Take the pictures of docs/teachers.md from the running app: python -m benchmarks.record_pictures.

A class of sixteen, each a session over a websocket, trains networks of three sizes; its teacher's
page and a student's telephone are photographed.
"""

import asyncio
import secrets
import time
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from benchmarks import browser
from benchmarks.server import Server, running
from benchmarks.sessions import Session
from ui.server import COOKIE

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
STUDENTS, UNITS, LESSON = 16, (4, 16, 64), "next-value"
BEAMER, TELEPHONE = (1280, 720), (390, 720)
_QUESTION = {
    "class.own": "Which network forecasts best?",
    "class.choices": "4 units\n16 units\n64 units",
    "class.ask": True,
}
_TRAINED_S, _DRAWN_S = 300.0, 4.0


async def take(server: Server) -> None:
    """Hold a class, and photograph it."""
    codes: list[str] = []

    def hear(kind: str, element: Any) -> None:
        if kind == "text" and len(element.body) == 6 and element.body.isupper():
            codes.append(element.body)

    teacher = Session(server.url, secrets.token_hex(16), "class", "lang=en", hear)
    await teacher.open()
    await teacher.use({"class.name": "3B", "class.open": True})
    students = [await _student(server, codes[-1], place) for place in range(STUDENTS)]
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=browser.installed())
        board = await _page(chromium, server, teacher.cookie, BEAMER, "class")
        await _photograph(board, "invite")
        await teacher.use({"class.view": ["Ask"]})
        await teacher.use(_QUESTION)
        own = await _page(chromium, server, students[0].cookie, TELEPHONE, "join")
        await _photograph(own, "question")
        for place, student in enumerate(students):
            units = UNITS[place % len(UNITS)]
            await student.go(LESSON, f"lang=en&data=sine&epochs=30&seed={place}&units={units}")
            await student.use({f"{LESSON}.train": True})
        await board.get_by_role("radio", name="Wall").click()
        until = time.monotonic() + _TRAINED_S
        polling = [asyncio.create_task(student.poll(until)) for student in students]
        most = f"Runs that have ended: {STUDENTS - 3} of {STUDENTS}"
        await board.get_by_text(most).wait_for(timeout=1000 * _TRAINED_S)
        await _photograph(board, "wall")
        await board.get_by_role("radio", name="Plane").click()
        await _photograph(board, "plane")
        for task in polling:
            task.cancel()
        await asyncio.gather(*polling, return_exceptions=True)
        await chromium.close()
    for session in (teacher, *students):
        await session.close()


async def _student(server: Server, code: str, place: int) -> Session:
    query = f"lang=en&code={code}"
    student = Session(server.url, f"{place:032x}", "join", query)
    await student.open()
    await student.use({"class.join": True})
    return student


async def _page(
    chromium: Browser, server: Server, cookie: str, size: tuple[int, int], path: str
) -> Page:
    width, height = size
    context = await chromium.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce"
    )
    await context.add_cookies([{"name": COOKIE, "value": cookie, "url": server.url}])
    page = await context.new_page()
    await page.goto(f"{server.url}/{path}?lang=en")
    return page


async def _photograph(page: Page, name: str) -> None:
    """Photograph a page once it stands still."""
    await page.wait_for_timeout(1000 * _DRAWN_S)
    FOLDER.mkdir(exist_ok=True)
    await page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    with running() as served:
        served.wait_until("/health/ready")
        asyncio.run(take(served))
