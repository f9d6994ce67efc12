"""The page: what is kept, what can be done with it, and how it is taken away and brought back."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.experiments import experiment
from core.messages import Problem
from core.store import Archive, Seen
from core.store.archive import MAX_NAME
from core.store.work_file import MAX_BYTES
from ui import server
from ui.course import LESSONS
from ui.frame.work.comparison import comparison
from ui.frame.work.listing import listing, unchoose
from ui.frame.work.measures import lesson_of
from ui.frame.work.taken import PATH
from ui.layout import paragraphs
from ui.notices import plain
from ui.state import visits
from ui.state.widgets import in_new_words, place_of, pressed
from ui.texts import _, language, number, say

NAME = "work"  # of the page, in its address
_SAID, _COMPARED, _DONE = "work.said", "work.compared", "work.done"
_DEEDS = "work.deeds"  # how many were done: each ends with other popovers, which are closed
_MB = 1_000_000


def work_page() -> StreamlitPage:
    """The page as Streamlit navigates to it."""
    return st.Page(work, title=_("My work"), url_path=NAME)


def work() -> None:
    """Draw the page."""
    st.title(_("My work"), anchor=False)
    archive, visitor = server.archive(), server.visitor()
    settings = archive.settings
    paragraphs(
        _(
            "Every run that this browser has trained, over all lessons. They are kept for {days} "
            "days, as long as all that is kept here has less than {size} GB; what is pinned goes "
            "last. A cookie of this browser is the key to them, and nothing else is known of you."
        ).format(days=number(settings.keep_s / 86_400, 1), size=number(settings.keep_bytes / 1e9))
    )
    try:
        everything = archive.work(visitor)
    except Problem as problem:
        st.error(plain(say(problem)))
        return
    if st.session_state.pop(_DONE, False):
        unchoose(everything)
    _say()
    actions, compared = st.container(key="work_actions"), st.container()
    if not everything:
        st.info(_("Nothing yet: every run that you train in a lesson is kept here."))
        st.page_link(next(iter(LESSONS.values())).page(), label=_("Begin with the first lesson"))
    chosen = listing(_of_a_lesson(everything))
    with actions:
        _actions(archive, visitor, everything, chosen)
    ids = st.session_state.get(_COMPARED, ())
    with compared:
        comparison([seen for seen in everything if seen.run.id in ids])


def _of_a_lesson(everything: Sequence[Seen]) -> list[Seen]:
    """The runs of one experiment, where several have some and one is asked for."""
    lessons = {s.run.experiment: lesson_of(s.run.experiment) for s in everything}
    names = {name: _(lesson.title) if lesson else name for name, lesson in lessons.items()}
    if len(names) < 2:
        return list(everything)
    names = {"": _("all lessons"), **names}
    chosen = in_new_words("work.lesson", names, "")
    st.selectbox(
        _("Runs of"),
        list(names),
        place_of(chosen, names),
        format_func=names.__getitem__,
        key="work.lesson",
        width=320,
    )
    asked = st.session_state["work.lesson"]
    return [seen for seen in everything if asked in ("", seen.run.experiment)]


def _actions(
    archive: Archive, visitor: str, everything: Sequence[Seen], chosen: Sequence[Seen]
) -> None:
    """The buttons, each where it can do something."""
    ids = [seen.run.id for seen in chosen]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if everything:
            ended = [seen for seen in chosen if seen.run.ended]
            if pressed(
                _("Compare"),
                key="work.compare",
                disabled=len(ended) < 2,
                help=_("Choose two runs or more, by their boxes."),
            ):
                st.session_state[_COMPARED] = ids
            _pin(archive, visitor, chosen)
            _name(archive, visitor, chosen)
            _delete(archive, visitor, chosen)
            _take_away(chosen or everything, all_of_them=not chosen)
        _bring_back(archive, visitor)


def _pin(archive: Archive, visitor: str, chosen: Sequence[Seen]):
    unpin = bool(chosen) and all(seen.pinned for seen in chosen)
    if pressed(
        _("Unpin") if unpin else _("Pin"),
        key="work.unpin" if unpin else "work.pin",
        disabled=not chosen,
        help=_("What is pinned stays beyond its days, and goes last where room is short."),
    ):
        _do(lambda: archive.pin(visitor, [seen.run.id for seen in chosen], not unpin))


def _name(archive: Archive, visitor: str, chosen: Sequence[Seen]):
    with st.popover(_("Name"), disabled=len(chosen) != 1, key=_closed_anew("name")):
        if len(chosen) != 1:
            return
        run, key = chosen[0].run, f"work.name.{chosen[0].run.id}"
        name = st.text_input(_("What is this run called?"), chosen[0].name, MAX_NAME, key=key)
        if pressed(_("Name it so"), key="work.rename"):
            _do(lambda: archive.rename(visitor, run.id, name or ""))


def _delete(archive: Archive, visitor: str, chosen: Sequence[Seen]):
    with st.popover(_("Delete"), disabled=not chosen, key=_closed_anew("delete")):
        st.markdown(_("The chosen runs ({count}) are deleted for good.").format(count=len(chosen)))
        if pressed(_("Delete them"), key="work.delete_them", type="primary"):
            ids = [seen.run.id for seen in chosen]
            _do(lambda: _forget(visitor, ids, archive.delete(visitor, ids)))


def _forget(visitor: str, ids: Collection[str], gone: Collection[str]):
    """Have neither the engine nor this session remember what was deleted."""
    server.engine().forget(gone)
    visits.forget(visitor)
    for key in [key for key in st.session_state if str(key).endswith(".ended")]:
        st.session_state[key] = {i: r for i, r in st.session_state[key].items() if i not in ids}


def _take_away(work: Sequence[Seen], all_of_them: bool):
    size = sum(seen.run.bytes for seen in work)
    asked = [] if all_of_them else [("run", seen.run.id) for seen in work]
    fits = 0 < size <= MAX_BYTES
    st.link_button(
        _("Take away all") if all_of_them else _("Take away"),
        f"{server.root()}{PATH}?{urlencode([*asked, ('lang', language())])}",
        disabled=not fits,
        help=_("One file of {size} MB; {most} MB are allowed. It can be brought back here.").format(
            size=number(size / _MB, 1), most=MAX_BYTES // _MB
        ),
        icon=":material/download:",
    )


def _bring_back(archive: Archive, visitor: str):
    count = st.session_state.setdefault("work.brought", 0)  # a new field after each file

    def take():
        file = st.session_state[f"work.bring.{count}"]
        st.session_state["work.brought"] += 1
        try:
            brought = archive.bring_back(visitor, file, _known)
            visits.forget(visitor)
            words = _("Brought back: {count} runs.") if brought > 1 else _("One run is back.")
            st.session_state[_SAID] = words.format(count=brought)
        except Problem as problem:
            st.session_state[_SAID] = problem
        finally:
            _let_go(file)

    with st.popover(_("Bring back"), key=f"work.bring_back.{count}"):
        st.file_uploader(
            _("A file of runs that was taken away here, or run.npz of the command line"),
            ["zip", "npz"],
            key=f"work.bring.{count}",
            on_change=take,
            max_upload_size=MAX_BYTES // _MB,
        )


def _let_go(file: UploadedFile):
    """Free the memory of a file that was read: Streamlit has it until the visit ends."""
    if context := get_script_run_ctx():
        manager: Any = context.uploaded_file_mgr  # its protocol does not tell of this
        manager.remove_file(context.session_id, file.file_id)


def _known(name: str, config: Mapping[str, Any]):
    experiment(name).Config.parse(config)


def _do(act: Callable[[], object]):
    """Do it, choose nothing any more, and draw the page anew; a problem is said there."""
    try:
        act()
        st.session_state[_DONE] = True
        st.session_state[_DEEDS] = st.session_state.get(_DEEDS, 0) + 1
        st.session_state.pop(_COMPARED, None)
    except Problem as problem:
        st.session_state[_SAID] = problem
    st.rerun()


def _closed_anew(name: str) -> str:
    """The key of a popover that is closed after each deed: by its key it is another one."""
    return f"work.{name}.after_{st.session_state.get(_DEEDS, 0)}"


def _say():
    said = st.session_state.pop(_SAID, None)
    if isinstance(said, Problem):
        st.error(plain(say(said)))
    elif said:
        st.success(said)
