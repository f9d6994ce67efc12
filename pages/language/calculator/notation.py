"""What the lesson on the calculator calls operations, signs and digits."""

from collections.abc import Mapping
from typing import Any

from core.data.language.arithmetic import Questions, longest_factor
from core.experiments.calculator.config import CalculatorConfig
from core.experiments.kit.config import choice
from core.messages import N_
from core.numeric.language.codec import Codec
from ui.texts import _

_OPERATIONS = {"+": N_("Additions"), "-": N_("Subtractions"), "*": N_("Products")}
_PRINTED = str.maketrans("-*", "−×")


def printed(text: str) -> str:
    """A question or an answer with the signs that one prints: "88−907", "34×7"."""
    return text.translate(_PRINTED)


def equations(questions: Questions) -> list[str]:
    """Questions with their true answers as one prints them: "34×7 = 238"."""
    pairs = zip(questions.texts(), questions.answers(), strict=True)
    return [printed(f"{question} = {truth}") for question, truth in pairs]


def symbol(codec: Codec, i: int) -> str:
    """What an id of an answer is called: its character, or that the answer ends."""
    return printed(codec.symbol(i)) or _("end")


def operation_names() -> dict[str, str]:
    """Each operation by what people call its questions."""
    return {operation: _(name) for operation, name in _OPERATIONS.items()}


def operation_field(default: str, label: str, help: str) -> Any:
    """A Config's field: one of the operations."""
    return choice(default, _OPERATIONS, label, help)


def learned_by(config: CalculatorConfig) -> Mapping[str, int]:
    """Operation -> the digits of an operand that a run with this config learns."""
    most = config.digits
    return {o: longest_factor(most) if o == "*" else most for o in config.operations}
