"""What the figures of words show of what they are given."""

from typing import Any

from core.figures.language.embeddings import leaning_words, space_scores
from core.figures.style import Look

LOOK = Look("light", "Words", alt="Words between two sides")


def test_words_lean_in_their_order_with_a_marker_for_each_kind():
    figure: Any = leaning_words(
        LOOK, [("savant", "masculine", -0.4), ("élève", "either", 0.0)], usual=0.1
    )
    his, either = figure.data
    assert (list(his.x), list(his.y), his.name) == ([-0.4], ["savant"], "masculine")
    assert (list(either.x), list(either.y)) == ([0.0], ["élève"])
    assert his.marker.symbol != either.marker.symbol
    assert list(figure.layout.yaxis.categoryarray) == ["élève", "savant"]  # the first on top
    band, _zero = figure.layout.shapes
    assert (band.x0, band.x1) == (-0.1, 0.1)
    assert figure.layout.meta["alt"] == "Words between two sides"


def test_spaces_are_bars_side_by_side():
    scores = {"skip-gram": {"analogies": 0.1}, "PPMI": {"analogies": 0.25}}
    figure: Any = space_scores(LOOK, scores, network="skip-gram", chance=0.2)
    ours, counted = figure.data
    assert list(ours.y) == [10] and list(counted.y) == [25]
    assert (ours.marker.color, counted.marker.color) == (LOOK.accent, LOOK.quiet)
    assert figure.layout.shapes[0].y0 == 20
