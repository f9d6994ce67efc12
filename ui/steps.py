"""A lesson's guided steps: each sets the page as its link would, and says what to look for.

The lesson's own stand in ``try.md`` of its texts; a teacher's are in the URL, as ``?steps=``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from ui.notices import plain
from ui.state import address, browser
from ui.state.kept_text import cut
from ui.texts import _, lesson_text

MOST = 12  # steps of a teacher's own
MOST_TITLE, MOST_LOOK, MOST_QUERY = 80, 240, 800  # characters of each
_PARAMETER, _DRAWN = "steps", "steps.drawn"
_SECTION = re.compile(r"^## \?(.*)\n", re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """A thing to try. title, look: Markdown of ours, or a teacher's made plain.

    settings: what its link says, name -> value; the others are at their defaults.
    key: what it is remembered by, the same in every language.
    """

    title: str
    settings: Mapping[str, str]
    look: str
    key: str


@cache
def read_steps(text: str) -> tuple[Step, ...]:
    """The steps of "## ?query", a line that is the title, and what to look for."""
    parts = _SECTION.split(text)[1:]
    steps = []
    for query, words in zip(parts[::2], parts[1::2], strict=True):
        title, _gap, look = words.strip().partition("\n")
        steps.append(_step(title, query, look.strip(), len(steps)))
    return tuple(steps)


def read_own(value: str) -> tuple[Step, ...]:
    """A teacher's steps, of lines "title|query|what to look for"; what is too long is cut off."""
    steps = []
    for line in value.splitlines()[:MOST]:
        title, query, look = (*line.split("|", 2), "", "")[:3]
        if title.strip() and len(query) <= MOST_QUERY:
            title, look = title.strip()[:MOST_TITLE], look.strip()[:MOST_LOOK]
            steps.append(_step(plain(title), query, plain(look), len(steps)))
    return tuple(steps)


def guided_steps(lesson: str):
    """What to try, as buttons, each with what to look for once it is pressed."""
    steps, seen = _steps(lesson), _seen(lesson)
    now = _now(lesson, steps)
    with st.container(key="steps", gap="small"):
        st.markdown("**" + _("Try this") + "**")
        for i, step in enumerate(steps):
            mark = "✓" if step.key in seen else f"{i + 1}"
            st.button(
                f"{mark}\N{EN SPACE}{step.title}",
                key=f"steps.{lesson}.{i}",
                type="secondary" if i == now else "tertiary",
                help=_("Sets the page for this step."),
                width="stretch",
                on_click=_take,
                args=(lesson, step),
            )
            if i == now and step.look:
                _look_for(step)
        _own(lesson)


def running_order(lesson: str):
    """The step that the class is at, and the way to the one before and the next."""
    steps = _steps(lesson)
    seen, now = _seen(lesson), _now(lesson, steps)
    at = -1 if now is None else now
    with st.container(key="running_order", horizontal=True, vertical_alignment="center"):
        _turn(lesson, steps, at - 1, "←", _("The step before"), "before")
        place = _("{number} of {count}").format(number=max(at, 0) + 1, count=len(steps))
        if now is None:
            st.button(
                _("To try, {place}: {title}").format(place=place, title=steps[0].title),
                key="running_order.first",
                on_click=_take,
                args=(lesson, steps[0]),
            )
        else:
            mark = " ✓" if steps[now].key in seen else ""
            st.markdown(f"{place}{mark} · **{steps[now].title}**")
            about = _("What to look for")
            with st.popover(about, icon=":material/info:", disabled=not steps[now].look):
                _look_for(steps[now])
        _turn(lesson, steps, at + 1, "→", _("The next step"), "next")
    st.session_state[_DRAWN] = address.this_page(), lesson, _standing(lesson)


def is_behind() -> bool:
    """Whether the page tells of its steps as it was set before: a fragment alone has been drawn."""
    page, lesson, drawn = st.session_state.get(_DRAWN, ("", "", None))
    return page == address.this_page() and drawn != _standing(lesson)


def count_seen(lesson: str) -> tuple[int, int]:
    """How many of a lesson's own steps this browser has seen, and how many there are."""
    own = read_steps(lesson_text(lesson, "try"))
    places = browser.known().get(f"steps.{lesson}", "").split(".")
    return sum(str(i) in places for i in range(len(own))), len(own)


def _turn(lesson: str, steps: Sequence[Step], to: int, label: str, about: str, name: str):
    there = 0 <= to < len(steps)
    st.button(
        label,
        key=f"running_order.{name}",
        help=about,
        disabled=not there,
        on_click=_take,
        args=(lesson, steps[to]) if there else (),
    )


