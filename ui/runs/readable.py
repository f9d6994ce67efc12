"""Settings as people read them."""

import re
from collections.abc import Mapping, Sequence

from core.experiments.kit.config import Config, Spec
from ui.texts import _, plain_number

_SAYS_ALL = ("cell",)  # fields whose values are clear without their label


def readable(spec: Spec, value: object) -> object:
    """A setting's value for a table: numbers are numbers; a fingerprint's first eight digits."""
    if spec.kind == "choice":
        return _(spec.options[value])
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value):
        return value[:8]
    return value


def in_words(spec: Spec, value: object) -> str:
    """A setting's value as people read it."""
    return words_of(readable(spec, value))


def words_of(value: object) -> str:
    """What ``readable`` has made of a value, as people read it."""
    return plain_number(value) if isinstance(value, int | float) else str(value)


def differences(run: Config, now: Config) -> dict[str, tuple[str, str]]:
    """The fields that differ: name -> the run's value and today's, as people read them."""
    theirs, yours = run.to_dict(), now.to_dict()
    return {
        name: (in_words(spec, theirs[name]) or "–", in_words(spec, yours[name]) or "–")
        for name, spec in now.specs().items()
        if theirs[name] != yours[name]
    }


def of_another_setting(now: Config, differing: Mapping[str, tuple[str, str]]) -> str:
    """A sentence that says so of curves. differing: as of ``differences``, one at least."""
    settings = ", ".join(
        _("{label} {theirs} (now {yours})").format(
            label=_(now.specs()[name].label), theirs=theirs, yours=yours
        )
        for name, (theirs, yours) in differing.items()
    )
    return _("These curves belong to another setting: {settings}.").format(settings=settings)


def differing_settings(configs: Sequence[Config]) -> list[list[str]]:
    """The settings of each config in which they differ, in words; the seed is none of them."""
    specs = {name: spec for config in configs for name, spec in config.specs().items()}
    values = [config.to_dict() for config in configs]
    fields = [n for n in specs if n != "seed" and len({str(v[n]) for v in values}) > 1]
    return [[_setting(n, specs[n], value[n]) for n in fields] for value in values]


def _setting(name: str, spec: Spec, value: object) -> str:
    words = in_words(spec, value)
    return words if name in _SAYS_ALL else f"{_(spec.label)} {words}"
