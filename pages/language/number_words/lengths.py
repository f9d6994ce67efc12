"""Right answers by the length of a number in words."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from core.experiments.number_words.run import letters_of, unseen
from core.figures.language.number_words import ByLength, right_by_length
from ui.components.charts import live_plot, look
from ui.texts import _, percent


@lru_cache
def group_counts(spelling: str) -> dict[str, int]:
    """How many of the numbers that nobody learns from are in each group, shortest first."""
    groups, counts = np.unique(letters_of(unseen(), spelling), return_counts=True)
    counts_by_group = dict(zip(groups.tolist(), counts.tolist(), strict=True))
    return dict(sorted(counts_by_group.items(), key=lambda item: int(item[0].partition("-")[0])))


def draw_by_length(
    lines: Sequence[ByLength], counts: Mapping[str, int], title: str, *, key: str, height: int
):
    """Draws the shares of right answers over the numbers that there are of each length."""
    parts = [
        f"{line.name}: " + ", ".join(f"{g} {percent(s, 1)}" for g, s in line.shares.items())
        for line in lines
    ]
    figure = right_by_length(
        look(title, _("letters of the number in words"), _("Right answers")),
        lines,
        counts,
        numbers_name=_("numbers"),
    )
    live_plot(figure, key=key, alt=f"{title}. " + "; ".join(parts), height=height)
