"""What was found for a sentence, with the words that carried the likeness marked."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from core.data.language.words.tokens import spans
from core.experiments.thought_vectors.search_index import SearchIndex
from core.numeric.language.thoughts.search import Encoder, Hit, leave_one_out
from ui.components import component
from ui.layout import class_view
from ui.texts import _, number

_HITS = component(__file__, "hits", '<div class="pangloss-hits" role="group"></div>')
_LEVELS = (0.2, 0.45, 0.75)  # of the largest share: weakly, clearly, strongly marked
_NAMED = 3  # words that are named beneath a passage


@dataclass(frozen=True)
class Column:
    """What one method found.

    title, about: its name, and what it compares; both translated. hits: of ``found``. none: what is
    said if there are none.
    """

    title: str
    about: str
    hits: Sequence[Mapping[str, object]]
    none: str = ""


def found(
    encoder: Encoder,
    question: Sequence[str],
    hit: Hit,
    text: str,
    words: Sequence[str],
    where: str,
) -> dict[str, object]:
    """A passage as the browser draws it: in pieces, each with how strongly it is marked, 0 to 3.

    where: what is said of its place.
    """
    carried = {}
    if encoder.name != "language_model":
        carried = leave_one_out(encoder, question, words)[1]
    most = max(carried.values(), default=0.0)
    strength = {
        word: sum(share >= level * most for level in _LEVELS)
        for word, share in carried.items()
        if share > 0
    }
    named = sorted((word for word in strength if strength[word]), key=lambda w: -carried[w])
    about = [where] if where else []
    if named:
        about.append(_("carried by {words}").format(words=", ".join(named[:_NAMED])))
    return {
        "parts": _pieces(text, strength),
        "score": number(hit.score, 2, tabular=True),
        "about": " · ".join(about),
    }


def _pieces(text: str, strength: Mapping[str, int]) -> list[list[object]]:
    pieces, at = [], 0
    for start, end, word in spans(text):
        if strength.get(word):
            pieces += [[text[at:start], 0], [text[start:end], strength[word]]]
            at = end
    return [piece for piece in (*pieces, [text[at:], 0]) if piece[0]]


def of_index(
    search_index: SearchIndex, method: str, question: Sequence[str], hits: Sequence[Hit]
) -> list[dict[str, object]]:
    """The hits of a search index as ``found`` gives them."""
    rows = []
    for hit in hits:
        passage = search_index.passages[hit.place]
        where = _("chapter {number}").format(number=passage.chapter) if passage.chapter else ""
        encoder = search_index.encoders[method]
        rows.append(found(encoder, question, hit, passage.text, passage.words, where))
    return rows


def draw(columns: Sequence[Column], asked: str, alt: str, *, key: str):
    """The columns side by side, under the key of their marks. alt: the whole in a sentence.

    asked: the sentence, which is read again where the field that it was typed in is out of sight.
    """
    data = {
        "columns": [asdict(column) for column in columns],
        "alt": alt,
        "asked": _("Nearest to “{sentence}”").format(sentence=asked),
        "marked": _("Words that carried the likeness:"),
        "projected": class_view(),
        "levels": [_("a little"), _("clearly"), _("most")],
    }
    _HITS(key=key, data=data)
