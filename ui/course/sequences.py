"""The lesson on what a sequence is."""

from core.messages import N_
from ui.course.lesson import PAGES, Chapter, Lesson

_HERE = PAGES / "sequences"

CHAPTER = Chapter(
    N_("Sequences"),
    N_("Data with an order: what they are, and the array that a network sees of them."),
    (
        Lesson(
            "sequential-data",
            _HERE / "sequential_data" / "page.py",
            N_("Sequential data"),
            N_(
                "Look at words, genes, sounds, weather and your own series as a network does, "
                "and see what padding and masking do to sequences of unequal length."
            ),
            N_("How does a network read what comes one after another?"),
            minutes=10,
            leads=N_(
                "You have seen the array that a network reads. The first thing to ask of a "
                "sequence is what comes next."
            ),
        ),
    ),
)
