import numpy as np
import pytest

from core.numeric.language.unit_finder import (
    PROPERTIES,
    balanced_accuracy,
    find_units,
    inside_matches,
)

TEXT = "Le roi dit: «Oui, Candide.»\nIl alla voir Pangloss et «la belle» dame.\n" * 30


def labels_of(name, text=TEXT):
    return inside_matches(PROPERTIES[name][1], text)


def where(name, text):
    return "".join("x" if holds else "." for holds in labels_of(name, text))


def test_properties_by_hand():
    assert where("in_quotes", "a «b c» d") == "..xxxx..."
    assert where("line_end", "ab\nc\n") == ".x.x."
    assert where("line_start", "a" * 22 + "\nbc") == "x" * 20 + "...xx"
    assert where("word_end", "le roi, a") == ".x...x..x"
    assert where("in_name", "Le roi d'Espagne É") == "xx.......xxxxxxx.x"
    assert where("vowel_next", "le été\nA") == "x.x.x.x."


def test_balanced_accuracy_by_hand():
    labels = np.array([True, True, True, True, False, False])
    predicted = np.array([True, True, True, False, True, False])
    assert balanced_accuracy(predicted, labels) == pytest.approx((3 / 4 + 1 / 2) / 2)


def test_planted_units_are_found():
    rng = np.random.default_rng(0)
    activations = rng.normal(size=(len(TEXT), 40)).astype(np.float32)
    quotes, ends = map(labels_of, ("in_quotes", "word_end"))
    activations[:, 7] = np.where(quotes, 0.5, -0.5) + rng.normal(scale=0.05, size=len(TEXT))
    activations[:, 30] = np.where(ends, -0.8, 0.1) + rng.normal(scale=0.05, size=len(TEXT))
    found = {finding.property: finding for finding in find_units(TEXT, activations)}
    assert (found["in_quotes"].unit, found["in_quotes"].above) == (7, True)
    assert (found["word_end"].unit, found["word_end"].above) == (30, False)
    assert found["in_quotes"].balanced_accuracy > 0.999
    assert -0.5 < found["in_quotes"].threshold < 0.5
    assert found["in_quotes"].share == pytest.approx(quotes[len(TEXT) // 2 :].mean())
    predicted = activations[:, 30] <= found["word_end"].threshold
    assert balanced_accuracy(predicted, ends) > 0.999


def test_units_that_know_nothing_score_at_chance():
    activations = np.random.default_rng(1).normal(size=(len(TEXT), 300))
    for finding in find_units(TEXT, activations):
        assert finding.balanced_accuracy == pytest.approx(0.5, abs=0.12)


def test_a_unit_is_judged_on_the_half_that_did_not_choose_it():
    quotes = labels_of("in_quotes")
    half = len(TEXT) // 2
    activations = np.where(quotes, 1.0, -1.0)[:, None]
    activations[half:] *= -1
    found = {finding.property: finding for finding in find_units(TEXT, activations)}
    assert found["in_quotes"].balanced_accuracy == 0


def test_the_best_told_property_comes_first():
    scores = [
        f.balanced_accuracy
        for f in find_units(TEXT, np.random.default_rng(2).random((len(TEXT), 9)))
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == len(PROPERTIES)


def test_constant_units_have_no_threshold():
    for finding in find_units(TEXT, np.ones((len(TEXT), 3))):
        assert finding.balanced_accuracy == 0.5


def test_rare_properties_are_left_out():
    text = "le roi dit «oui» et se tut " * 20  # never a line break, never a capital
    names = {
        finding.property
        for finding in find_units(text, np.random.default_rng(0).random((len(text), 4)))
    }
    assert names == {"in_quotes", "word_end", "vowel_next"}


def test_lengths_must_agree():
    with pytest.raises(ValueError, match=r"^3 activations for 2 characters$"):
        find_units("ab", np.zeros((3, 2)))
