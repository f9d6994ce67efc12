"""Invented opinions whose class follows a rule: sentences that nobody wrote, called synthetic.

A judgement has an adjective, which "not" or "never" ("pas" or "jamais") turns round; of two
judgements that "but" ("mais") joins, the second counts. Words alone cannot tell: their order
decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

import numpy as np

from core.data.language.labelled.labelled_texts import LabelledTexts, without_repeats
from core.messages import N_

T = TypeVar("T")

SENTENCES = 3_000


class _Grammar(NamedTuple):
    """What the sentences of a language are made of.

    things: each with the form, 0 or 1, that its adjective has. before: what stands before a verb
    that is turned round.
    """

    good: tuple[tuple[str, ...], ...]
    bad: tuple[tuple[str, ...], ...]
    things: tuple[tuple[str, int], ...]
    verbs: tuple[str, ...]
    before: str
    negations: tuple[str, ...]
    degrees: tuple[str, ...]
    but: str
    ends: tuple[str, ...]


GOOD = ("good", "funny", "moving", "clever", "lovely", "honest", "fresh", "gripping")
BAD = ("bad", "dull", "boring", "silly", "ugly", "false", "stale", "tedious")
# Masculine, feminine.
BONS = (
    ("bon", "bonne"),
    ("drôle", "drôle"),
    ("émouvant", "émouvante"),
    ("intelligent", "intelligente"),
    ("beau", "belle"),
    ("honnête", "honnête"),
    ("neuf", "neuve"),
    ("captivant", "captivante"),
)
MAUVAIS = (
    ("mauvais", "mauvaise"),
    ("terne", "terne"),
    ("ennuyeux", "ennuyeuse"),
    ("sot", "sotte"),
    ("laid", "laide"),
    ("faux", "fausse"),
    ("fade", "fade"),
    ("pénible", "pénible"),
)
_ENGLISH = _Grammar(
    good=tuple((word,) for word in GOOD),
    bad=tuple((word,) for word in BAD),
    things=tuple(
        (f"the {thing}", 0)
        for thing in (
            *("film", "plot", "story", "acting", "music", "ending", "script", "cast"),
            "dialogue",
        )
    ),
    verbs=("is", "was"),
    before="",
    negations=("not", "never"),
    degrees=("", "", "very", "really", "rather", "quite"),
    but="but",
    ends=("", "", "from start to end", "in the first half", "this time", "for once"),
)
_FRENCH = _Grammar(
    good=BONS,
    bad=MAUVAIS,
    things=(
        *(("le film", 0), ("l'intrigue", 1), ("l'histoire", 1), ("le jeu", 0), ("la musique", 1)),
        *(("la fin", 1), ("le scénario", 0), ("la distribution", 1), ("le dialogue", 0)),
    ),
    verbs=("est", "était"),
    before="n'",
    negations=("pas", "jamais"),
    degrees=("", "", "très", "vraiment", "assez", "bien"),
    but="mais",
    ends=("", "", "du début à la fin", "dans la première partie", "cette fois", "pour une fois"),
)


@lru_cache(maxsize=4)
def opinions(seed: int, french: bool = False) -> LabelledTexts:
    """About SENTENCES different sentences, half of them positive, drawn by ``seed``."""
    rng = np.random.default_rng([43, seed])
    grammar = _FRENCH if french else _ENGLISH
    drawn = [_sentence(rng, bool(i % 2), grammar) for i in range(SENTENCES)]
    texts, labels = without_repeats(drawn, [i % 2 for i in range(SENTENCES)])
    return LabelledTexts(texts, labels, (N_("negative"), N_("positive")), made=True)


def _sentence(rng: np.random.Generator, is_positive: bool, grammar: _Grammar) -> str:
    last = _judgement(rng, is_positive, grammar)
    if rng.random() < 0.25:
        last = f"{_judgement(rng, not is_positive, grammar)} , {grammar.but} {last}"
    return " ".join(f"{last} {_one_of(rng, grammar.ends)} .".split())


def _judgement(rng: np.random.Generator, is_positive: bool, grammar: _Grammar) -> str:
    is_negated = rng.random() < 0.3
    forms = _one_of(rng, grammar.good if is_positive != is_negated else grammar.bad)
    negation = _one_of(rng, grammar.negations) if is_negated else ""
    verb = grammar.before * is_negated + _one_of(rng, grammar.verbs)
    thing, form = _one_of(rng, grammar.things)
    return f"{thing} {verb} {negation} {_one_of(rng, grammar.degrees)} {forms[form]}"


def _one_of(rng: np.random.Generator, some: Sequence[T]) -> T:
    return some[int(rng.integers(len(some)))]
