"""The calculator's page as its tests open it."""

from pathlib import Path

import numpy as np

from core.experiments.calculator.recorded import Classic
from tests.pages.lesson import checked, component, downloads, opened, until

PAGE = Path(__file__).resolve().parents[3] / "pages" / "language" / "calculator" / "page.py"
SMALL = {"digits": "2", "units": "16", "embedding_dim": "4"}
CLASSIC = Classic(np.array([10.0, 20, 30]), np.array([0.1, 0.5, 0.9]), {"examples": 1000})


def page(**params):
    return opened(PAGE, **params)


def answer(at):
    return component(at, "calculator.answer")


def asked(at, text):
    """The page after a question was typed and Ask was pressed."""
    at.text_input(key="calculator.text").set_value(text)
    return checked(at.button(key="calculator.ask").click().run())


def conversation(at):
    return [b.label for b in at.button if (b.key or "").startswith("calculator.again.")]


def trained(**params):
    at = page(**{**SMALL, "epochs": "4", **params})
    checked(at.button(key="calculator.train").click().run())
    return until(at, lambda at: "Keras code" in downloads(at))
