"""Invented French sentences by a small grammar, whose words need their neighbours: synthetic.

"porte" is a noun behind an article and a verb behind a pronoun; "la" is an article before a noun
and a pronoun before a verb; "petit" is an adjective before a noun and a noun before a verb.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from core.data.language.tagged.tagged_text import TaggedCorpus, TaggedText

SENTENCES = 1_500
_TEST = 300
BOTH = ("porte", "ferme", "marche", "danse", "montre", "note", "visite", "place", "garde")
_NOUNS = (
    ("maison", "voisine", "chanson", "table", "rivière", "ville", *BOTH),
    ("jardin", "voisin", "chemin", "livre", "bateau", "village", "soldat"),
)
_ADJECTIVES = (("petite", "jeune", "vieille", "belle"), ("petit", "jeune", "vieux", "grand"))
_ALONE = ("petit", "jeune", "vieux", "petite", "vieille")  # nouns, too
_VERBS = ("regarde", "cherche", "trouve", "attend", "aime", *BOTH)
_ARTICLES = (("la", "une", "cette"), ("le", "un", "ce"))
_NAMES = (("Emma", "Cunégonde", "Nanon"), ("Candide", "Charles", "Pangloss"))
_PREPOSITIONS = ("dans", "devant", "avec", "pour", "sans")
_ADVERBS = ("souvent", "toujours", "vite", "demain", "lentement")

_Tagged = list[tuple[str, str]]


@lru_cache(maxsize=2)
def corpus(seed: int) -> TaggedCorpus:
    """SENTENCES different sentences, drawn by ``seed``, with parts of speech as UD names them."""
    rng = np.random.default_rng([47, seed])
    drawn: dict[tuple[str, ...], list[str]] = {}
    while len(drawn) < SENTENCES:
        sentence = _sentence(rng)
        drawn.setdefault(tuple(word for word, _tag in sentence), [tag for _word, tag in sentence])
    words, tags = [list(words) for words in drawn], list(drawn.values())
    learned = TaggedText.cut(words[:-_TEST], tags[:-_TEST])
    return TaggedCorpus(
        learned, TaggedText.cut(words[-_TEST:], tags[-_TEST:]), spans=False, made=True
    )


def _sentence(rng: np.random.Generator) -> _Tagged:
    gender = int(rng.integers(2))
    subject = _noun_phrase(rng, gender)
    if rng.random() < 0.4:
        subject = [(("elle", "il")[gender], "PRON")]
    sentence = [*subject, *_verb_phrase(rng), (".", "PUNCT")]
    first, tag = sentence[0]
    return [(first[0].upper() + first[1:], tag), *sentence[1:]]


def _noun_phrase(rng: np.random.Generator, gender: int) -> _Tagged:
    kind = rng.random()
    if kind < 0.2:
        return [(_one_of(rng, _NAMES[gender]), "PROPN")]
    article = (_one_of(rng, _ARTICLES[gender]), "DET")
    if kind < 0.35:
        alone = [word for word in _ALONE if word in _ADJECTIVES[gender]]
        return [article, (_one_of(rng, alone), "NOUN")]
    noun = (_one_of(rng, _NOUNS[gender]), "NOUN")
    if kind < 0.6:
        return [article, (_one_of(rng, _ADJECTIVES[gender]), "ADJ"), noun]
    return [article, noun]


def _verb_phrase(rng: np.random.Generator) -> _Tagged:
    verb = (_one_of(rng, _VERBS), "VERB")
    kind, other = rng.random(), int(rng.integers(2))
    if kind < 0.3:
        return [(("la", "le")[other], "PRON"), verb]
    if kind < 0.65:
        return [verb, *_noun_phrase(rng, other)]
    if kind < 0.85:
        return [verb, (_one_of(rng, _PREPOSITIONS), "ADP"), *_noun_phrase(rng, other)]
    return [verb, (_one_of(rng, _ADVERBS), "ADV")]


def _one_of(rng: np.random.Generator, words: Sequence[str]) -> str:
    return words[int(rng.integers(len(words)))]
