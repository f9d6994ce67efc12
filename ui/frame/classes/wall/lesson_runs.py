"""The runs of a class in one lesson, and what is said of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from core.classes.together import Standing, latest, standing
from core.messages import N_
from core.store.classes.wall import ClassRun
from ui.frame.work.measures import Measure, experiment_of
from ui.notices import significant
from ui.texts import _, number, say

STATES = {
    "waiting": N_("waiting"),
    "under way": N_("under way"),
    "finished": N_("finished"),
    "stopped": N_("stopped early"),
    "failed": N_("failed"),
}


@dataclass(frozen=True)
class LessonRuns:
    """Runs of one lesson, one or more. anonymous: numbers stand for pseudonyms."""

    runs: Sequence[ClassRun]
    experiment: str
    measure: Measure
    anonymous: bool

    @classmethod
    def of(cls, runs: Sequence[ClassRun], lesson: str, anonymous: bool) -> "LessonRuns | None":
        """Those among ``runs`` that are of a lesson; None where there are none."""
        found = experiment_of(lesson)
        its = [run for run in runs if run.lesson == lesson]
        return cls(its, *found, anonymous) if found and its else None

    @property
    def shown(self) -> list[ClassRun]:
        """Each student's latest run."""
        return latest(self.runs)

    @property
    def label(self) -> str:
        """What the metric of the curves is called."""
        return self.measure.label

    @property
    def capital_label(self) -> str:
        """The same at the beginning of a sentence."""
        return self.label[:1].upper() + self.label[1:]

    @cached_property
    def stand(self) -> Standing:
        """How the students' latest runs stand."""
        return standing(self.shown, self.measure.lower)

    @property
    def summary(self) -> str:
        """How many runs have ended, and what the middle of all has reached."""
        stand = self.stand
        counted = _("Runs that have ended: {finished} of {total}.").format(
            finished=stand.finished, total=stand.total
        )
        if stand.quartiles is None:
            return counted
        low, middle, high = map(significant, stand.quartiles)
        words = _("{measure}: median {median}, the middle half from {low} to {high}.")
        return f"{counted} " + words.format(
            measure=self.capital_label, median=middle, low=low, high=high
        )

    @property
    def remarkable(self) -> list[tuple[ClassRun, str]]:
        """The best and the strangest run, where there are such, each with a sentence on it."""
        stand, found = self.stand, []
        if stand.best:
            words = _("★ Best: {name}, {value}.")
            value = significant(stand.best_value)
            found.append((stand.best, words.format(name=self.called(stand.best), value=value)))
        if stand.strangest:
            words = _(
                "◆ Strangest: {name}. Its curve is farthest from the median of all: on average "
                "{distance} robust standard deviations."
            )
            far = number(stand.distance, 1)
            found.append(
                (stand.strangest, words.format(name=self.called(stand.strangest), distance=far))
            )
        return found

    @property
    def failures(self) -> list[str]:
        """Why runs have failed, in a sentence each, and whose they were."""
        names: dict[str, list[str]] = {}
        for run in self.shown:
            if run.failure:
                names.setdefault(say(run.failure), []).append(self.called(run))
        words = _("✗ Failed: {names}. {why}")
        return [words.format(names=", ".join(whose), why=why) for why, whose in names.items()]

    def sign(self, run: ClassRun) -> str:
        """The sign of the best run and of the strangest, "" for others."""
        return "★" if run is self.stand.best else "◆" if run is self.stand.strangest else ""

    def called(self, run: ClassRun) -> str:
        """What a run's student is called."""
        return _("Student {number}").format(number=run.pupil) if self.anonymous else run.pseudonym


def logarithmic(label: str) -> str:
    """The label of an axis that counts in powers of ten."""
    return f"{label} ({_('logarithmic')})"
