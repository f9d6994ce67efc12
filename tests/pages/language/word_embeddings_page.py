"""The page on word embeddings, and what its tests read from it."""

import json
from pathlib import Path

from core import pretrained
from core.numeric.language.embeddings.space import WordSpace
from tests import recorded
from tests.pages.lesson import checked, opened, until

PAGE = Path(__file__).resolve().parents[3] / "pages" / "language" / "word_embeddings" / "page.py"
EPOCHS = recorded.epochs("word-embeddings", "world")
MAP = "word_embeddings.map"


def page(**params):
    return opened(PAGE, **params)


def space():
    """The shipped vectors."""
    return pretrained.load("word-embeddings", WordSpace)[0]


def map_of(at, key=MAP):
    """What was sent to a map; its words come apart, under a key that goes on behind."""
    found = [e.proto for e in at.get("bidi_component") if e.proto.id.endswith(f"-{key}")]
    assert len(found) == 1, [e.proto.id for e in at.get("bidi_component")]
    return json.loads(found[0].json)


def asked(at, text):
    return checked(at.text_input(key="word_map.ask").set_value(text).run())


def rows(at, key=MAP):
    """The words of the list beside a map, with their scores."""
    return [(row["word"], row["score"]) for row in map_of(at, key)["panel"]["rows"]]


def trained(**params):
    """The page with a run of the invented world that has ended."""
    at = page(epochs="4", **params)
    at.button(key="word-embeddings.train").click().run()
    return until(at, lambda page: any(b.label == "Keras code" for b in page.get("download_button")))
