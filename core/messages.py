"""What a person may read: an error or a note as a sentence that can be translated."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(text: str) -> str:
    """Mark ``text`` for translation without translating it here."""
    return text


@dataclass(frozen=True)
class Note:
    """What was done with something that a person brought, said in one sentence.

    template: an English sentence with ``{name}`` fields, translated by whoever shows it.
    values: what fills the fields. ``str(note)`` is the English sentence.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.values)


class Problem(ValueError):
    """Something a person did or lacks, said in one sentence.

    template: an English sentence with ``{name}`` fields, translated by whoever shows it.
    values: what fills the fields. ``str(problem)`` is the English sentence.
    """

    def __init__(self, template: str, **values: object):
        super().__init__(template.format(**values))
        self.template = template
        self.values = values

    def __reduce__(self) -> tuple[object, ...]:
        return _problem, (type(self), self.template, self.values)


def _problem(kind: type["Problem"], template: str, values: dict[str, object]) -> "Problem":
    return kind(template, **values)
