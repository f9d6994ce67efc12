"""The one typography of all books."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.language.typography import set_line


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Ah !  dit-il ; quoi ? oui : non , ( si ) .", "Ah! dit-il; quoi? oui: non, (si)."),
        ("« Ah !  dit-il. »", "«Ah! dit-il.»"),
        ('Il dit "oui" et “non”.', "Il dit «oui» et «non»."),
        ("»J'oserai ajouter", "«J'oserai ajouter"),
        ("écot.--Ah! -- non – si — oui", "écot. — Ah! — non — si — oui"),
        ("--Bonjour", "— Bonjour"),
        ("- Valère -", "Valère."),
        ("un.....  Mille … . . .", "un... Mille..."),
        ("l’homme et qu’’un", "l'homme et qu'un"),
        ("Oedipe, OEUVRES, coeur, soeur, oeil, foetus", "Œdipe, ŒUVRES, cœur, sœur, œil, fœtus"),
        (
            "moelle, poète, Joe, Boerhaave, groenlandais",
            "moelle, poète, Joe, Boerhaave, groenlandais",
        ),
        ("Jarnac, &c. & la _St. Denis_", "Jarnac, etc. et la St. Denis"),
        ("vingt- quatre Astarté,et Patrice.Il", "vingt-quatre Astarté, et Patrice. Il"),
        ("20,000 francs, 7e, M. de V***", "20,000 francs, 7e, M. de V***"),
    ],
)
def test_set_line(typed, set_):
    assert set_line(typed) == set_


@settings(deadline=None)  # the machine may be training
@given(st.text(alphabet="aéÀ -—.,;:!?«»\"'()œ&\n", max_size=40))
def test_lines_hold_no_stray_spaces(text):
    line = set_line(text)
    assert "\n" not in line
    assert "  " not in line
    assert line == line.strip()
    assert not any(f" {sign}" in line for sign in ",;:!?)")
