"""What somebody types, in the words of each corpus."""

import pytest

from core.numeric.language.tagging.typed import typed_words


@pytest.mark.parametrize(
    ("sentence", "data", "words"),
    [
        ("Aux armes, dit M. Dupont-Durand !", "sequoia",
         ["À", "les", "armes", ",", "dit", "M.", "Dupont-Durand", "!"]),
        ("Aujourd’hui l'a-t-il lu ?", "sequoia", ["Aujourd'hui", "l'", "a", "-t-il", "lu", "?"]),
        ("Elle a 3,5 ans...", "sequoia", ["Elle", "a", "3,5", "ans", "..."]),
        ("M. d'Ormesson, dit-il.", "novels", ["M.", "d", "'", "Ormesson", ",", "dit-il", "."]),
        ("I can't see @emma #now!", "posts", ["I", "can't", "see", "@emma", "#now", "!"]),
        ("la porte", "upload", ["la", "porte"]),
        ("  ", "sequoia", []),
        ("<b>&_\t🙂", "sequoia", ["<", "b", ">", "&", "_", "🙂"]),
    ],
)  # fmt: skip
def test_a_sentence_in_words(sentence, data, words):
    assert typed_words(sentence, data) == words
