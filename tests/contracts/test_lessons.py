"""Every lesson keeps the contract of a page: both languages, and every setting in its address."""

import pytest
from streamlit.testing.v1.element_tree import Widget

from core.experiments.kit.config import Config
from tests import recorded
from tests.by_day import by_day
from tests.pages.lesson import checked, engine_fixture, opened, url
from ui.course import LESSONS

# By day every third; each lesson's own tests read its page in both languages.
BY_DAY = list(LESSONS)[::3]
NOT_HERE = ("data", "corpus", "text_name", "sweep")  # another value may need what is not here

engine = engine_fixture(recorded.find)


def widgets(at):
    """The page's widgets by key."""
    return {node.key: node for node in at.main if isinstance(node, Widget) and node.key}


def settings(at):
    """The fields that have a widget here: its key -> (the field's name, its Spec, its default)."""
    shown, found = widgets(at), {}
    for config in _configs(Config):
        for name, spec in config.specs().items():
            key = f"{config.scope()}.{name}"
            if key in shown and f"{config.scope()}.controls" in at.session_state:
                found[key] = name, spec, config.defaults()[name]
    return found


def _configs(base):
    for config in base.__subclasses__():
        yield config
        yield from _configs(config)


def other(spec, default):
    """A value of a field that is not its default."""
    match spec.kind:
        case "int" | "float":
            return spec.high if default == spec.low else spec.low
        case "choice":
            return next(option for option in spec.options if option != default)
        case "bool":
            return not default
        case _:
            return default


def check_languages(lesson):
    """The page's widgets are the same in French, with words of their own."""
    english, french = (opened(lesson.file, lang=lang) for lang in ("en", "fr"))
    assert widgets(english).keys() == widgets(french).keys()
    labels = [{node.label for node in widgets(at).values()} for at in (english, french)]
    assert not labels[0] or labels[0] != labels[1]
    words = [{m.value for m in at.markdown if len(m.value) > 200} for at in (english, french)]
    assert words[0] and words[0] - words[1]
    return english


def check_address(lesson, at):
    """Each setting goes from its widget to the address, and from there to the widget again."""
    known = settings(at)
    names = [name for name, _spec, _default in known.values()]
    assert len(set(names)) == len(names), "two settings of a page share a parameter"
    for key, (name, spec, default) in known.items():
        if name not in NOT_HERE:
            widgets(at)[key].set_value(other(spec, default))
    checked(at.run())
    stand = {key: widgets(at)[key].value for key in known if key in widgets(at)}
    for key, value in stand.items():  # a setting may have moved another
        name, _spec, default = known[key]
        assert url(at).get(name, str(default)).lower() == str(value).lower()
    again = opened(lesson.file, **url(at))
    assert {key: widgets(again)[key].value for key in stand} == stand
    assert url(again) == url(at)
    for reset in [key for key in widgets(again) if key.endswith(".reset")]:
        checked(widgets(again)[reset].click().run())
        own = [known[key][0] for key in stand if key.startswith(reset.removesuffix("reset"))]
        assert not {name for name in own if name not in NOT_HERE} & url(again).keys()


def check_fields(at):
    """None has Streamlit's limit, which swallows what is pasted without a word: see ``cut``."""
    assert not any(field.max_chars for field in (*at.text_input, *at.text_area))


def check_lesson(name):
    """All that any page must do."""
    lesson = LESSONS[name]
    at = check_languages(lesson)
    check_fields(at)
    check_address(lesson, at)


@pytest.mark.parametrize("name", by_day(BY_DAY, LESSONS))
def test_a_page_keeps_its_promises(name):
    check_lesson(name)
