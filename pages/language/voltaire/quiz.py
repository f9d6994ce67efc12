"""Two predictions about a run, graded by what that run did."""

from collections.abc import Mapping

import numpy as np

from core.experiments.voltaire.run import MIN_LETTERS
from core.messages import Problem
from core.numeric.language.originality import words_of
from pages.language.voltaire.networks import of_epoch
from pages.language.voltaire.originality import facts_about
from pages.language.voltaire.writing import write
from ui.runs.quiz import Question
from ui.runs.run import Run
from ui.texts import _, number, percent

_HALF = 0.5
_CHARS = 1500
_COOL, _WARM = 0.3, 1.2
_CLEARLY = 0.05  # a smaller difference of two shares is chance


def milestones(run: Run) -> dict[str, float]:
    """When each was first reached, in epochs; what was not reached is missing.

    "letters": the training loss fell below the 1-gram's bits; "words": half of the sample's words
    exist; "beyond": the held-out bits fell below those of every n-gram.
    """
    counted = run.started.references
    epochs, words = run.by_epoch("known_words")
    bits = run.by_epoch("valid_bits")[1]
    when = {
        "letters": _first(run.steps.epoch, run.steps["train_bits"] < counted["ngram_1"]),
        "words": _first(epochs, words >= _HALF),
        "beyond": _first(epochs, bits < min(counted.values())),
    }
    return {name: epoch for name, epoch in when.items() if epoch is not None}


def temperature_effect(shares: Mapping[float, tuple[float, float]]) -> str:
    """What cooling did. shares: at each temperature, of known words and of different words."""
    (known, different), (known_warm, different_warm) = shares[_COOL], shares[_WARM]
    more_known = known > known_warm + _CLEARLY
    fewer_different = different < different_warm - _CLEARLY
    if more_known:
        return "both" if fewer_different else "correct"
    return "repetitive" if fewer_different else "neither"


def _grade_first(run: Run) -> tuple[str, str]:
    when = milestones(run)
    names = {
        "letters": _("letter frequencies"),
        "words": _("half of the words"),
        "beyond": _("better than every count"),
    }
    reached, missed = _("{what}: epoch {epoch}"), _("{what}: not in this run")
    parts = [
        (reached if name in when else missed).format(what=text, epoch=number(when.get(name, 0), 1))
        for name, text in names.items()
    ]
    why = _(
        "For frequencies the output layer's bias is enough; spelling needs the hidden "
        "state, and links across words need it to keep something for a long time. In your "
        "run: {told}."
    ).format(told="; ".join(parts))
    return min(when, key=lambda name: when[name], default="none"), why


def _grade_temperature(run: Run) -> tuple[str, str]:
    writer = of_epoch(run)
    try:
        facts = facts_about(run.config.text_name)
    except Problem:
        facts = None
    if writer is None or facts is None:
        return "both", _("The text or the weights are gone, so this could not be measured here.")
    shares = {}
    for temperature in (_COOL, _WARM):
        text = write(writer, "", _CHARS, temperature, run.config.seed)
        words = list(words_of(text))
        different = len(set(words)) / max(1, len(words))
        known = facts.share_of_known_words(text, MIN_LETTERS)
        shares[temperature] = (float(np.nan_to_num(known)), different)
    parts = [
        _("at {temperature}, {known} exist and {different} are different").format(
            temperature=number(temperature, 1), known=percent(known), different=percent(different)
        )
        for temperature, (known, different) in shares.items()
    ]
    why = _(
        "Cooling favours what is already likely: fewer slips, and the same words again and again. "
        "It adds no knowledge. Of the words in {chars} characters of your network: {told}."
    ).format(chars=_CHARS, told="; ".join(parts))
    return temperature_effect(shares), why


def _first(when: np.ndarray, reached: np.ndarray) -> float | None:
    return float(when[int(np.argmax(reached))]) if np.any(reached) else None


QUESTIONS = (
    Question("voltaire", "first", _grade_first),
    Question("voltaire", "temperature", _grade_temperature),
)
