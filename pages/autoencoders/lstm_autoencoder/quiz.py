"""Two predictions about a run: what a larger code finds, and how many alarms are right."""

import numpy as np

from core.numeric.autoencoders.anomaly import precision_at
from ui.notices import significant
from ui.runs.quiz import Question
from ui.runs.run import Run
from ui.texts import _, number, percent

RARE = 0.01  # of a patient's beats, in the second question
_SAME = 0.005  # areas that differ by less are called the same
_ALMOST_ALL, _FEW = 0.9, 1 / 3


def by_larger_codes(areas: np.ndarray) -> str:
    """What areas under the ROC for 1, 2, ... numbers say, (most,): an answer's name."""
    if areas.max() - areas[-1] > _SAME:
        return "worse"
    return "better" if areas.max() - areas[0] > _SAME else "same"


def _grade_larger(run: Run) -> tuple[str, str]:
    areas = run.epochs[0].arrays["pca_auc_by_k"][1:]
    best = int(areas.argmax())
    why = _(
        "PCA shows it on your beats for every k at once: an area of {first} with k = 1, at "
        "most {best} with k = {k}, and {last} with k = {most}. A code with room to spare "
        "also copies what it was never shown, and its error no longer reveals the abnormal."
    ).format(
        first=number(float(areas[0])),
        best=number(float(areas[best])),
        k=best + 1,
        last=number(float(areas[-1])),
        most=len(areas),
    )
    return by_larger_codes(areas), why


def of_rare_alarms(precision: float) -> str:
    """What a precision says: an answer's name."""
    if precision >= _ALMOST_ALL:
        return "almost_all"
    return "half" if precision >= _FEW else "few"


def _grade_alarms(run: Run) -> tuple[str, str]:
    metrics = run.epochs[-1].metrics
    right = precision_at(metrics["recall"], metrics["false_alarms"], RARE)
    why = _(
        "Of 1,000 beats your network would flag {found} of the 10 abnormal ones, and "
        "{wrong} of the 990 normal ones: {share} of the alarms are right. On the test beats "
        "the precision is {here}, because there nearly every second beat is abnormal. The "
        "area under the ROC, {auc}, knows nothing of how rare they are."
    ).format(
        found=round(1000 * RARE * metrics["recall"]),
        wrong=round(1000 * (1 - RARE) * metrics["false_alarms"]),
        share=percent(right),
        here=percent(metrics["precision"]),
        auc=significant(metrics["auc"]),
    )
    return of_rare_alarms(right), why


QUESTIONS = (
    Question("lstm-autoencoder", "larger", _grade_larger),
    Question("lstm-autoencoder", "alarms", _grade_alarms),
)
