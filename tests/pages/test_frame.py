"""The frame: navigation, language, view, what it says when a page fails; routes and cookie."""

import asyncio
import gzip
import json
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urljoin

import brotli
import pytest
from streamlit.testing.v1 import AppTest

from core.messages import Problem
from ui import course, server, texts
from ui.course import Chapter, Lesson
from ui.frame import home, routes, unknown

LESSON = """
import streamlit as st
from core.messages import Problem
from ui.layout import text_and_figure

text, figure = text_and_figure()
text.markdown("what it is about")
figure.button("Train", key="train")
"""
FRAME = Path(__file__).resolve().parents[2] / "ui" / "frame" / "script.py"


@pytest.fixture
def frame(monkeypatch, tmp_path):
    """The frame around one small lesson, opened at its address."""
    file = tmp_path / "little.py"
    file.write_text(LESSON, encoding="utf-8")
    lesson = Lesson("little", file, "The Voltaire generator", "Train it.", "Does it?")
    monkeypatch.setattr(course, "CHAPTERS", (Chapter("Language", "About.", (lesson,)),))

    def small_home():
        import streamlit as st

        st.title("home")

    monkeypatch.setattr(home, "home", small_home)

    def opened(**params):
        at = AppTest.from_file(FRAME, default_timeout=120)
        for name, value in params.items():
            at.query_params[name] = value
        return at.run()

    return opened


def labels(at):
    return {button.key: button.label for button in at.button}


def test_the_switches_are_there_in_both_languages(frame):
    english, french = frame(lang="en"), frame(lang="fr")
    assert not english.exception
    assert not french.exception
    assert labels(english)["view"] == "Class view"
    assert labels(french)["view"] == "Vue de classe"
    assert "lang_en_on" in labels(english)
    assert "lang_fr_on" in labels(french)


def test_the_language_switch_goes_into_the_url_and_back(frame):
    at = frame()
    assert "lang" not in at.query_params
    at.button(key="lang_fr_off").click().run()
    assert at.query_params["lang"] == "fr"
    assert labels(at)["view"] == "Vue de classe"
    at.button(key="lang_en_off").click().run()
    assert at.query_params["lang"] == "en"
    assert labels(at)["view"] == "Class view"


def test_language_and_view_are_said_again_when_the_url_forgot_them(frame):
    at = frame(lang="fr", view="class")
    assert labels(at)["view"] == "Vue de lecture"
    at.query_params.clear()  # as a page switch does
    at.run()
    assert at.query_params["lang"] == "fr"
    assert at.query_params["view"] == "class"
    assert labels(at)["view"] == "Vue de lecture"


def test_the_class_view_can_be_left(frame):
    at = frame(view="class")
    at.button(key="view").click().run()
    assert "view" not in at.query_params
    assert labels(at)["view"] == "Class view"


@pytest.mark.parametrize(("locale", "expected"), [("fr-CA", "fr"), ("de-DE", "en"), (None, "en")])
def test_without_a_choice_the_browser_decides(monkeypatch, locale, expected):
    monkeypatch.setattr(texts.st, "context", SimpleNamespace(locale=locale))
    monkeypatch.setattr(texts.st, "query_params", {})
    monkeypatch.setattr(texts.st, "session_state", {})
    assert texts.language() == expected


def test_an_unknown_language_in_the_url_is_passed_over(monkeypatch):
    monkeypatch.setattr(texts.st, "context", SimpleNamespace(locale="fr-FR"))
    monkeypatch.setattr(texts.st, "query_params", {"lang": "xx"})
    monkeypatch.setattr(texts.st, "session_state", {})
    assert texts.language() == "fr"


def test_a_problem_is_said_in_french_with_its_values(monkeypatch):
    monkeypatch.setattr(texts, "language", lambda: "fr")
    known = {"{field} is {kind}.": "{field} est {kind}.", "whole": "entier"}
    monkeypatch.setattr(texts, "translations", lambda _to: known)
    assert texts.say(Problem("{field} is {kind}.", field="units", kind="whole")) == (
        "units est entier."
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "1,234.5 / 0.50 / 81%"), ("fr", "1\u202f234,5 / 0,50 / 81\u202f%")],
)
def test_numbers_are_written_as_the_language_does(monkeypatch, language, said):
    monkeypatch.setattr(texts, "language", lambda: language)
    numbers = texts.number(1234.5, 2), texts.number(0.5, 2, tabular=True)
    assert " / ".join([*numbers, texts.percent(0.814)]) == said


def test_every_french_sentence_has_the_fields_of_the_english_one():
    import string

    def fields(sentence):
        return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}

    for english, french in texts.translations("fr").items():
        assert fields(english) == fields(french), english


@pytest.mark.parametrize("part", ["home/about"])
def test_texts_exist_in_both_languages(monkeypatch, part):
    said = []
    for language in texts.LANGUAGES:
        monkeypatch.setattr(texts, "language", lambda language=language: language)
        said.append(texts.lesson_text(*part.split("/")))
    assert len(set(said)) == len(texts.LANGUAGES)


def test_a_failing_page_says_one_sentence_and_no_details():
    def script():
        from app import on_script_error
        from core.messages import Problem

        on_script_error(ValueError("secret"))
        on_script_error(Problem("There is no {what}.", what="such thing"))

    at = AppTest.from_function(script).run(timeout=120)
    assert [error.value for error in at.error] == [
        "Something went wrong on this page, and it has been noted. Reloading may help.",
        "There is no such thing.",
    ]


