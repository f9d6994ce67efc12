"""The course: its chapters, and in each the lessons that exist."""

from collections.abc import Iterator

from ui.course import autoencoders, language, recurrent, sequences
from ui.course.lesson import PAGES, Chapter, Lesson
from ui.texts import _

__all__ = ["CHAPTERS", "LESSONS", "Chapter", "Lesson", "demands", "parts"]

CHAPTERS = (sequences.CHAPTER, recurrent.CHAPTER, language.CHAPTER, autoencoders.CHAPTER)
LESSONS = {lesson.name: lesson for chapter in CHAPTERS for lesson in chapter.lessons}


def demands(lesson: Lesson) -> str:
    """What a lesson takes of its reader, in a few words: the time, and the lessons before it."""
    words = _("about {minutes} minutes").format(minutes=lesson.minutes)
    if not lesson.needs:
        return words
    needed = ", ".join(_(LESSONS[name].title) for name in lesson.needs)
    return words + " · " + _("builds on {lessons}").format(lessons=needed)


def parts() -> Iterator[str]:
    """The modules of all lessons, but for the pages, which are scripts."""
    for file in sorted(PAGES.rglob("*.py")):
        if file.name not in ("page.py", "__init__.py"):
            yield ".".join(("pages", *file.relative_to(PAGES).with_suffix("").parts))
