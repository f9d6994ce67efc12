"""The kinds of sequence of the gallery."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.messages import N_
from ui.lessons.sequences_own import own
from ui.lessons.sequences_shown import Gallery, Shown
from ui.lessons.sequences_signals import economy, film, health, sound, sunspots, weather
from ui.lessons.sequences_symbols import clicks, dna, integers, text, vectors


@dataclass(frozen=True)
class Kind:
    """A kind of sequence. name: marked for translation. controls: fields of Gallery it uses.

    draw: draws it as it is; returns its array, None if there is nothing yet. Raises Problem.
    """

    name: str
    draw: Callable[[Gallery], Shown | None]
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
