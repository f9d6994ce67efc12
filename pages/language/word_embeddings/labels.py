"""What the lesson calls its measures, its rivals and its kinds of questions."""

from core.messages import N_
from ui.texts import _

# Relations, categories and genders, as the questions have them.
KINDS = {
    "gender of nouns": N_("gender: nouns"),
    "gender of adjectives": N_("gender: adjectives"),
    "plural of nouns": N_("plural"),
    "present and imperfect": N_("imperfect"),
    "infinitive and past participle": N_("participle"),
    "one and many": N_("many persons"),
    "adjective and adverb": N_("adverb"),
    "country and its people": N_("people"),
    "capitals": N_("capitals"),
    "peoples": N_("peoples"),
    "persons": N_("persons"),
    "countries": N_("countries"),
    "cities": N_("cities"),
    "masculine": N_("masculine"),
    "feminine": N_("feminine"),
    "either": N_("either"),
}


def measures() -> dict[str, str]:
    """Metric -> what people call it."""
    return {
        "analogy_accuracy": _("analogies"),
        "odd_one_out": _("odd one out"),
        "neighbour_category_accuracy": _("category"),
    }


def rivals() -> dict[str, str]:
    """Other spaces: name in the metrics -> what people call it. A card has several of counts."""
    return {
        "skip_gram": _("skip-gram"),
        "ppmi": _("counting"),
        "ppmi_5": _("counting"),
        "spelling": _("spelling"),
        "random": _("random"),
    }


def kind_name(kind: str) -> str:
    """A relation or category in the visitor's language."""
    return _(KINDS.get(kind, kind))
