"""What people call the column of the classes."""

import unicodedata

_NAMES = {"label", "labels", "class", "classe", "klasse", "target", "cible", "etiquette", "y"}
_NAMES |= {"category", "categorie", "kategorie", "species", "espece"}


def is_label_name(name: str) -> bool:
    """Whether a column is called what people call a label, in any case, with accents or without."""
    plain = unicodedata.normalize("NFKD", name.strip().lower())
    return "".join(c for c in plain if not unicodedata.combining(c)) in _NAMES
