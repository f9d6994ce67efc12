"""What somebody types, in the words of each corpus."""

import pytest

from core.data.language.tagged.sets import missing, tagged_corpus
from core.numeric.language.tagging.typed import as_typed, typed_words


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


@pytest.mark.skipif(bool(missing("sequoia")), reason="the treebank is not here")
def test_sentences_of_the_treebank_are_typed_and_read_again():
    words = tagged_corpus("sequoia").test.words
    same = [typed_words(as_typed(each, "sequoia"), "sequoia") == each for each in words]
    assert sum(same) / len(same) > 0.85  # dates and names with points are one word there
    assert as_typed(["l", "'", "été"], "novels") == "l ' été"
