"""The script of every page: settings, navigation, the strip at its head, then the page itself."""

from pathlib import Path

import streamlit as st

from ui import server
from ui.components import component
from ui.course import CHAPTERS, LESSONS, demands
from ui.frame.classes.student.joining import join_page
from ui.frame.classes.student.line import class_line
from ui.frame.classes.teacher.page import SHOWN, class_page
from ui.frame.home import home
from ui.frame.onward import onward
from ui.frame.work.page import work_page
from ui.layout import VIEW_KEY, class_view, lesson_head
from ui.state import address, browser, progress
from ui.steps import running_order
from ui.texts import LANGUAGE_KEY, LANGUAGES, _, language, look_again

_STATIC = Path(__file__).resolve().parents[2] / "assets" / "static"
_KEPT = {"lang": LANGUAGE_KEY, "view": VIEW_KEY}
_TOOLS = component(
    __file__,
    "tools",
    '<div class="pangloss-tools">'
    '<button class="theme" type="button"></button><button class="link" type="button"></button>'
    "</div>",
)
_MEMORY = component(__file__, "memory", "")


def keep_address() -> None:
    """Say language and view in the URL again, which forgets them when the page is switched.

    Back and forward leave them as they are, whatever they were at that step.
    """
    for name, key in _KEPT.items():
        if name in st.query_params and not (address.is_back() and key in st.session_state):
            st.session_state[key] = st.query_params[name]
        elif key in st.session_state:
            address.write({name: st.session_state[key]})


def choose(name: str, value: str | None) -> None:
    """Set what the URL says of language or view."""
    st.session_state[_KEPT[name]] = value
    address.write({name: value})
    look_again()


def strip() -> None:
    """The switches of language, view and theme, and the link to this page as it is."""
    with st.container(horizontal=True, horizontal_alignment="right", gap="small", key="strip"):
        for code, name in LANGUAGES.items():
            st.button(
                code.upper(),
                key=f"lang_{code}_{'on' if code == language() else 'off'}",
                help=name,
                type="tertiary",
                on_click=choose,
                args=("lang", code),
            )
        st.button(
            _("Reading view") if class_view() else _("Class view"),
            key="view",
            help=_("Back to the ordinary size, with the text beside the figure.")
            if class_view()
            else _("Larger, with the text folded away: for a projector."),
            type="tertiary",
            on_click=choose,
            args=("view", None if class_view() else "class"),
        )
        _TOOLS(
            key="tools",
            data={
                "language": language(),
                "pages": list(LESSONS),
                "dark": _("Dark"),
                "light": _("Light"),
                "copy": _("Copy link"),
                "copied": _("Copied"),
                "quiet": [*_KEPT, "job", "pin", SHOWN],  # no step for Back to undo
            },
            height="content",
            width="content",
        )


def remind() -> None:
    """Send the browser what it is to remember."""
    data = {
        "news": browser.send(),
        "cookie": browser.COOKIE,
        "path": f"{server.root()}_stcore/stream",
    }
    _MEMORY(key="memory", data=data, height="content")


st.set_page_config(
    page_title="Pangloss",
    page_icon=str(_STATIC / "pangloss.svg"),
    layout="wide",
)
keep_address()
if class_view():
    st.html(_STATIC / "class.css")

places = {}
pages = {"": [st.Page(home, title="Pangloss", default=True), work_page()]}
pages[""] += [class_page(), join_page()]
for chapter in CHAPTERS:
    pages[_(chapter.title)] = [lesson.page() for lesson in chapter.lessons]
    for lesson in chapter.lessons:
        places[lesson.name] = chapter, lesson

current = st.navigation(pages, position="top")
if current.url_path:
    st.set_page_config(page_title=f"{current.title} · Pangloss")
progress.enter(current.url_path if current.url_path in places else "")
strip()
memory = st.container(key="memory_of_browser")
class_line()
place = places.get(current.url_path)
if place:
    chapter, lesson = place
    question = _(lesson.question)
    lesson_head(_(chapter.title), _(lesson.title), _(lesson.about), question, demands(lesson))
current.run()
if place:
    lesson = place[1]
    running_order(lesson.name)
    onward(lesson)
with memory:  # what the page has noted is in it
    remind()
