"""The map of passages: chapters are colours, what was found is ringed and numbered."""

from typing import Any

import numpy as np

from core.figures.language.thoughts import passage_map
from core.figures.style import Look

LOOK = Look("light", "Passages", alt="Three passages on a plane")
POINTS = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])


def test_what_was_found_is_ringed_by_its_rank_and_the_question_has_a_star():
    figure: Any = passage_map(
        LOOK,
        POINTS,
        np.array([1, 1, 2]),
        ["first", "second", "third"],
        named=[2, 0],
        asked=np.array([1.0, 1.5]),
        asked_name="your sentence",
        bar_title="chapter",
    )
    everything, found, asked = figure.data
    assert list(everything.marker.color) == [1, 1, 2] and list(everything.x) == [0, 2, 4]
    assert everything.marker.colorbar.title.text == "chapter"
    assert list(found.x) == [4, 0] and list(found.text) == ["1", "2"]
    assert list(found.customdata) == ["third", "first"]
    assert (asked.x[0], asked.y[0]) == (1.0, 1.5)
    assert figure.layout.annotations[0].text == "your sentence"


def test_without_a_question_there_are_passages_alone():
    figure: Any = passage_map(LOOK, POINTS, np.zeros(3, int), ["a", "b", "c"])
    assert len(figure.data) == 1 and not figure.layout.annotations
