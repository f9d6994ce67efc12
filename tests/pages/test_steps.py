"""Guided steps on a page: they set it, are ticked, and a teacher makes others."""

import pytest
from streamlit.testing.v1 import AppTest

from tests import recorded
from tests.pages.lesson import checked, engine_fixture, opened, url
from ui.course import LESSONS
from ui.steps import read_steps
from ui.texts import lesson_text

engine = engine_fixture(recorded.find)


def follow_all(lesson):
    """Press each step of a lesson: the address holds what it sets and nothing is complained of."""
    at = opened(LESSONS[lesson].file, lang="en")
    complaints = {w.value for w in (*at.warning, *at.error)}
    for i, step in enumerate(read_steps(lesson_text(lesson, "try"))):
        checked(at.button(key=f"steps.{lesson}.{i}").click().run())
        assert step.settings.items() <= url(at).items()
        assert at.button(key=f"steps.{lesson}.{i}").label == f"✓\N{EN SPACE}{step.title}"
        assert any(m.value == step.look for m in at.markdown)
        if not step.settings.keys() & {"draft", "scale"}:  # those are to go wrong
            assert {w.value for w in (*at.warning, *at.error)} <= complaints
    return at


def test_the_steps_of_a_lesson():
    at = follow_all("sequential-data")
    assert url(at) == {"lang": "en", "side": "start"}


@pytest.mark.slow
@pytest.mark.parametrize("lesson", [name for name in LESSONS if name != "sequential-data"])
def test_the_steps_of_the_others(lesson):
    follow_all(lesson)


def test_what_was_set_by_hand_ticks_a_step_too():
    at = opened(LESSONS["cell"].file, lang="en", show="gradients")
    assert at.button(key="steps.cell.4").label.startswith("✓")
    assert at.button(key="steps.cell.0").label.startswith("1")


def looked_for(at, lesson):
    """The steps whose text stands on the page, and what is said of them."""
    steps = read_steps(lesson_text(lesson, "try"))
    texts = [m.value for m in at.markdown]
    others = [c.value for c in at.caption if c.value.startswith("The page has been set otherwise")]
    return [i for i, step in enumerate(steps) if step.look in texts], others


def test_a_step_that_was_set_by_hand_is_the_one_that_is_told():
    at = opened(LESSONS["next-value"].file, lang="en")
    checked(at.button(key="steps.next-value.2").click().run())
    assert looked_for(at, "next-value") == ([2], [])
    checked(at.selectbox(key="next_value.data").set_value("rule").run())
    assert looked_for(at, "next-value") == ([3], [])
    checked(at.button_group(key="next_value.cell").set_value("rnn").run())
    assert looked_for(at, "next-value") == (
        [2],  # that was pressed
        ["The page has been set otherwise since: press the step to set it again."],
    )


def test_a_teacher_makes_steps_that_the_link_holds():
    at = opened(LESSONS["cell"].file, lang="en", cell="gru")
    at.text_input(key="steps.cell.title").set_value("The GRU | now")
    at.text_input(key="steps.cell.look").set_value("One state only")
    checked(at.run())
    checked(at.button(key="steps.cell.add").click().run())
    assert url(at)["steps"] == "The GRU / now|cell=gru&output=linear|One state only"
    again = opened(LESSONS["cell"].file, lang="en", steps=url(at)["steps"])
    checked(again.button(key="steps.cell.0").click().run())
    assert url(again)["cell"] == "gru"
    assert any(m.value == "One state only" for m in again.markdown)
    checked(again.button(key="steps.cell.back").click().run())
    assert "steps" not in url(again)
    assert again.button(key="steps.cell.4").label.endswith("gradient of the last output")


def test_in_class_view_the_steps_are_the_running_order():
    def order():
        from ui.steps import running_order

        running_order("sequential-data")

    at = AppTest.from_function(order)
    at.query_params["view"] = "class"
    assert checked(at.run()).button(key="running_order.before").disabled
    assert at.markdown[0].value == "5 steps to try"
    for _step in range(2):
        checked(at.button(key="running_order.next").click().run())
    assert url(at) == {"view": "class", "kind": "film"}
    assert at.markdown[0].value == "2 of 5 ✓ · **A film**"
    checked(at.button(key="running_order.before").click().run())
    assert url(at) == {"view": "class", "kind": "text"}
    assert at.markdown[0].value.startswith("1 of 5 ✓")
