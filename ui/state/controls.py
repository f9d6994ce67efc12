"""A Config becomes widgets and URL by its specs alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.experiments.kit.config import Config, ConfigError, Spec
from core.messages import N_, Problem
from ui.notices import plain
from ui.outside import catch_up
from ui.state import address
from ui.state.widgets import show
from ui.texts import _, language, say

_Config = TypeVar("_Config", bound=Config)
_OWNERS = "controls.owners"  # field -> the class that has it in this run of the script
_HELD = "controls.held"  # of ``hold``
_ALLOWED = {
    "int": N_("a whole number from {low:g} to {high:g}"),
    "float": N_("a number from {low:g} to {high:g}"),
    "bool": N_("true or false"),
    "choice": N_("one of {options}"),
    "text": N_("{low:g} to {high:g} characters"),
}


@dataclass
class _Memory:
    """What the session knows of one Config's controls.

    values: of every field. wrong: what the URL said and could not mean, by field.
    locked: names of fields that have no widget. languages: of the labels on screen, by field.
    asked: field -> the run of the script in which ``value_of`` told of it last.
    """

    values: dict[str, Any]
    wrong: dict[str, Problem] = field(default_factory=dict)
    locked: frozenset[str] = frozenset()
    languages: dict[str, str] = field(default_factory=dict)
    asked: dict[str, object] = field(default_factory=dict)


def controls(
    config_class: type[_Config],
    *,
    strip: Sequence[str],
    more: Sequence[str] = (),
    locked: Sequence[str] = (),
) -> _Config | None:
    """Widgets for the fields of ``config_class``; the config they say, None if it is not allowed.

    strip: the fields shown at once, five at most; more: those behind "More". The others
    have no widget: the URL or ``choose`` sets them. locked: fields without a widget for now, as
    are those that ``?lock=`` names, or those of ``hold``. The URL holds every value that is not
    the default. What it says and a field cannot mean is told in a sentence, and the default used.
    Raises ValueError for more than five fields in the strip, an unknown one, or one whose name
    another class's controls have in this run of the script: the URL could not hold both.
    """
    _check(config_class, strip, more)
    _catch_up(config_class, _memory(config_class))
    with controls_row(config_class):
        _show(config_class, strip, locked)
        more_controls(config_class, more, locked=locked, resets=strip)
    return settled(config_class)


def controls_row(config_class: type[Config]) -> DeltaGenerator:
    """A place for the controls of a class, side by side."""
    key = f"controls_{_scope(config_class)}"  # of the style that keeps it in one row
    return st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=key)


def strip_controls(
    config_class: type[_Config], row: DeltaGenerator, *, strip: Sequence[str], more: Sequence[str]
) -> _Config | None:
    """As ``controls``, in a ``controls_row``, where the widgets of ``more`` stand already."""
    _check(config_class, strip, more)
    memory = _memory(config_class)
    _catch_up(config_class, memory)
    for name in more:
        _take(memory, name, _value(config_class, memory, name))
    with row:
        _show(config_class, strip)
    return settled(config_class)


def more_controls(
    config_class: type[Config],
    more: Sequence[str],
    *,
    locked: Sequence[str] = (),
    resets: Sequence[str] = (),
    moved: Callable[[], object] | None = None,
):
    """The widgets behind "More", of which there is none if there are no such fields.

    resets: what else is put back with them. moved: called when one was moved.
    """
    if not more:
        return
    with st.popover(_("More"), key=_key(config_class, "more"), help=_("More settings")):
        _show(config_class, more, locked, alone=True, moved=moved)
        st.button(
            _("Back to the defaults"),
            key=_key(config_class, "reset"),
            on_click=_reset,
            args=(config_class, (*resets, *more)),
        )


def settled(config_class: type[_Config]) -> _Config | None:
    """What the controls say, which the URL then says, too; None if it is not allowed."""
    memory = _memory(config_class)
    _write_url(config_class, memory)
    catch_up()
    for problem in memory.wrong.values():
        st.warning(plain(say(problem)) + " " + _("The default is used."))
    try:
        return config_class(**memory.values)
    except ConfigError as problem:
        st.error(plain(say(translatable(problem, config_class))))
        return None


def hold(fields: Mapping[str, str] | None):
    """Have fields of this page stand as somebody else says, without widgets, whatever its URL says.

    fields: name -> value as a URL has it, "" for the default. None: the URL has the say again.
    """
    st.session_state[_HELD] = fields


def choose(config_class: type[Config], **values: Any):
    """Set fields from the page (an upload's hash, "Back to the defaults"); their widgets follow.

    To be called before ``controls`` or in a callback. Raises ConfigError.
    """
    memory = _memory(config_class)
    config = config_class.parse({**memory.values, **values})
    for name in values:
        memory.values[name] = getattr(config, name)
        memory.wrong.pop(name, None)
        st.session_state.pop(_key(config_class, name), None)


def value_of(config_class: type[Config], field: str) -> Any:
    """What a field's widget, if it is there, and else the session or the URL says.

    To be called before ``controls``, by a page that depends on it; it is drawn anew where the
    widget has been moved in a fragment of it that does not ask.
    """
    memory = _memory(config_class)
    memory.asked[field] = address.this_run()
    return _value(config_class, memory, field)


def _value(config_class: type[Config], memory: _Memory, field: str) -> Any:
    value = st.session_state.get(_key(config_class, field))
    options = config_class.specs()[field].options
    if value is None or (options and value not in options):  # perhaps another language's words
        return memory.values[field]
    return value


def just_taken(config_class: type[Config], field: str) -> Any:
    """The value that a person has just given a field by its widget; None if it is as it was.

    A link or a step to try, which says all that it means, is no such person. To be called before
    ``controls``.
    """
    value = value_of(config_class, field)
    return None if value == _memory(config_class).values[field] else value


def _catch_up(config_class: type[Config], memory: _Memory):
    """Draw the whole page where a part of it has asked for what has just been moved here."""
    now = address.this_run()
    for name, asked in memory.asked.items():
        moved = asked is not now and _value(config_class, memory, name) != memory.values[name]
        if moved and not address.is_whole():
            st.rerun()


def _check(config_class: type[Config], strip: Sequence[str], more: Sequence[str]):
    if len(strip) > 5:
        raise ValueError(f"at most five controls in the strip, not {len(strip)}")
    for name in (*strip, *more):
        if name not in config_class.specs():
            raise ValueError(f"{config_class.__name__} has no field {name}")


def _claim(config_class: type[Config]):
    run, owners = st.session_state.get(_OWNERS, (None, {}))
    if (now := address.this_run()) is not run:
        st.session_state[_OWNERS] = now, (owners := {})
    for name in config_class.specs():
        owner = owners.setdefault(name, config_class.__name__)
        if owner != config_class.__name__:
            raise ValueError(f"{config_class.__name__} and {owner} share the URL's {name}")


def _scope(config_class: type[Config]) -> str:
    return config_class.scope()


def _key(config_class: type[Config], name: str) -> str:
    return f"{_scope(config_class)}.{name}"


def _memory(config_class: type[Config]) -> _Memory:
    key = _key(config_class, "controls")
    if address.decides(key) or key not in st.session_state:
        st.session_state[key] = _read_url(config_class)
        for name in config_class.specs():
            st.session_state.pop(_key(config_class, name), None)
    memory = st.session_state[key]
    for name, value in (_held() or {}).items():
        if name in config_class.specs():
            memory.values[name] = _parsed(config_class, name, value)
            memory.wrong.pop(name, None)
            st.session_state.pop(_key(config_class, name), None)
    return memory


def _held() -> Mapping[str, str] | None:
    return st.session_state.get(_HELD)


def _parsed(config_class: type[Config], name: str, value: str) -> Any:
    default = config_class.defaults()[name]
    try:
        return config_class.parse_field(name, value) if value else default
    except ConfigError:  # of another version
        return default


def _read_url(config_class: type[Config]) -> _Memory:
    memory = _Memory(config_class.defaults())
    for name in config_class.specs():
        if name in st.query_params:
            try:
                memory.values[name] = config_class.parse_field(name, st.query_params[name])
            except ConfigError as problem:
                memory.wrong[name] = translatable(problem, config_class)
    memory.locked = frozenset(st.query_params.get("lock", "").split(",")) - {""}
    return memory


def _write_url(config_class: type[Config], memory: _Memory):
    default = config_class.defaults()
    changed = {
        name: None if value == default[name] else _plain(value)
        for name, value in memory.values.items()
    }
    address.write({**changed, "lock": ",".join(sorted(memory.locked)) or None})


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _show(
    config_class: type[Config],
    names: Sequence[str],
    locked: Sequence[str] = (),
    *,
    alone: bool = False,
    moved: Callable[[], object] | None = None,
):
    """Widgets for some fields. alone: each has a row of its own, as the only one of a strip has."""
    _claim(config_class)
    memory, held = _memory(config_class), _held()
    hidden = (memory.locked if held is None else held.keys()) | set(locked)
    names = [name for name in names if name not in hidden]
    alone = alone or len(names) == 1
    for name in names:
        spec, key = config_class.specs()[name], _key(config_class, name)
        fresh = memory.languages.get(name) != language()
        memory.languages[name] = language()
        _take(memory, name, show(spec, key, memory.values[name], fresh, alone, moved))


def _take(memory: _Memory, name: str, value: Any):
    if value != memory.values[name]:
        memory.values[name] = value
        memory.wrong.pop(name, None)


def _reset(config_class: type[Config], names: Sequence[str]):
    defaults = config_class.defaults()
    choose(config_class, **{name: defaults[name] for name in names})


def translatable(problem: ConfigError, config_class: type[Config]) -> Problem:
    """The error with what its field allows, in the visitor's language."""
    spec = config_class.specs().get(problem.field)
    if spec is None:
        return problem
    return ConfigError(problem.template, **{**problem.values, "allowed": _allowed(spec)})


def _allowed(spec: Spec) -> str:
    options = ", ".join(str(option) for option in spec.options)
    return _(_ALLOWED[spec.kind]).format(low=spec.low, high=spec.high, options=options)
