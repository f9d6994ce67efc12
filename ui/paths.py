"""Ways through the course: lessons to take one after the other."""

from dataclasses import dataclass

from core.messages import N_
from ui.course import LESSONS, Lesson


@dataclass(frozen=True)
class CoursePath:
    """Lessons to take one after the other. title: English, marked; lessons: their names."""

    title: str
    lessons: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """What all of them take."""
        return sum(LESSONS[name].minutes for name in self.lessons)


PATHS = {
    "recurrent": CoursePath(
        N_("One hour: recurrent networks"), ("cell", "gradient-flow", "long-memory")
    ),
    "autoencoders": CoursePath(
        N_("One hour: autoencoders"),
        ("linear-autoencoder", "autoencoder", "variational-autoencoder"),
    ),
    "language": CoursePath(
        N_("Language"),
        (
            "word-embeddings",
            "thought-vectors",
            "calculator",
            "number-words",
            "translation",
            "text-class",
            "tagger",
            "question-answering",
            "spoken-digits",
            "voltaire",
            "applications",
        ),
    ),
    "slides": CoursePath(
        N_("All of it, in the order of the slides"),
        (
            "sequential-data",
            "sequence-class",
            "next-value",
            "discover-patterns",
            "cell",
            "gradient-flow",
            "long-memory",
            "word-embeddings",
            "thought-vectors",
            "text-class",
            "tagger",
            "spoken-digits",
            "number-words",
            "translation",
            "question-answering",
            "applications",
            "keras-workbench",
            "voltaire",
            "calculator",
            "linear-autoencoder",
            "autoencoder",
            "denoising-autoencoder",
            "sparse-autoencoder",
            "variational-autoencoder",
            "lstm-autoencoder",
        ),
    ),
}  # by the name that the URL has for it


def neighbours(name: str, path: str = "") -> tuple[Lesson | None, Lesson | None]:
    """The lessons before and after this one, on a path or else in the order of the course."""
    names = list(LESSONS)
    if path in PATHS and name in PATHS[path].lessons:
        names = list(PATHS[path].lessons)
    at = names.index(name)
    before, after = names[:at][-1:], names[at + 1 : at + 2]
    return (LESSONS[before[0]] if before else None, LESSONS[after[0]] if after else None)
