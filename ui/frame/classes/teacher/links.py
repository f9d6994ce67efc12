"""What a teacher's link asks of a class: a lesson of ours, and settings that it knows."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl, urlsplit

from core.classes.split import split
from core.experiments.kit.config import ConfigError
from core.messages import N_, Problem
from ui import server
from ui.course import LESSONS
from ui.frame.work.measures import experiments_of
from ui.state.address import KEPT
from ui.state.controls import translatable

_MOST = 2000  # characters of a link
_MOST_VALUE = 800  # and of one value: a teacher's steps are the longest
_NAME = re.compile("[a-z][a-z0-9_]{0,39}")
_TAKEN = ("lock", "steps")  # of what is no setting of a lesson
_FOREIGN = N_("This is no link to a lesson here: “Copy link”, above a lesson, gives one.")
_VALUES = N_("A setting is shared out in two to thirty values, not {given}.")


def read_link(text: str) -> tuple[str, dict[str, str]]:
    """The lesson that a link leads to, and its settings: those of an experiment are checked.

    Its host does not matter: nobody is led there. What a lesson does not know, its page passes
    over.
    Raises Problem for another link, ConfigError for a value that a setting cannot have.
    """
    try:
        parts = urlsplit(text.strip()[: _MOST + 1])
        told = parse_qsl(parts.query, max_num_fields=40)
    except ValueError:
        raise Problem(_FOREIGN) from None
    path = parts.path
    lesson = path.removeprefix(server.root()).strip("/") if path.startswith("/") else path
    if len(text.strip()) > _MOST or parts.scheme not in ("", "http", "https"):
        raise Problem(_FOREIGN)
    if lesson not in LESSONS:
        raise Problem(_FOREIGN)
    settings = {}
    for name, value in told:
        if (name in KEPT and name not in _TAKEN) or not _NAME.fullmatch(name):
            continue
        if len(value) > _MOST_VALUE or not all(c.isprintable() or c == "\n" for c in value):
            raise Problem(_FOREIGN)
        check(lesson, name, value)
        settings[name] = value
    return lesson, settings


def shared_out(lesson: str, grid: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The values of settings that are shared out: every one of each with every one of the others.

    Raises Problem, ConfigError.
    """
    for field, values in grid.items():
        if not 2 <= len(values) <= 30:
            raise Problem(_VALUES, given=len(values))
        for value in values:
            check(lesson, field, value)
    split(grid, 0)  # which knows how many there may be
    return {field: list(values) for field, values in grid.items()}


def check(lesson: str, name: str, value: str):
    """Raises ConfigError where a lesson's experiment has this setting, but not this value."""
    for experiment in experiments_of(lesson):
        if name in experiment.Config.specs():
            try:
                experiment.Config.parse_field(name, value)
            except ConfigError as problem:
                raise translatable(problem, experiment.Config) from None
