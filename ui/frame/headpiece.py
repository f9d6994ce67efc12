"""The home page's headpiece: the shipped network unrolled over a word, with what it guesses."""

import numpy as np

from core.numeric.language.language_model import LanguageModel
from ui.components import component
from ui.texts import _, percent

_UNROLLED = component(
    __file__,
    "unrolled",
    '<div class="pangloss-unrolled"><div class="cells"></div><p aria-live="polite"></p></div>',
)
_GUESSES = 3


def headpiece(model: LanguageModel, word: str) -> None:
    """A cell for each letter of ``word``; over it the letter that the network expects next.

    A letter that is looked at says the three likeliest and how likely they are.
    """
    steps = [
        {"letter": letter, "guesses": guesses, "said": _said(word[: i + 1], guesses)}
        for i, (letter, guesses) in enumerate(zip(word, _expected(model, word), strict=True))
    ]
    _UNROLLED(key="unrolled", data={"steps": steps}, height="content")


def _expected(model: LanguageModel, word: str) -> list[list[tuple[str, float]]]:
    """After each letter, the likeliest next characters and their probabilities."""
    # A reading says what was expected before each character: one more makes that "after".
    log_probs = model.read(word + model.vocabulary[1]).log_probs[1:]
    likeliest = np.argsort(-log_probs, axis=1)[:, :_GUESSES]
    return [
        [(model.vocabulary[i], float(np.exp(row[i]))) for i in best]
        for row, best in zip(log_probs, likeliest, strict=True)
    ]


def _said(so_far: str, guesses: list[tuple[str, float]]) -> str:
    listed = ", ".join(f"{_name(char)}\N{NO-BREAK SPACE}{percent(p)}" for char, p in guesses)
    return _("After “{text}” the network expects {guesses}.").format(text=so_far, guesses=listed)


def _name(char: str) -> str:
    return {" ": _("space"), "\n": _("line end")}.get(char, char)
