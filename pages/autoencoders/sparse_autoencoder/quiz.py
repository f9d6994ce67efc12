"""Two predictions about a run, graded by how many of its units fire, and for which classes."""

import numpy as np

from core.numeric.autoencoders.sparsity import classes_of_units
from ui.notices import significant
from ui.runs.quiz import Question
from ui.runs.run import Run
from ui.texts import _, number, percent

_FEW = 0.3  # of the living units, firing for an image on average
_MOSTLY_DEAD = 0.5  # of all units
_ALMOST_ALL = 0.8  # of the classes, for which a unit of all classes fires
_ONE = 1.25  # classes a unit on average, of units that have a class each


def use_of_units(active: float, dead: int, units: int) -> str:
    """What the mean number of active units and the dead ones say: an answer's name."""
    if dead > _MOSTLY_DEAD * units:
        return "dead"
    return "few" if active <= _FEW * (units - dead) else "copy"


def _grade_copy(run: Run) -> tuple[str, str]:
    metrics, units = run.epochs[-1].metrics, run.config.latent_dim
    active, dead = float(metrics["active_units"]), int(metrics["dead_units"])
    answer = use_of_units(active, dead, units)
    why = _(
        "In your run {active} of {units} units fire for a held-out image on average, and {dead} "
        "are dead; its error is {mse}."
    ).format(
        active=number(active, 1), units=units, dead=dead, mse=significant(float(metrics["mse"]), 3)
    )
    if answer == "copy":
        why += " " + _(
            "That is many: without a penalty, or with little, it nearly copies. Increase λ."
        )
    elif answer == "few":
        why += " " + _(
            "What makes the code narrow is not its size but the cost of each unit that "
            "fires: it pays to have many atoms to choose from, and to choose few."
        )
    else:
        why += " " + _(
            "The penalty was so heavy that a silenced unit found no way back: where ReLU is "
            "0, so is its gradient."
        )
    return answer, why


def kind_of_units(rates: np.ndarray) -> str:
    """What firing rates by class, (units, classes), say of the living units: an answer's name."""
    counts = classes_of_units(rates)
    mean = float(counts[counts > 0].mean()) if counts.any() else 0.0
    if mean <= _ONE:
        return "one"
    return "all" if mean >= _ALMOST_ALL * rates.shape[1] else "some"


def _grade_classes(run: Run) -> tuple[str, str]:
    rates = run.epochs[-1].arrays["class_firing"]
    counts = classes_of_units(rates)
    living = counts[counts > 0]
    answer = kind_of_units(rates)
    why = _(
        "A unit of your run fires for {mean} of {classes} classes on average, if a class counts "
        "for which it fires at least half as often as for its best; {share} of the units have one "
        "class alone."
    ).format(
        mean=number(float(living.mean()) if len(living) else 0.0, 1),
        classes=rates.shape[1],
        share=percent(float((living == 1).mean()) if len(living) else 0.0),
    )
    if answer == "some":
        why += " " + _(
            "No label was seen: an atom is a stroke, and digits share strokes. Several atoms "
            "together make a digit."
        )
    return answer, why


QUESTIONS = (
    Question("sparse-autoencoder", "copy", _grade_copy),
    Question(
        "sparse-autoencoder",
        "classes",
        _grade_classes,
        applies=lambda run: run.epochs[0].arrays["class_firing"].shape[1] > 1,
    ),
)
