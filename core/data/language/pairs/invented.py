"""Invented English sentences and their French by a small grammar: synthetic.

Word for word does not do for them: articles and adjectives have the noun's gender, adjectives stand
behind it, a pronoun stands before the verb, and "does not" goes round it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np

from core.data.language.pairs.tatoeba import Pair, Parts

_Any = TypeVar("_Any")
PAIRS = 6_000
_VALIDATION, _TEST = 300, 500
_NOUNS = (  # English, French, whether it is feminine
    ("cat", "chat", False),
    ("dog", "chien", False),
    ("book", "livre", False),
    ("garden", "jardin", False),
    ("bread", "pain", False),
    ("neighbour", "voisin", False),
    ("house", "maison", True),
    ("table", "table", True),
    ("letter", "lettre", True),
    ("door", "porte", True),
    ("town", "ville", True),
    ("song", "chanson", True),
)
_ADJECTIVES = (  # English, masculine, feminine
    ("black", "noir", "noire"),
    ("green", "vert", "verte"),
    ("white", "blanc", "blanche"),
    ("heavy", "lourd", "lourde"),
    ("quiet", "tranquille", "tranquille"),
)
_ARTICLES = (("the", "le", "la"), ("a", "un", "une"), ("this", "ce", "cette"), ("my", "mon", "ma"))
_VERBS = (  # English third person, its infinitive, French
    ("sees", "see", "voit"),
    ("looks for", "look for", "cherche"),
    ("finds", "find", "trouve"),
    ("carries", "carry", "porte"),
    ("sells", "sell", "vend"),
    ("watches", "watch", "regarde"),
)
_NAMES = ("Candide", "Martin", "Paquette", "Cacambo")


@lru_cache(maxsize=2)
def parts(seed: int) -> Parts:
    """PAIRS different pairs, drawn by ``seed``, in parts; none is too long."""
    rng = np.random.default_rng([58, seed])
    drawn: dict[str, Pair] = {}
    while len(drawn) < PAIRS:
        pair = _sentence(rng)
        drawn.setdefault(pair.en, pair)
    pairs = tuple(drawn.values())
    judged = _VALIDATION + _TEST
    return Parts(pairs[judged:], pairs[:_VALIDATION], pairs[_VALIDATION:judged], ())


def _sentence(rng: np.random.Generator) -> Pair:
    """Who does what, or does it not, to what or whom."""
    sees, see, voit = _one_of(rng, _VERBS)
    subject = Pair(*[_one_of(rng, _NAMES)] * 2) if rng.random() < 0.4 else _phrase(rng)
    object_ = _phrase(rng)
    is_pronoun, is_denied = rng.random(2) < (0.25, 0.3)
    if is_pronoun:
        object_ = _one_of(rng, (Pair("him", "le"), Pair("her", "la"), Pair("them", "les")))
    said = f"{object_.fr} {voit}" if is_pronoun else voit
    english = [subject.en, f"does not {see}" if is_denied else sees, object_.en]
    french = [subject.fr, f"ne {said} pas" if is_denied else said]
    if not is_pronoun:
        french.append(object_.fr)
    return Pair(*(_capital(" ".join(words)) + "." for words in (english, french)))


def _phrase(rng: np.random.Generator) -> Pair:
    noun, nom, feminine = _one_of(rng, _NOUNS)
    article, *genders = _one_of(rng, _ARTICLES)
    if rng.random() < 0.4:
        adjective, *forms = _one_of(rng, _ADJECTIVES)
        noun, nom = f"{adjective} {noun}", f"{nom} {forms[feminine]}"
    return Pair(f"{article} {noun}", f"{genders[feminine]} {nom}")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _one_of(rng: np.random.Generator, among: Sequence[_Any]) -> _Any:
    return among[int(rng.integers(len(among)))]
