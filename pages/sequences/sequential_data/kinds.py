"""The kinds of sequence of the gallery."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.messages import N_
from pages.sequences.sequential_data.own import own
from pages.sequences.sequential_data.shown import SequenceGallery, Shown
from pages.sequences.sequential_data.signals import economy, film, health, sound, sunspots, weather
from pages.sequences.sequential_data.symbols import clicks, dna, integers, text, vectors


@dataclass(frozen=True)
class Kind:
    """A kind of sequence. name: marked for translation. controls: the fields it uses.

    draw: draws it as it is; returns its array, None if there is nothing yet. Raises Problem.
    """

    name: str
    draw: Callable[[SequenceGallery], Shown | None]
    controls: Sequence[str] = ("example",)


KINDS = {
    "integers": Kind(N_("Whole numbers"), integers),
    "vectors": Kind(N_("Vectors"), vectors),
    "text": Kind(N_("Text"), text, ("sentence",)),
    "dna": Kind(N_("DNA"), dna, ("genes", "example")),
    "sound": Kind(N_("Sound"), sound, ("noise",)),
    "film": Kind(N_("Film"), film, ("shape", "example")),
    "weather": Kind(N_("Weather"), weather),
    "sunspots": Kind(N_("Sunspots"), sunspots),
    "health": Kind(N_("Heartbeats"), health),
    "economy": Kind(N_("Prices"), economy),
    "clicks": Kind(N_("Clicks"), clicks),
    "own": Kind(N_("Your own"), own, ("example",)),
}
