"""What the figures of words show of what they are given."""

from typing import Any

import numpy as np

from core.figures.language.embeddings import (
    candidate_scores,
    pulls_and_pushes,
    space_scores,
    word_map,
)
from core.figures.style import Look

LOOK = Look("light", "Words", alt="Three words on a plane")
POINTS = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])


def test_a_map_writes_out_what_is_named_and_sizes_words_by_frequency():
    figure: Any = word_map(
        LOOK, ["de", "roi", "zadig"], POINTS, np.array([1000, 10, 1]), named=[1], path=[1, 2]
    )
    everything, line, named = figure.data
    assert list(everything.text) == ["de", "roi", "zadig"] and list(named.text) == ["roi"]
    assert everything.marker.size[0] == 22 and everything.marker.size[2] == 5
    assert list(line.x) == [2, 4] and list(line.y) == [3, 5]
    assert figure.layout.meta["alt"] == "Three words on a plane"
    lonely: Any = word_map(LOOK, ["a"], POINTS[:1], np.array([7]))
    assert len(lonely.data) == 1


def test_arrows_begin_at_their_words():
    moves = np.array([[1.0, 0], [0, -1], [0.5, 0.5]])
    figure: Any = pulls_and_pushes(
        LOOK, ["roi", "règne", "pain"], POINTS, moves, [True] * 2 + [False]
    )
    ends = [(a.ax, a.ay, a.x, a.y) for a in figure.layout.annotations]
    assert ends == [(0, 1, 1, 1), (2, 3, 2, 2), (4, 5, 4.5, 5.5)]
    near, drawn = (figure.layout.annotations[i].arrowcolor for i in (1, 2))
    assert near == LOOK.accent and drawn == LOOK.quiet


def test_the_expected_answer_stands_out_and_the_question_stands_back():
    figure: Any = candidate_scores(
        LOOK, [("roi", 0.9), ("reine", 0.8), ("pain", 0.1)], right="reine", asked=["roi"]
    )
    (bars,) = figure.data
    assert list(bars.y) == ["roi", "reine", "pain"] and list(bars.text) == ["0.90", "0.80", "0.10"]
    assert list(bars.marker.color) == [LOOK.grid, LOOK.accent, LOOK.quiet]


def test_spaces_are_bars_side_by_side():
    scores = {"skip-gram": {"analogies": 0.1}, "PPMI": {"analogies": 0.25}}
    figure: Any = space_scores(LOOK, scores, network="skip-gram", chance=0.2)
    ours, counted = figure.data
    assert list(ours.y) == [10] and list(counted.y) == [25]
    assert (ours.marker.color, counted.marker.color) == (LOOK.accent, LOOK.quiet)
    assert figure.layout.shapes[0].y0 == 20
