"""The sections of a lesson about a run of one's own: training it, and what is left of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.experiments.kit.config import Config
from ui.layout import first_words, paragraphs, steering_place, text_and_figure, text_beside
from ui.runs.following.follow_epoch import follow_epoch
from ui.runs.following.followed import has_begun
from ui.runs.following.live import belongs, follow
from ui.runs.following.training import steer
from ui.runs.quiz import Question, quiz
from ui.runs.results.bench import bench, ended_runs
from ui.runs.results.comparison import compare
from ui.runs.results.repeats import repeat
from ui.runs.results.takeaway import takeaway
from ui.runs.run import Run
from ui.state.controls import choose, controls_row, more_controls, strip_controls
from ui.texts import _, lesson_text

_C = TypeVar("_C", bound=Config)
_SECTION, _SETTINGS = "training", "settings"  # keys of fragments
_ANCHOR = "train"  # of the section, to which the head of the lesson leads


@dataclass(frozen=True)
class Preset:
    """A button that chooses settings. key: of the session; label, help: translated."""

    key: str
    label: str
    help: str
    values: Mapping[str, Any] = field(default_factory=dict)


@st.fragment(key=_SECTION)
def training_section(
    experiment: str,
    config_class: type[_C],
    draw: Callable[[Run[_C]], object],
    *,
    strip: Sequence[str],
    metrics: Mapping[str, str],
    questions: Sequence[Question] = (),
    lesson: str = "",
    text: str = "train",
    title: str | None = None,
    hint: str = "hint",
    more: Sequence[str] | None = None,
    prepare: Callable[[_C | None], _C | None] = lambda config: config,
    before: Callable[[_C], object] | None = None,
    pending: str | None = None,
    notes: Callable[[_C | None], None] | None = None,
    below: str = "",
    preset: Preset | None = None,
    choice: str = "",
) -> Run[_C] | None:
    """Settings, the run with its figures, and beside them a text with questions to answer before.

    A fragment, and in it what the settings say is another: who moves one waits for that alone, who
    presses Train for the section. Where else something is used that ``prepare`` or ``notes`` have
    drawn, the whole page is drawn.
    draw, metrics: as of ``follow``. text, below: parts of the texts of ``lesson`` (by default the
    experiment's name) above and beneath the questions; hint, where nothing has been trained; "" is
    none. before draws figures from the settings there. notes draws what else there is to say of
    the settings, above the questions, and preset stands beneath all. title: of the section, ""
    where the lesson begins with it: then what ``prepare`` draws is below the figures, which are the
    lesson's own. strip, more: as of ``controls``; by default all the others are behind "More", but
    for uploads. prepare: draws what stands beneath the settings, and returns them if they can be
    trained. pending: what is said until the first epoch has ended. choice: key of the choice of a
    network, where the page above may show that of the run. What steers the run stands in the
    lesson's head.
    Returns the run, None if there is none.
    """
    lesson, bar = lesson or experiment, steering_place()
    opens = title == ""  # the lesson: its own figure is that of the run
    if opens:
        column, instruments = text_and_figure()
    else:
        title = title or _("Train one of your own")
        st.header(title, anchor=_ANCHOR)
        if bar:
            bar.markdown(f"[{title}\u00a0↓](#{_ANCHOR})")
        column, instruments = text_beside(f"{config_class.scope()}.training_text")
    if more is None:
        more = [n for n in config_class.specs() if n not in (*strip, "upload")]

    def part(name: str) -> DeltaGenerator:
        return st.container(key=f"part_{config_class.scope()}_{name}")

    with column:
        words_place, noted, beside = st.container(), part("noted"), st.container()
    with instruments:
        settings = st.container(key=f"{'opening' if opens else 'later'}_{config_class.scope()}")
        if opens:
            figures, beneath = st.container(), part("beneath")
        else:
            beneath, figures = part("beneath"), st.container()
    with settings:
        row = controls_row(config_class)
    with figures:
        bar = (bar or st).container(
            horizontal=True, vertical_alignment="center", key=f"steering_{experiment}"
        )
        note, drawn, waiting, again = map(part, ("note", "drawn", "waiting", "again"))
    train = bar.container()
    shown: list[_C | None] = []  # what the settings have been

    @st.fragment(key=_SETTINGS)
    def set_up():
        """What the settings say and all that tells of it, but no figure of a run."""
        for place in (settings, beneath, note, waiting, noted):
            place.empty()  # Streamlit keeps room where something was written at first
        with settings:
            chosen = strip_controls(config_class, row, strip=strip, more=more)
        if shown and shown.pop() == chosen:
            st.rerun()  # it is something else here that was used
        shown.append(chosen)
        with beneath:
            config = prepare(chosen)
        with train:
            steer(experiment, config, _SECTION)
        with note:
            belongs(experiment, config)
        if not has_begun(experiment):
            with waiting:
                explain(config)
        with again:
            repeat(experiment, config, metrics)
        if notes:
            with noted:
                notes(chosen)

    def explain(config: _C | None):
        if before and config is not None:
            before(config)
        if hint:
            st.info(lesson_text(lesson, hint))

    def draw_epoch(run: Run[_C]):
        if choice:
            follow_epoch(run, shows_run=st.session_state.get(choice) == "run")
        draw(run)
        if not run.epochs:
            st.caption(pending or _("The first test comes at the end of the first epoch."))

    set_up()
    with row:
        more_controls(config_class, more, resets=strip, moved=lambda: st.rerun(_SETTINGS))
    with words_place:  # which say what the controls have been set to
        if opens:
            first_words(lesson)
        else:
            st.markdown(lesson_text(lesson, text))
    with drawn:
        run = follow(experiment, draw_epoch, metrics=metrics, bar=bar)
    if questions:
        # Answered before the run: until there is one they stand where its figures will be.
        waits = not opens and (run is None or run.start is None)
        with instruments.container() if waits else beside:
            quiz(questions, run)
    if below:
        column.markdown(lesson_text(lesson, below))
    if preset:
        column.button(
            preset.label,
            key=preset.key,
            help=preset.help,
            on_click=choose,
            args=(config_class,),
            kwargs=dict(preset.values),
        )
    return run


def takeaway_section(
    experiment: str,
    run: Run | None,
    *,
    metrics: Mapping[str, str],
    lesson: str = "",
    text: str = "take",
) -> DeltaGenerator:
    """The bench, as wide as the page once it has a run, and the files of ``run``.

    Returns the place of these, for what else is there.

    metrics: as of ``bench``. text: the part of the lesson's texts about the files, "" for none.
    """
    if ended_runs(experiment):
        runs, files = st.container(), st.container()
    else:
        runs, files = st.columns(2, gap="large")
    with runs:
        bench(experiment, metrics=metrics)
        compare(experiment, metrics)
    with files:
        st.subheader(_("Take it away"), anchor=False)
        if text:
            paragraphs(lesson_text(lesson or experiment, text))
        takeaway(run, name=experiment)
        if run is None or not run.epochs:
            st.caption(_("After the first epoch of a run its files are here."))
    return files
