"""A sentence with its tags beneath, each word's probabilities one glance away."""

from collections.abc import Sequence
from typing import Any

from core.figures import style
from core.numeric.language.tagging.tagger import Reading, Tagger
from ui.components import component
from ui.texts import _, percent

ARROWS = {"both": "↔", "left": "→", "right": "←"}
_TOP = 3  # tags of a word whose probabilities are shown
_TAGS = component(
    __file__,
    "tags",
    """<div class="pangloss-handled pangloss-tags" role="group">
      <div class="words"></div>
      <div class="key" aria-hidden="true"></div>
      <div class="detail" aria-live="polite">
        <span class="chosen"></span><div class="rows"></div>
      </div>
    </div>""",
)
_FIRST = ("NOUN", "ADP", "VERB", "PROPN", "DET", "ADJ", "PRON", "ADV", "AUX")  # have a colour each


def reading_names() -> dict[str, str]:
    """What each reading is called."""
    return {
        "both": _("from both sides"),
        "left": _("from the left alone"),
        "right": _("from the right alone"),
    }


def draw(words: Sequence[str], tagger: Tagger, reading: Reading, *, key: str):
    """The figure. At first it shows the probabilities of a word that one side alone gets wrong."""
    names = reading_names()
    shown: list[dict[str, Any]] = [
        {
            "arrow": ARROWS[name],
            "name": names[name],
            "tags": [_top(tagger, row) for row in shares],
        }
        for name, shares in reading.probabilities.items()
    ]
    for place, tag in enumerate(reading.best):  # the best path's, which need not be the likeliest
        tops = shown[0]["tags"][place]
        chosen = tagger.tags[int(tag)]
        if tops[0]["tag"] != chosen:
            share = float(next(iter(reading.probabilities.values()))[place, tag])
            others = [top for top in tops if top["tag"] != chosen]
            tops[:] = [_told(chosen, share), *others][:_TOP]
    pairs = zip(words, tagger.named(reading.best), strict=True)
    tagged = ", ".join(f"{word} {tag}" for word, tag in pairs)
    data = {
        "key": " ".join(words),
        "words": list(words),
        "readings": shown,
        "first": _disputed(shown),
        "places": colour_places(tagger.tags),
        "colours": {theme: list(style.CLASSES[theme]) for theme in ("light", "dark")},
        "alt": _("The sentence with its tags: {tagged}").format(tagged=tagged),
    }
    _TAGS(key=key, data=data, height="content")


def colour_places(tags: Sequence[str]) -> dict[str, int]:
    """The colour of each tag among ten; of tags beyond there is none, B- and I- have one."""
    kinds = [tag[2:] if tag[:2] in ("B-", "I-") else tag for tag in tags if tag != "O"]
    ordered = [kind for kind in _FIRST if kind in kinds]
    ordered += [kind for kind in dict.fromkeys(kinds) if kind not in ordered]
    places = {kind: place for place, kind in enumerate(ordered[:9])}
    named = zip([tag for tag in tags if tag != "O"], kinds, strict=True)
    return {tag: places[kind] for tag, kind in named if kind in places}


def _disputed(readings: Sequence[dict[str, Any]]) -> int:
    """The first word of which the readings say different things, else the first of all."""
    said = [[tops[0]["tag"] for tops in reading["tags"]] for reading in readings]
    return next((i for i, tags in enumerate(zip(*said, strict=True)) if len(set(tags)) > 1), 0)


def _top(tagger: Tagger, shares: Sequence[float]) -> list[dict[str, object]]:
    order = sorted(range(len(tagger.tags)), key=lambda tag: -shares[tag])[:_TOP]
    return [_told(tagger.tags[tag], float(shares[tag])) for tag in order]


def _told(tag: str, share: float) -> dict[str, object]:
    return {"tag": tag, "share": round(share, 4), "said": percent(share, 1)}
