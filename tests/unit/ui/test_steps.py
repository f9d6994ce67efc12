"""The guided steps of every lesson can be followed; and no lesson begins with a long text."""

import importlib
import re
from pathlib import Path

import pytest

from core.data.language.expressions import read_expression
from core.data.language.stories import typed
from core.data.sounds.spoken import DIGITS, SPEAKERS
from core.experiments.kit.config import Config
from core.numeric.language.classify.tokens import words
from core.numeric.language.tagging.typed import typed_words
from core.numeric.recurrent.stack.faults import fault
from core.numeric.recurrent.stack.notation import parse
from core.numeric.sound.source_filter import FORMANTS_HZ
from pages.autoencoders.lstm_autoencoder import instrument as lstm_autoencoder
from pages.language.applications.answers import FIELDS
from pages.language.number_words.query import read_query
from pages.language.tagger import networks as tagger_networks
from pages.language.text_class.networks import NAMES
from pages.language.thought_vectors.names import METHODS
from pages.language.translation import sentence as translation_sentence
from pages.sequences.sequential_data.gallery import KINDS
from ui.course import LESSONS
from ui.steps import MOST, MOST_LOOK, MOST_TITLE, read_own, read_steps

TEXTS = Path(__file__).parents[3] / "assets" / "texts"
MOST_WORDS = 120  # before the first thing to try
OF_NO_CONFIG = {  # what the URL of a lesson says beside its settings -> whether it can mean that
    ("sequential-data", "kind"): KINDS.__contains__,
    ("calculator", "ask"): read_expression,
    ("number-words", "number"): lambda value: read_query(value).number is not None,
    ("keras-workbench", "stack"): lambda value: not fault(parse(value)),
    ("keras-workbench", "draft"): lambda value: fault(parse(value)),
    ("thought-vectors", "sentence"): words,
    ("thought-vectors", "by"): METHODS.__contains__,
    ("translation", "sentence"): words,
    ("translation", "from"): lambda value: value in translation_sentence.DEFAULT,
    ("text-class", "sentence"): words,
    ("text-class", "reader"): lambda value: value in NAMES,
    ("tagger", "sentence"): lambda value: typed_words(value, "sequoia"),
    ("tagger", "reader"): tagger_networks.NAMES.__contains__,
    ("question-answering", "story"): typed.story,
    ("question-answering", "question"): typed.question,
    ("spoken-digits", "say"): lambda value: value in DIGITS,
    ("spoken-digits", "by"): lambda value: int(value) < len(SPEAKERS),
    ("spoken-digits", "sound"): lambda value: value in ("voice", "file"),
    ("applications", "sentence"): words,
    ("applications", "field"): FIELDS.__contains__,
    ("applications", "text"): str.isdecimal,
    ("applications", "vowel"): FORMANTS_HZ.__contains__,
    ("applications", "voice"): lambda value: value in ("low", "high"),
    ("applications", "rows"): lambda value: value in ("guessed", "all"),
    ("sparse-autoencoder", "digit"): str.isdecimal,
    ("lstm-autoencoder", "beat"): lstm_autoencoder._BEATS.__contains__,
    ("lstm-autoencoder", "cut"): lstm_autoencoder._CUT.__contains__,
}


def text(language, lesson, part):
    return (TEXTS / language / lesson / f"{part}.md").read_text("utf-8")


def specs(lesson):
    """The fields of all settings of a lesson's page: name -> its class."""
    folder = LESSONS[lesson].file.parent
    root = folder.parents[2]
    found = {}
    for file in sorted(folder.rglob("*.py")):
        if file.name != "page.py":
            module = ".".join(file.relative_to(root).with_suffix("").parts)
            values = vars(importlib.import_module(module.removesuffix(".__init__"))).values()
            classes = [v for v in values if isinstance(v, type) and issubclass(v, Config)]
            found |= {name: cls for cls in classes for name in cls.specs()}
    return found


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_step_sets_what_the_page_has_and_nothing_that_stands_there_already(lesson):
    known = specs(lesson)
    steps = read_steps(text("en", lesson, "try"))
    assert 3 <= len(steps) <= 7
    for step in steps:
        for name, value in step.settings.items():
            if (lesson, name) in OF_NO_CONFIG:
                assert OF_NO_CONFIG[lesson, name](value), (name, value)
                continue
            parsed = known[name].parse_field(name, value)
            assert parsed != known[name].defaults()[name], (name, value)
            spelled = str(parsed).lower() if isinstance(parsed, bool) else str(parsed)
            assert spelled == value, "as the URL spells it, so that the step is known again"
    assert len({step.key for step in steps}) == len(steps)


@pytest.mark.parametrize("lesson", LESSONS)
def test_steps_are_the_same_in_french_and_say_what_to_look_for(lesson):
    english, french = (read_steps(text(language, lesson, "try")) for language in ("en", "fr"))
    assert [step.settings for step in english] == [step.settings for step in french]
    assert [step.key for step in english] == [step.key for step in french]
    breakable = re.compile(r"\w ?[;!?](?!\w)|« \S|\S »|\w :")
    for mine, theirs in zip(english, french, strict=True):
        assert mine.look and theirs.look and mine.title != theirs.title
        assert len(mine.title) <= 60 and len(theirs.title) <= 60
        assert not breakable.search(theirs.title + theirs.look)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("lesson", LESSONS)
def test_few_words_come_before_the_first_thing_to_try(lesson, language):
    words = re.sub(r"\$\$.*?\$\$", "", text(language, lesson, "intro"), flags=re.DOTALL)
    words = re.findall(r"\w[\w’'-]*", re.sub(r"\$[^$]*\$", "x", words))
    assert len(words) <= MOST_WORDS


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_folded_has_a_title(language):
    parts = sorted((TEXTS / language).glob("*/more.md"))
    assert {p.parent.name for p in parts} == {
        p.parent.name for p in (TEXTS / "en").glob("*/more.md")
    }
    assert all(p.read_text("utf-8").startswith("# ") for p in parts)


def test_a_teachers_steps_are_read_from_a_link():
    value = "Open it|forget_gate=3.0&scale=1.5|The curve rises\nBack\n"
    first, second = read_own(value)
    assert (first.title, first.look) == ("Open it", "The curve rises")
    assert first.settings == {"forget_gate": "3.0", "scale": "1.5"}
    assert (second.title, second.settings, second.look) == ("Back", {}, "")
    assert first.key != second.key


def test_a_teachers_words_become_no_markup_and_their_link_sets_no_other_page():
    (step,) = read_own("<b>[x](y)</b>|lang=fr&job=7&steps=a&units=3|*look*")
    assert step.title == r"\<b\>\[x\]\(y\)\<\/b\>"
    assert step.look == r"\*look\*"
    assert step.settings == {"units": "3"}


def test_a_link_with_too_much_is_cut_off():
    long = "\n".join(["a" * 500 + "||" + "b" * 500] * 40)
    steps = read_own(long)
    assert len(steps) == MOST
    assert {len(step.title) for step in steps} == {MOST_TITLE}
    assert {len(step.look) for step in steps} == {MOST_LOOK}
    assert read_own("title|" + "x" * 10_000) == ()
    assert read_own("||\n \n") == ()
