"""A Config becomes widgets and URL by its specs alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import streamlit as st

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
    locked: names of fields that have no widget. language: of the labels on screen.
    """

    values: dict[str, Any]
    wrong: dict[str, Problem] = field(default_factory=dict)
    locked: frozenset[str] = frozenset()
    language: str = ""


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
    _claim(config_class)
    memory = _memory(config_class)
    held = _held()
    hidden = (memory.locked if held is None else held.keys()) | set(locked)
    fresh = memory.language != language()
    memory.language = language()
    _layout(
        config_class,
        memory,
        [name for name in strip if name not in hidden],
        [name for name in more if name not in hidden],
        fresh,
    )
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

    To be called before ``controls``, by a page whose other controls depend on it.
    """
    memory = _memory(config_class)
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


def _layout(
    config_class: type[Config],
    memory: _Memory,
    strip: Sequence[str],
    more: Sequence[str],
    fresh: bool,
):
    def show_field(name: str, alone: bool):
        spec = config_class.specs()[name]
        value = show(spec, _key(config_class, name), memory.values[name], fresh, alone)
        if value != memory.values[name]:
            memory.values[name] = value
            memory.wrong.pop(name, None)

    key = f"controls_{_scope(config_class)}"  # of the style that keeps it in one row
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=key):
        for name in strip:
            show_field(name, alone=len(strip) == 1)
        if not more:
            return
        with st.popover(_("More"), key=_key(config_class, "more"), help=_("More settings")):
            for name in more:
                show_field(name, alone=True)
            st.button(
                _("Back to the defaults"),
                key=_key(config_class, "reset"),
                on_click=_reset,
                args=(config_class, (*strip, *more)),
            )


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