# The routes, asked as a server would ask them.


def ask(app, path="/", query="", **headers):
    """Status, headers by name (a list of pairs) and body of a GET."""
    sent = []
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "scheme": "http",
        "query_string": query.encode(),
        "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()],
    }

    async def receive():
        return {"type": "http.request", "body": b""}

    async def send(message):
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    fields = [(k.decode(), v.decode()) for k, v in sent[0]["headers"]]
    return sent[0]["status"], fields, b"".join(m.get("body", b"") for m in sent)


def route(path):
    return next(r for r in routes.ROUTES if r.path == path).app


def test_alive_at_once_but_ready_only_when_the_engine_is(monkeypatch):
    for is_ready, status, word in [(False, 503, "warming"), (True, 200, "ready")]:
        monkeypatch.setattr(
            server, "engine", lambda is_ready=is_ready: SimpleNamespace(ready=is_ready)
        )
        assert ask(route("/health/live"))[0] == 200
        answer = ask(route("/health/ready"))
        assert answer[0] == status
        assert json.loads(answer[2]) == {"status": word}


def test_plotly_is_served_packed_or_plain_and_may_be_kept():
    plain = server.PLOTLY_FILE.read_bytes()
    ways = [("gzip, br", brotli.decompress), ("gzip", gzip.decompress), ("identity", bytes)]
    for accepted, unpack in ways:
        status, fields, body = ask(route(server.plotly_url()), accept_encoding=accepted)
        assert status == 200
        assert unpack(body) == plain
        assert dict(fields)["cache-control"] == "public, max-age=31536000, immutable"
        assert dict(fields)["content-type"].startswith("text/javascript")


def test_under_a_path_the_routes_stand_there_and_where_they_were(monkeypatch):
    before = [route.path for route in routes.ROUTES]
    assert [route.path for route in routes.under_base()] == before
    monkeypatch.setattr(server, "root", lambda: "/user/ada/")
    assert server.plotly_url() == f"/user/ada{server.PLOTLY_JS}"
    assert [route.path for route in routes.under_base()] == [
        *before,
        *(f"/user/ada{path}" for path in before),
    ]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("", "next-value"),
        ("task=next&window=12", "next-value?window=12"),
        ("task=nonsense", "next-value"),
        (
            "task=class&lang=fr&lock=data,cell&run=a_b-c",
            "sequence-class?lang=fr&lock=data,cell&run=a_b-c",
        ),
        ("view=class&task=discover&clusters=3", "discover-patterns?view=class&clusters=3"),
        ("column=d%C3%A9bit+%26+%25", "next-value?column=d%C3%A9bit+%26+%25"),
    ],
)
def test_links_to_the_lesson_that_became_three_lead_on_with_all_else_they_say(asked, answered):
    status, fields, _body = ask(route("/predict"), "/predict", asked)
    assert status == 301
    assert urljoin("http://here/predict", dict(fields)["location"]) == f"http://here/{answered}"


def test_a_browser_gets_a_cookie_with_a_page_and_keeps_it_for_a_year_from_the_last():
    app = routes.VisitorCookie(route("/health/live"))
    cookies = [v for k, v in ask(app, accept="text/html,*/*")[1] if k == "set-cookie"]
    assert len(cookies) == 1
    name, value = cookies[0].split(";")[0].split("=")
    assert name == server.COOKIE
    assert len(value) == 32
    assert "HttpOnly" in cookies[0]
    assert "SameSite=Lax" in cookies[0]
    assert "Max-Age=31536000" in cookies[0]
    assert "set-cookie" not in dict(ask(app, accept="*/*")[1])
    again = dict(ask(app, accept="text/html", cookie=f"{name}={value}")[1])["set-cookie"]
    assert again == cookies[0]
    foreign = dict(ask(app, accept="text/html", cookie=f"{name}=short")[1])["set-cookie"]
    assert "short" not in foreign
    assert len({dict(ask(app, accept="text/html")[1])["set-cookie"] for _ in range(5)}) == 5


@pytest.mark.parametrize(
    ("path", "query", "accepted", "said"),
    [
        ("/lesson", "", "en", "There is no page at /lesson"),
        ("/cell/more", "lang=fr&view=class", "en", "Il n’y a pas de page à l’adresse /cell/more"),
        ("/<b>", "lang=xx", "fr-CH,fr;q=0.9", "Il n’y a pas de page à l’adresse /&lt;b&gt;"),
    ],
)
def test_an_unknown_address_is_a_page_of_ours_with_the_lessons(path, query, accepted, said):
    app = unknown.UnknownAddress(route("/health/live"))
    status, _fields, body = ask(app, path, query, accept="text/html,*/*", accept_language=accepted)
    page = body.decode()
    assert status == 404
    assert f"<h1>{said}</h1>" in page
    kept = "?lang=fr&amp;view=class" if "view" in query else "?lang=xx" if query else ""
    for chapter in course.CHAPTERS:
        for lesson in chapter.lessons:
            assert f'<a href="/{lesson.name}{kept}">' in page


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("/", "text/html"),
        ("/voltaire", "text/html"),
        ("/voltaire/", "text/html"),
        ("/health/live", "text/html"),
        ("/_stcore/health", "text/html"),
        ("/predict", "text/html"),
        ("/favicon.png", "text/html"),
        ("/lesson", "*/*"),
    ],
)
def test_what_is_there_is_answered_as_it_was(path, accept):
    app = unknown.UnknownAddress(route("/health/live"))
    assert ask(app, path, accept=accept)[0] == 200
