"""Two predictions about a run, graded by what that run did."""

import math
from collections.abc import Mapping

import numpy as np

from core.experiments.calculator.run import questions_of
from pages.language.calculator.epoch import at_epoch
from ui.runs.quiz import CHANCE, Question, standard_error
from ui.runs.run import Run
from ui.texts import _, number, percent

_LEAST = 30  # questions of a kind, below which its share says too little
_KNOWN = 0.9  # of a digit: from this share on it counts as learned


def right_by_kind(run: Run) -> dict[str, np.ndarray]:
    """Of three kinds of test questions which are right at the end of the run, bool (questions,).

    "carries": those with two carries or more; "long": both operands as long as the operation has
    them, with a carry at most; "short": two single digits. A kind of fewer than ``_LEAST``
    questions, or of all of them, is missing.
    """
    arrays = run.epochs[-1].arrays
    asked, right = questions_of(arrays), arrays["right"]
    lengths, carries = asked.lengths(), asked.carries()
    longest = np.zeros(len(asked), int)
    for operation in np.unique(asked.operation):
        of = asked.operation == operation
        longest[of] = lengths[of].max()
    kinds = {
        "carries": carries > 1,
        "long": (lengths == longest[:, None]).all(1) & (carries <= 1),
        "short": (lengths == 1).all(1),
    }
    return {
        name: right[some] for name, some in kinds.items() if some.sum() >= _LEAST and not some.all()
    }


def hardest(right: Mapping[str, np.ndarray]) -> str:
    """The kind that is worst, "even" if its distance from the best may be chance."""
    if len(right) < 2:
        return "even"
    worst, *_others, best = sorted(right, key=lambda kind: right[kind].mean())
    errors = [standard_error(float(right[kind].mean()), len(right[kind])) for kind in (worst, best)]
    distance = right[best].mean() - right[worst].mean()
    return worst if distance > CHANCE * math.hypot(*errors) else "even"


def _grade_last(run: Run) -> tuple[str, str]:
    right = right_by_kind(run)
    names = {
        "carries": _("two carries or more"),
        "long": _("longest numbers, a carry at most"),
        "short": _("two single digits"),
    }
    parts = "; ".join(
        f"{names[kind]} {percent(float(of.mean()), 1)} (n = {number(len(of), 0)})"
        for kind, of in right.items()
    )
    whys = {
        "carries": _("Here it has not quite learned to pass a carry from column to column."),
        "long": _(
            "Long numbers have the most columns, and all of them have to be right at once; "
            "a carry by itself costs it little."
        ),
        "short": _(
            "Short questions are few: it has met nearly all those it may learn from, and "
            "can know them by heart without the rule that the held-out ones need."
        ),
        "even": _("At this point no kind of question is harder than chance would explain."),
    }
    kind = hardest(right)
    return kind, whys[kind] + " " + _("Right in your run: {told}.").format(told=parts)


def digits_learned(run: Run) -> dict[str, list[float]]:
    """Epoch by epoch the share of answers whose units are right, and whose leading digit is.

    Only results of at least two digits count; an answer of another length has a wrong leading
    digit.
    """
    by_digit: dict[str, list[float]] = {"units": [], "leading": []}
    for epoch in run.epochs:
        if "answers" not in epoch.arrays:
            continue
        _questions, written, true = at_epoch(run, epoch)
        pairs = [(w, t) for w, t in zip(written, true, strict=True) if len(t.lstrip("-")) > 1]
        units = [w[-1:] == t[-1] for w, t in pairs]
        leading = [len(w) == len(t) and w.lstrip("-")[:1] == t.lstrip("-")[0] for w, t in pairs]
        by_digit["units"].append(float(np.mean(units)) if pairs else 0.0)
        by_digit["leading"].append(float(np.mean(leading)) if pairs else 0.0)
    return by_digit


def first_learned(shares: Mapping[str, list[float]]) -> str:
    """The digit that reached nine in ten first: "units", "leading", "together" or "neither"."""
    known = {name: np.flatnonzero(np.array(of) >= _KNOWN) for name, of in shares.items()}
    when = {name: int(epochs[0]) for name, epochs in known.items() if len(epochs)}
    if not when:
        return "neither"
    if len(when) == 2 and when["units"] == when["leading"]:
        return "together"
    return min(when, key=lambda name: when[name])


def _grade_digit(run: Run) -> tuple[str, str]:
    shares = digits_learned(run)
    epochs = [e.epoch for e in run.epochs if "answers" in e.arrays]
    names = {"units": _("the units"), "leading": _("the leading digit")}
    parts = []
    for name, of in shares.items():
        there = [epoch for epoch, share in zip(epochs, of, strict=True) if share >= _KNOWN]
        part = _("{digit} by epoch {epoch}") if there else _("{digit} never, at last {share}")
        parts.append(
            part.format(digit=names[name], epoch=min(there, default=0), share=percent(of[-1]))
        )
    why = _(
        "The last digit of a result depends on two digits only, a table of a hundred "
        "entries; the leading one depends on every column after it, through the carries, "
        "and on the length. Nine in ten were right: {told}."
    ).format(told="; ".join(parts))
    if not run.config.units_first:
        why += " " + _("This network even had to write the leading digit first.")
    return first_learned(shares), why


QUESTIONS = (
    Question("calculator", "last", _grade_last),
    Question("calculator", "digit", _grade_digit),
)
