"""What a first visit of a lesson brings down the line, in a real Chromium."""

import pytest

from benchmarks.line import line
from benchmarks.weight import LIMIT_BYTES, first_visit
from ui.course import LESSONS

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_first_visit_is_light_and_nothing_is_asked_for_in_vain(app, chromium, lesson):
    with line(app.url) as wide:
        visit = first_visit(chromium, wide, lesson)
    assert visit.refused == 0
    assert visit.down_bytes <= LIMIT_BYTES
