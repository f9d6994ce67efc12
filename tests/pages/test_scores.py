"""What each lesson's repeated runs are compared by is a score, of which it is known which way."""

import pytest

from core.experiments import experiment
from core.sweeps.metrics import better, main_of
from core.sweeps.results import Result
from tests import recorded
from tests.pages.lesson import engine_fixture, opened
from ui.course import LESSONS
from ui.runs import sections

engine = engine_fixture(recorded.find)


@pytest.mark.slow
@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_compares_by_a_score(lesson, monkeypatch):
    told = {}
    monkeypatch.setattr(
        sections, "repeat", lambda name, _config, metrics: told.update({name: metrics})
    )
    opened(LESSONS[lesson].file)
    for name, metrics in told.items():
        events = recorded.recorded(name, next(iter(recorded.runs(name))))
        result = Result(experiment(name).Config(), events, [0.0] * len(events))
        compared = main_of(list(metrics), [result])
        assert compared and all(better(metric) for metric in compared), compared
