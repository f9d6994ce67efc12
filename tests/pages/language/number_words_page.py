"""The page on numbers in words, and what its tests read from it."""

import json
from pathlib import Path

from core import pretrained
from core.experiments.number_words.config import NumberWordsConfig
from core.numeric.language.seq2seq import Seq2Seq
from tests import recorded
from tests.pages.lesson import (
    checked,
    opened,
    until,
)

PAGE = Path(__file__).resolve().parents[3] / "pages" / "language" / "number_words" / "page.py"


WORDS_CONFIG = NumberWordsConfig(units=16, embedding_dim=4, epochs=4)


WORDS = "quatre mille deux cent soixante et onze"


EPOCHS = recorded.epochs("number-words", "dot")


def page(**params):
    return opened(PAGE, **params)


def components(at, key):
    found = [e.proto for e in at.get("bidi_component") if e.proto.id.endswith(f"-{key}")]
    return [json.loads(proto.json) for proto in found]


def component(at, key):
    found = components(at, key)
    assert len(found) == 1, [e.proto.id for e in at.get("bidi_component")]
    return found[0]


def lines(at, key):
    """Each answer shown: its name -> (its text, what is said of it)."""
    return {
        line["name"]: (
            "".join(p for p, mark in line["parts"] if mark != "missing"),
            line["verdict"],
        )
        for line in component(at, key)["lines"]
    }


def title(at, key):
    return json.loads(component(at, key)["figure"])["layout"]["title"]["text"]


def typed(at, text):
    return checked(at.text_input(key="number_words.number").set_value(text).run())


def shipped(name):
    return pretrained.load(name, Seq2Seq)[0]


def trained(**params):
    at = page(**{"units": "16", "embedding_dim": "4", "epochs": "4", **params})
    checked(at.button(key="number-words.train").click().run())
    return until(
        at,
        lambda at: [
            b for b in at.get("download_button") if b.label in ("Keras code", "Code Keras")
        ],
    )
