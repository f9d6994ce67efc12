"""The base of every experiment's configuration: fields that carry their bounds, checked once."""

import dataclasses
import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Self

from core import __version__
from core.messages import N_, Problem

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_TRUE, _FALSE = {"true", "1", "yes", "on"}, {"false", "0", "no", "off"}


class ConfigError(Problem):
    """A field's value is not allowed; ``field`` names it."""

    @property
    def field(self) -> str:
        """The field's name."""
        return str(self.values["field"])


@dataclass(frozen=True)
class Spec:
    """What a field allows and how people read it.

    kind: "int", "float", "choice", "bool" or "text".
    low, high: inclusive bounds of a number; of a text, of its length in characters.
    step: the widget's step; log: the widget counts in powers (a learning rate).
    options: of a choice, value -> the label that people read.
    live: may be changed in the middle of a run.
    upload: of a field that holds a file's hash, what the file is: "text", "series", "sequences"
        or "texts" (with a class each), "tagged" (words with a tag each) or "images".
    label, help: English, marked for translation.
    """

    kind: str
    label: str
    help: str = ""
    low: float = 0
    high: float = 0
    step: float | None = None
    log: bool = False
    options: Mapping[Any, str] = dataclasses.field(default_factory=dict)
    live: bool = False
    upload: str = ""

    @property
    def allowed(self) -> str:
        """The allowed values as words."""
        match self.kind:
            case "int":
                return f"a whole number from {self.low} to {self.high}"
            case "float":
                return f"a number from {self.low:g} to {self.high:g}"
            case "bool":
                return "true or false"
            case "choice":
                return "one of " + ", ".join(str(option) for option in self.options)
            case _:
                return f"{self.low:g} to {self.high:g} characters"

    def parse(self, value: Any) -> Any:
        """``value`` (perhaps a string from a URL or ``--set``) as the field's type, in bounds.

        Raises ValueError, TypeError or OverflowError where it is not allowed.
        """
        match self.kind:
            case "int":
                return self._in_bounds(_whole(value))
            case "float":
                if isinstance(value, bool):
                    raise TypeError
                return self._in_bounds(float(value))
            case "bool":
                return _truth(value)
            case "choice":
                return next(o for o in self.options if str(o) == str(value))
            case _:
                if not self.low <= len(value) <= self.high:
                    raise ValueError
                return str(value)

    def _in_bounds(self, number: float) -> Any:
        if not self.low <= number <= self.high:  # NaN fails too
            raise ValueError
        return number


def _whole(value: Any) -> int:
    if isinstance(value, bool) or (isinstance(value, float) and not math.isfinite(value)):
        raise TypeError
    number = int(value)
    if not isinstance(value, str) and number != value:
        raise ValueError
    return number


def _truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).lower()
    if word not in _TRUE | _FALSE:
        raise ValueError
    return word in _TRUE


def _field(default: object, spec: Spec) -> Any:
    return dataclasses.field(default=default, metadata={"spec": spec})


def whole(default: int, low: int, high: int, label: str, help: str = "", **more: Any) -> Any:
    """A whole-number field."""
    return _field(default, Spec("int", label, help, low, high, **more))


def real(default: float, low: float, high: float, label: str, help: str = "", **more: Any) -> Any:
    """A floating-point field."""
    return _field(default, Spec("float", label, help, low, high, **more))


def choice(
    default: Any, options: Mapping[Any, str], label: str, help: str = "", **more: Any
) -> Any:
    """A field with a few named values."""
    return _field(default, Spec("choice", label, help, options=options, **more))


def flag(default: bool, label: str, help: str = "", **more: Any) -> Any:
    """A true-or-false field."""
    return _field(default, Spec("bool", label, help, **more))


def text(default: str, low: int, high: int, label: str, help: str = "", **more: Any) -> Any:
    """A short text of ``low`` to ``high`` characters."""
    return _field(default, Spec("text", label, help, low, high, **more))


@dataclass(frozen=True)
class Config:
    """Base of an experiment's configuration: frozen, checked, addressable.

    Raises ConfigError, naming the field, what was given and what is allowed.
    """

    def __post_init__(self):
        for name in self.specs():
            object.__setattr__(self, name, self.parse_field(name, getattr(self, name)))

    @classmethod
    @cache
    def specs(cls) -> Mapping[str, Spec]:
        """The fields by name, in order."""
        specs = {f.name: f.metadata["spec"] for f in dataclasses.fields(cls)}
        return MappingProxyType(specs)

    @classmethod
    def scope(cls) -> str:
        """The class's name as a key: CalculatorConfig is "calculator". Each class has its own."""
        return _WORD.sub("_", cls.__name__.removesuffix("Config")).lower()

    @classmethod
    def parse_field(cls, name: str, value: Any) -> Any:
        """A field's value (perhaps a string) as its type, whatever the others are.

        Raises ConfigError where it is not allowed.
        """
        spec = cls.specs()[name]
        try:
            return spec.parse(value)
        except (ValueError, TypeError, OverflowError, StopIteration):
            raise ConfigError(
                N_("{field} must be {allowed}, not {given}."),
                field=name,
                allowed=spec.allowed,
                given=_short(value),
            ) from None

    @classmethod
    def defaults(cls) -> dict[str, Any]:
        """The default of each field by name."""
        return {f.name: f.default for f in dataclasses.fields(cls)}

    @classmethod
    def parse(cls, values: Mapping[str, Any]) -> Self:
        """A config from names and values (strings or typed); missing fields take their default.

        Raises ConfigError for an unknown name or a value that is not allowed.
        """
        known = cls.specs()
        for name in values:
            if name not in known:
                raise ConfigError(
                    N_("{field} is not a setting here; the settings are {allowed}."),
                    field=_short(name),
                    allowed=", ".join(known),
                )
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """The fields as plain values, for JSON."""
        return dataclasses.asdict(self)

    def replace(self, **changes: object) -> Self:
        """A copy with some fields changed, checked again."""
        return dataclasses.replace(self, **changes)

    def address(self, experiment: str) -> str:
        """The hash that identifies this config's run by this version, 64 hexadecimal digits."""
        address = json.dumps([experiment, __version__, self.to_dict()], sort_keys=True)
        return hashlib.sha256(address.encode()).hexdigest()


def _short(value: object) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."
