"""An invented world whose words have a known geometry: what they mean is in two features each.

Nobody wrote these sentences: a generator draws them, and they are called synthetic.
"""

from __future__ import annotations

import numpy as np

from core.data.language.words.tokens import words

# Where one lives -> the man and the woman who live there; what both do; what is one's alone.
RANKS = {
    "trône": ("roi", "reine"),
    "château": ("prince", "princesse"),
    "domaine": ("comte", "comtesse"),
    "rue": ("homme", "femme"),
    "école": ("garçon", "fille"),
    "théâtre": ("acteur", "actrice"),
    "champ": ("paysan", "paysanne"),
    "marché": ("marchand", "marchande"),
}
_DEEDS = {
    "trône": ("règne sur le royaume", "porte la couronne", "gouverne le peuple"),
    "château": ("attend la couronne", "chasse dans la forêt", "danse au château"),
    "domaine": ("possède le domaine", "commande aux fermiers", "dîne au manoir"),
    "rue": ("marche dans la rue", "habite la ville", "travaille le jour"),
    "école": ("joue dans la cour", "apprend à lire", "court à l'école"),
    "théâtre": ("joue au théâtre", "récite un drame", "salue le public"),
    "champ": ("sème le blé", "laboure le champ", "garde les moutons"),
    "marché": ("vend au marché", "compte la monnaie", "pèse les fruits"),
}
_SIGNS = (("il", "son épée", "sa barbe"), ("elle", "sa robe", "son collier"))
# Country -> its capital, its people, and what it is known for.
COUNTRIES = {
    "france": ("paris", "français", "le vin"),
    "italie": ("rome", "italien", "les pâtes"),
    "espagne": ("madrid", "espagnol", "les oranges"),
    "angleterre": ("londres", "anglais", "le thé"),
    "russie": ("moscou", "russe", "la neige"),
    "égypte": ("caire", "égyptien", "le coton"),
}
_PLACES = {
    0: ("les rues de {} sont pleines", "il arrive à {} par la porte", "{} a mille maisons"),
    1: ("les frontières de {} sont longues", "le roi de {} lève une armée", "les villes de {}"),
    2: ("le peuple {} parle sa langue", "un poète {} chante", "il parle {} avec accent"),
}


def sentences(count: int, seed: int) -> list[list[str]]:
    """So many sentences of the world, drawn by ``seed``."""
    rng = np.random.default_rng([31, seed])
    ranks, countries = list(RANKS), list(COUNTRIES)
    drawn = []
    for choice in rng.integers(0, 1_000_000, (count, 4)):
        kind, first, second, third = (int(number) for number in choice)
        if kind % 2:
            country = countries[first % len(countries)]
            side = second % 3
            word = (COUNTRIES[country][0], country, COUNTRIES[country][1])[side]
            line = _PLACES[side][third % 3].format(word)
            known = COUNTRIES[country][2]
            line = f"{line} et connaît {known}"
        else:
            rank, sex = ranks[first % len(ranks)], second % 2
            own = _SIGNS[sex][1 + second // 2 % 2]
            line = f"{RANKS[rank][sex]} {_DEEDS[rank][third % 3]} et {_SIGNS[sex][0]} montre {own}"
        drawn.append(words(line))
    return drawn


def analogies() -> dict[str, list[tuple[str, str]]]:
    """The pairs whose differences are the same by construction, by kind."""
    return {
        "gender of nouns": list(RANKS.values()),
        "capitals": [(country, facts[0]) for country, facts in COUNTRIES.items()],
        "peoples": [(country, facts[1]) for country, facts in COUNTRIES.items()],
    }


def categories() -> dict[str, list[str]]:
    """Words of a kind, by kind."""
    return {
        "persons": [person for pair in RANKS.values() for person in pair],
        "countries": list(COUNTRIES),
        "cities": [facts[0] for facts in COUNTRIES.values()],
        "peoples": [facts[1] for facts in COUNTRIES.values()],
    }