def _steps(lesson: str) -> tuple[Step, ...]:
    own = read_own(st.query_params.get(_PARAMETER, ""))
    return own or read_steps(lesson_text(lesson, "try"))


def _seen(lesson: str) -> set[str]:
    """Keys of the steps that were pressed, or whose settings were on the screen.

    The browser remembers those of the lesson's own, by their places.
    """
    name = f"steps.{lesson}"
    own = read_steps(lesson_text(lesson, "try"))
    places = browser.known().get(name, "").split(".")
    seen = st.session_state.setdefault(f"{name}.seen", set())
    seen |= {step.key for i, step in enumerate(own) if str(i) in places}
    now = address.settings()
    seen |= {step.key for step in _steps(lesson) if step.settings and _is_set(step, now)}
    if places := [str(i) for i, step in enumerate(own) if step.key in seen]:
        browser.remember(name, ".".join(places))
    return seen


def _now(lesson: str, steps: Sequence[Step]) -> int | None:
    """The place of the step that the page is set as; if it is as none, of the one pressed last."""
    key, here = st.session_state.get(f"steps.{lesson}.now"), address.settings()
    pressed = next((i for i, step in enumerate(steps) if step.key == key), None)
    if pressed is not None and steps[pressed].settings == here:
        return pressed
    as_set = [i for i, step in enumerate(steps) if here and step.settings == here]
    return as_set[0] if as_set else pressed


def _standing(lesson: str) -> tuple[int | None, bool, frozenset[str]]:
    """At which step the page is, whether it is still set so, and which have been seen."""
    steps, seen = _steps(lesson), _seen(lesson)
    now = _now(lesson, steps)
    is_set = now is not None and _is_set(steps[now], address.settings())
    return now, is_set, frozenset(seen)


def _is_set(step: Step, now: Mapping[str, str]) -> bool:
    """Whether a page with these settings is set as a step says, whatever else it says."""
    return step.settings.items() <= now.items()


def _look_for(step: Step):
    """What to look for, and whether the page has been set otherwise since."""
    st.markdown(step.look)
    if not _is_set(step, address.settings()):
        st.caption(_("The page has been set otherwise since: press the step to set it again."))


def _take(lesson: str, step: Step):
    address.follow(step.settings)
    _seen(lesson).add(step.key)
    st.session_state[f"steps.{lesson}.now"] = step.key


def _step(title: str, query: str, look: str, place: int) -> Step:
    pairs = parse_qsl(query.strip(), keep_blank_values=True)
    settings = {name: value for name, value in pairs if name not in address.KEPT}
    return Step(title, settings, look, urlencode(settings) or str(place))


# ---- a teacher's own ----


def _own(lesson: str):
    """The form that makes steps of one's own; they stand in the link of the page."""
    title, look = f"steps.{lesson}.title", f"steps.{lesson}.look"
    value = st.query_params.get(_PARAMETER, "")
    with st.popover(_("Make your own steps"), type="tertiary"):
        st.caption(
            _(
                "Set the page as you want it, name the step and add it. The page's link then "
                "holds your steps in place of these: Copy link, and give it to your class."
            )
        )
        st.text_input(_("Name of the step"), key=title, on_change=cut(title, MOST_TITLE))
        st.text_input(_("What to look for"), key=look, on_change=cut(look, MOST_LOOK))
        with st.container(horizontal=True):
            st.button(
                _("Add what is set now"),
                key=f"steps.{lesson}.add",
                disabled=len(read_own(value)) >= MOST,
                on_click=_add,
                args=(title, look),
            )
            if value:
                st.button(
                    _("Remove the last"),
                    key=f"steps.{lesson}.remove",
                    on_click=_write,
                    args=(value.splitlines()[:-1],),
                )
                st.button(
                    _("Back to the lesson's"),
                    key=f"steps.{lesson}.back",
                    on_click=_write,
                    args=([],),
                )


def _add(title: str, look: str):
    words = [_on_one_line(st.session_state[key]) for key in (title, look)]
    lines = st.query_params.get(_PARAMETER, "").splitlines()
    name = words[0] or _("Step {number}").format(number=len(lines) + 1)
    _write([*lines, "|".join((name, urlencode(address.settings()), words[1]))])
    st.session_state[title] = st.session_state[look] = ""


def _on_one_line(text: str) -> str:
    return " ".join(text.replace("|", "/").split())


def _write(lines: Sequence[str]):
    address.write({_PARAMETER: "\n".join(lines) or None})
