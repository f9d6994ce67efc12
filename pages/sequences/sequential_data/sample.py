"""What is chosen in the gallery, what a kind of sequence gives it to draw, what they share."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.data.sequences.synthetic import SHAPES, SOUNDS
from core.experiments.kit.config import Config, choice, text, whole
from core.messages import N_
from ui.layout import class_view
from ui.texts import _

EXAMPLES = 24
KEY = "sequences.as_it_is"  # of the figure that shows a sequence as it is


@dataclass(frozen=True)
class SequenceGallery(Config):
    """What is looked at within the chosen kind."""

    example: int = whole(
        1, 1, EXAMPLES, N_("Example"), N_("Which sequence of the batch, counted round and round.")
    )
    sentence: str = text(
        "Il faut cultiver notre jardin.", 1, 60, N_("Your sentence"), N_("At most 60 characters.")
    )
    genes: str = choice(
        "promoters",
        {"promoters": N_("Promoters"), "splice": N_("Splice junctions")},
        N_("DNA of"),
        N_(
            "Two data sets of the UCI: does a gene begin here; is this where two pieces of a "
            "gene are joined?"
        ),
    )
    noise: str = choice(
        SOUNDS[0],
        {"chirps": N_("Chirps"), "melody": N_("Melody"), "steps": N_("Steps")},
        N_("Sound"),
        N_("All three are made by this project."),
    )
    shape: str = choice(
        SHAPES[0],
        {"disc": N_("Disc"), "square": N_("Square"), "cross": N_("Cross")},
        N_("Shape"),
        N_("What moves through the film."),
    )
    table: str = text("", 0, 64, N_("Uploaded table"), N_("The fingerprint of your table."))


@dataclass(frozen=True)
class Sample:
    """A kind of sequence, once it has been drawn as it is: the array that is left to draw.

    array: float (time, features) of the example. features: a name each, "" for none. batch: how
    many sequences there are. lengths: those that occur. about: what the numbers are.
    source: whose data they are. texts: for ``array_map``.
    """

    array: np.ndarray
    features: Sequence[str]
    batch: int
    lengths: Sequence[int]
    about: str
    source: str
    texts: Sequence[Sequence[str]] | None = None


def room() -> float:
    """What a chart has of the figure's room: in class view the two stand side by side."""
    return 0.85 if class_view() else 0.45


def made() -> str:
    """Whose data these are: ours."""
    return _("Made by this project, not measured.")


def pick(config: SequenceGallery, count: int) -> int:
    """Index of the example among ``count`` sequences, counted round and round."""
    return (config.example - 1) % count


def start(config: SequenceGallery, length: int, window: int) -> int:
    """Where the example's window begins, the examples spread over the whole series."""
    return (length - window) * (config.example - 1) // (EXAMPLES - 1)


def scaled(array: np.ndarray) -> np.ndarray:
    """Each feature with mean 0 and standard deviation 1."""
    deviation = array.std(0)
    return (array - array.mean(0)) / np.where(deviation > 0, deviation, 1.0)
