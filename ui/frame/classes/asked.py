"""A question of a class in the reader's language: a lesson's stand in its texts."""

from importlib import import_module

from core.store.classes.clicker import NUMBER, Question
from ui.course import LESSONS
from ui.notices import plain
from ui.runs import quiz
from ui.runs.quiz import read_questions
from ui.texts import has_text, lesson_text


def words_of(question: Question) -> tuple[str, dict[str, str]]:
    """The question and its answers by their values, both Markdown; a number has no answers."""
    if not question.lesson:
        answers = {str(at): plain(words) for at, words in enumerate(question.choices)}
        return plain(question.text), {} if question.kind == NUMBER else answers
    text, options = of_lesson(question.lesson).get(question.name, (plain(question.name), {}))
    return text, {name: options.get(name, plain(name)) for name in question.choices}


def plain_words_of(question: Question) -> tuple[str, dict[str, str]]:
    """The same as plain text."""
    if question.lesson:
        text, options = words_of(question)
        return text.replace("*", ""), {v: words.replace("*", "") for v, words in options.items()}
    answers = {str(at): words for at, words in enumerate(question.choices)}
    return question.text, {} if question.kind == NUMBER else answers


def of_lesson(lesson: str) -> dict[str, tuple[str, dict[str, str]]]:
    """A lesson's questions: name -> question, answers."""
    return read_questions(lesson_text(lesson, "quiz")) if has_text(lesson, "quiz") else {}


def graded(question: Question) -> quiz.Question | None:
    """The lesson's question, which a run can grade; None where it is none of those."""
    lesson = LESSONS.get(question.lesson)
    if lesson is None or not lesson.file.with_name("quiz.py").is_file():
        return None
    chapter, room = lesson.file.parts[-3:-1]
    of_runs = getattr(import_module(f"pages.{chapter}.{room}.quiz"), "QUESTIONS", ())
    return next((one for one in of_runs if one.name == question.name), None)
