"""Every sentence that people read has its French, with the same fields."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from ui.runs.quiz import read_questions

ROOT = Path(__file__).parents[2]
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
FIELD = re.compile(r"\{(\w*)")


def marked():
    """The messages that the code marks for translation, singular and plural alike."""
    found = set()
    for folder in ("core", "ui", "pages"):
        for _, _, message, _, _ in extract_from_dir(
            ROOT / folder, [("**.py", "python")], keywords=KEYWORDS
        ):
            found |= set(message) if isinstance(message, tuple) else {message}
    for _, _, message, _, _ in extract_from_dir(ROOT, [("app.py", "python")], keywords=KEYWORDS):
        found.add(message)
    return found - {""}


@pytest.fixture(scope="module")
def files():
    """Name of each file -> its pairs of an English sentence and its French."""
    found = {}
    for path in sorted((ROOT / "assets" / "locale" / "fr").glob("*.po")):
        with path.open("rb") as file:
            catalog = read_po(file, locale="fr")
        pairs = found.setdefault(path.name, {})
        for message in catalog:
            if message.id and message.pluralizable:
                pairs.update(zip(message.id, message.string or (), strict=True))
            elif message.id:
                pairs[message.id] = message.string
    return found


@pytest.fixture(scope="module")
def french(files):
    return {message: said for pairs in files.values() for message, said in pairs.items()}


def test_a_sentence_is_translated_in_one_file_only(files):
    where = {}
    for name, pairs in files.items():
        for message in pairs:
            where.setdefault(message, []).append(name)
    assert {message: names for message, names in where.items() if len(names) > 1} == {}


def test_every_marked_sentence_is_translated(french):
    assert sorted(m for m in marked() if not french.get(m)) == []


def test_no_translation_is_left_over(french):
    assert sorted(set(french) - marked()) == []


def test_translations_keep_the_fields(french):
    wrong = [m for m, f in french.items() if set(FIELD.findall(m)) != set(FIELD.findall(f))]
    assert wrong == []


def test_french_typography(french):
    """A no-break space before ; : ! ? and inside « », as French prints it."""
    breakable = re.compile(r"\w ?[;!?](?!\w)|« \S|\S »|\w :")
    quizzes = [f for text in quiz_texts("fr").values() for f in sentences(text)]
    assert [f for f in [*french.values(), *quizzes] if breakable.search(f)] == []


def quiz_texts(language):
    """Lesson -> its questions in a language."""
    found = (ROOT / "assets" / "texts" / language).glob("*/quiz.md")
    return {path.parent.name: read_questions(path.read_text("utf-8")) for path in found}


def sentences(questions):
    """All sentences of a lesson's questions, in order."""
    return [said for text, answers in questions.values() for said in (text, *answers.values())]


def test_questions_are_the_same_in_french():
    english, french = quiz_texts("en"), quiz_texts("fr")
    assert english.keys() == french.keys()
    for lesson, questions in english.items():
        names = {name: list(answers) for name, (_text, answers) in questions.items()}
        assert names == {n: list(answers) for n, (_text, answers) in french[lesson].items()}
        for mine, theirs in zip(sentences(questions), sentences(french[lesson]), strict=True):
            assert set(FIELD.findall(mine)) == set(FIELD.findall(theirs))
            assert mine != theirs or len(mine) < 12  # a name may be the same
