"""What people call the column of the classes, and which one else it could be."""

import unicodedata
from collections.abc import Iterable

from core.data.tables.table import Question
from core.messages import N_, Note

_NAMES = {"label", "labels", "class", "classe", "klasse", "target", "cible", "etiquette", "y"}
_NAMES |= {"outcome", "result", "resultat", "ergebnis", "diagnosis", "diagnostic", "survived"}
_NAMES |= {
    "variety",
    "variete",
    "classification",
    "category",
    "categorie",
    "kategorie",
    "species",
    "espece",
}


def is_label_name(name: str) -> bool:
    """Whether a column is called what people call a label, in any case, with accents or without."""
    plain = unicodedata.normalize("NFKD", name.strip().lower())
    return "".join(c for c in plain if not unicodedata.combining(c)) in _NAMES


def label_question(names: Iterable[str], chosen: str) -> tuple[Question, ...]:
    """Which of ``names`` is the class, "" for none of them; nothing to ask where one could be."""
    notes = {name: Note("{name}", {"name": name}) for name in names}
    if "" in notes:
        notes[""] = Note(N_("no column"))
    asked = Note(N_("Which column is the class?"))
    return (Question("label", asked, notes, chosen),) if len(notes) > 1 else ()
