"""Does a "not" turn the answer round? A test of what a network has understood of order."""

from functools import partial

import numpy as np
import streamlit as st

from core.data.language.labelled import invented
from core.figures.language.text_class import turned_round
from pages.language.text_class.networks import Reader
from ui.components.charts import live_plot, look
from ui.layout import text_beside
from ui.texts import _, lesson_text

_GOOD = ("good", "great", "funny", "moving", "interesting", "original", "beautiful")
_BAD = ("bad", "boring", "dull", "silly", "stupid", "predictable", "pretentious")
_BONS, _MAUVAIS = (tuple(word for word, _f in some) for some in (invented.BONS, invented.MAUVAIS))
_SENTENCES = {  # before an adjective, without a negation and with it
    False: (("the", "film", "is"), ("the", "film", "is", "not")),
    True: (("le", "film", "est"), ("le", "film", "n'", "est", "pas")),
}
_MOVED = 0.1  # that a probability has to move to count as moved


def negation(reader: Reader):
    """The section: every adjective without and with "not"."""
    st.header(_("Does “not” turn it round?"), anchor=False)
    text, right = text_beside("text_class.negation_text")
    text.markdown(lesson_text("text-class", "negation"))
    with right:
        if not reader.is_of_sentiment:
            st.info(_("This test is for a network that tells negative from positive."))
            return
        _chart(reader)


def turned(reader: Reader) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The adjectives, and the probability of "positive" as they are and with a "not", (n,) each."""
    adjectives = [*_BONS, *_MAUVAIS] if reader.is_french else [*_GOOD, *_BAD]
    texts = [[*before, word] for before in _SENTENCES[reader.is_french] for word in adjectives]
    positive = reader.model.probabilities(texts)[:, 1]
    return adjectives, positive[: len(adjectives)], positive[len(adjectives) :]


def _chart(reader: Reader):
    adjectives, plain_shares, negated = turned(reader)
    crossed = int(np.sum((plain_shares > 0.5) != (negated > 0.5)))
    should = np.where(np.isin(adjectives, [*_GOOD, *_BONS]), -1, 1)
    moved = int(np.sum((negated - plain_shares) * should > _MOVED))
    title = _("“{word}” turns {crossed} of {count} answers round, and moves {moved} the right way")
    title = title.format(
        word="pas" if reader.is_french else "not",
        crossed=crossed,
        count=len(adjectives),
        moved=moved,
    )
    plain_name, negated_name = (
        " ".join(words).replace("' ", "'") + " …" for words in _SENTENCES[reader.is_french]
    )
    figure = partial(
        turned_round,
        look(title, _("probability of positive")),
        adjectives,
        {plain_name: plain_shares, negated_name: negated},
    )
    live_plot(figure, key="text_class.negation", height=480)
