"""Steering: everybody is sent to a lesson with settings, given a task, or asked to look up."""

import streamlit as st

from core.messages import N_, Problem
from core.store.classes.service import MAX_LINE, Snapshot
from ui import server
from ui.course import LESSONS
from ui.frame.classes import board
from ui.frame.classes.acting import act
from ui.frame.classes.given import OWN_SEED
from ui.frame.classes.teacher.choosing import choose_lesson
from ui.frame.classes.teacher.links import read_link, shared_out
from ui.frame.work.measures import experiments_of
from ui.notices import plain
from ui.state.kept_text import cut
from ui.texts import _

_LESSON = "class.send.lesson"
_MOST_SHARED = 3  # settings: their values are multiplied
_EYES = N_("Eyes here, please.")  # each student reads it in a language of their own


def sending(now: Snapshot):
    """Draws where a lesson is chosen and sent, and what can be said to all."""
    if now.of.ended:
        st.info(_("This class has ended."))
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        _lesson(now)
    with right:
        _task(now)
        _eyes(now)


def _lesson(now: Snapshot):
    st.subheader(_("Send everybody to a lesson"), anchor=False)
    names = {name: _(lesson.title) for name, lesson in LESSONS.items()}
    lesson = choose_lesson(names, now.of.lesson, _LESSON)
    st.text_input(
        _("With settings: the link that “Copy link” gives there"),
        "",
        key="class.send.link",
        help=_("A link leads to its own lesson, whichever is chosen above."),
    )
    fields = {
        name: spec
        for experiment in experiments_of(lesson)
        for name, spec in experiment.Config.specs().items()
    }
    locked = st.multiselect(
        _("Controls that are locked"),
        list(fields),
        [],
        format_func=lambda name: _(fields[name].label),
        key=f"class.send.lock.{lesson}",
        placeholder=_("none"),
    )
    own_seed = "seed" in fields and st.checkbox(
        _("A seed of their own for each"), False, key=f"class.send.seed.{lesson}"
    )
    shared = st.multiselect(
        _("Share out settings, at most {most}").format(most=_MOST_SHARED),
        list(fields),
        [],
        format_func=lambda name: _(fields[name].label),
        key=f"class.send.fields.{lesson}",
        placeholder=_("none"),
        max_selections=_MOST_SHARED,
        help=_("Each student gets one value of each, in turn: together the class tries them all."),
    )
    for name in shared:
        label = _("Values of “{setting}”, with spaces between").format(
            setting=_(fields[name].label)
        )
        st.text_input(label, "", key=f"class.send.values.{name}")

    def grid() -> dict[str, list[str]]:
        typed = {name: st.session_state[f"class.send.values.{name}"] or "" for name in shared}
        return shared_out(lesson, {name: words.split() for name, words in typed.items()})

    def send():
        def do():
            link = st.session_state["class.send.link"] or ""
            where, found = read_link(link) if link.strip() else (lesson, {})
            if where != lesson and (shared or own_seed or locked):
                raise Problem(
                    N_(
                        "The link leads to {there}; what is locked, shared out or a seed of their "
                        "own here is of {here}. Choose {there} above, or leave that out."
                    ),
                    there=names[where],
                    here=names[lesson],
                )
            settings: dict[str, str | list[str]] = {**found, **grid()}
            if own_seed:
                settings["seed"] = OWN_SEED
            if locked:
                settings["lock"] = ",".join(locked)
            board.classes().push(
                server.visitor(),
                now.of.number,
                where,
                settings,
                st.session_state["class.task"] or "",
            )

        act(do, now.of.number)

    st.button(_("Send everybody there"), key="class.send", type="primary", on_click=send)
    if now.of.lesson in names:
        told = _("The class was sent to {lesson}; who joins now is taken there, too.")
        st.caption(plain(told.format(lesson=names[now.of.lesson])))


def _task(now: Snapshot):
    def say():
        task, number = st.session_state["class.task"] or "", now.of.number
        act(lambda: board.classes().set_task(server.visitor(), number, task), number)

    st.subheader(_("The task"), anchor=False)
    st.text_input(
        _("A line at the head of every page"),
        now.of.task,
        key="class.task",
        on_change=cut("class.task", MAX_LINE),
    )
    st.button(_("Show the task"), key="class.task.show", on_click=say)


def _eyes(now: Snapshot):
    def call():
        _set((st.session_state["class.eyes"] or "").strip() or _EYES)

    def release():
        _set("")

    def _set(sentence: str):
        number = now.of.number
        act(lambda: board.classes().set_eyes_here(server.visitor(), number, sentence), number)

    st.subheader(_("Eyes here"), anchor=False)
    if now.of.eyes_here:
        st.warning(plain(_("The students’ pages say: {said}").format(said=_(now.of.eyes_here))))
        st.button(_("Release the pages"), key="class.release", type="primary", on_click=release)
    else:
        st.text_input(
            _("A sentence that dims every page"),
            "",
            key="class.eyes",
            on_change=cut("class.eyes", MAX_LINE),
            placeholder=_(_EYES),
        )
        st.button(_("Dim the pages"), key="class.dim", on_click=call)
