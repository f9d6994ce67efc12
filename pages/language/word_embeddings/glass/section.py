"""One training example under a glass: a network of two numbers a word, computed in the browser."""

import re
from dataclasses import dataclass

import numpy as np
import streamlit as st

from core.data.language.words.tokens import words
from core.experiments.kit.config import Config, choice, text, whole
from core.messages import N_
from core.numeric.language.embeddings.vocabulary import Vocabulary, noise_distribution
from ui.components import component
from ui.layout import paragraphs
from ui.state.controls import controls
from ui.texts import _, language, lesson_text

_RATE, _SPREAD, _MOST_WORDS = 0.25, 0.8, 60
_GLASS = component(
    __file__,
    "glass",
    """<div class="pangloss-handled pangloss-glass" role="group">
      <div class="bar">
        <span class="steps">
          <button type="button"></button><button type="button"></button>
          <button type="button"></button><button type="button"></button>
          <button type="button"></button>
        </span>
        <span class="count"></span>
      </div>
      <div class="sentence"></div>
      <div class="stage">
        <figure class="network"><figcaption></figcaption><svg aria-hidden="true"></svg></figure>
        <figure class="plane"><figcaption></figcaption><svg aria-hidden="true"></svg></figure>
      </div>
      <p class="said" aria-live="polite"></p>
    </div>""",
)


@dataclass(frozen=True)
class Glass(Config):
    """What lies under the glass; the names differ from those of a run: the URL has both."""

    sentence: str = text(
        "le roi règne en paix. le prince règne en paix. le chat dort au soleil. "
        "le chien dort au soleil",
        0,
        300,
        N_("Sentences"),
        N_("Yours, a full stop between two; the words in them are all that this network knows."),
    )
    reads: str = choice(
        "skip-gram",
        {"skip-gram": "Skip-gram", "cbow": "CBOW"},
        N_("It learns by"),
        N_("Skip-gram tells the neighbours from a word, CBOW the word from its neighbours."),
    )
    reach: int = whole(2, 1, 5, N_("Reach"), N_("Words on each side of the window’s middle."))
    drawn: int = whole(2, 1, 5, N_("Drawn words"), N_("Negative samples for each example."))


def glass():
    """The section."""
    st.header(_("One example under the glass"), anchor=False)
    paragraphs(lesson_text("word-embeddings", "glass"))
    st.fragment(_glass)()


def _glass():
    chosen = controls(Glass, strip=("sentence", "reads", "reach", "drawn"))
    if chosen is None:
        return
    lines = sentences_of(chosen.sentence)
    vocabulary = Vocabulary.of(lines, 1)
    if len(vocabulary) < 3:
        st.warning(_("Three different words are needed: one to read, one to tell, one to draw."))
        return
    rng = np.random.default_rng(7)
    inputs, outputs = rng.uniform(-_SPREAD, _SPREAD, (2, len(vocabulary), 2)).round(3)
    _GLASS(
        key="word_embeddings.glass",
        data={
            "sentences": lines,
            "ids": vocabulary.encode(lines).tolist(),
            "vocabulary": list(vocabulary.words),
            "shares": noise_distribution(vocabulary.counts).tolist(),
            "inputs": inputs.tolist(),
            "outputs": outputs.tolist(),
            "method": chosen.reads,
            "window": chosen.reach,
            "negatives": chosen.drawn,
            "rate": _RATE,
            "seed": 7,
            "language": language(),
            "words": _words(),
        },
        height="content",
    )


def sentences_of(typed: str) -> list[list[str]]:
    """The words of each sentence, so many in all as can be looked at."""
    lines, left = [], _MOST_WORDS
    for part in re.split(r"[.!?;\n]", typed):
        if line := words(part)[:left]:
            lines.append(line)
            left -= len(line)
    return lines


def _words() -> dict[str, str]:
    return {
        "alt": _("A small network that learns word vectors, one example at a time"),
        "step": _("Step"),
        "next": _("Next example"),
        "play": _("Play"),
        "pause": _("Pause"),
        "many": _("500 examples"),
        "again": _("From the start"),
        "skip-gram": _("Skip-gram: from a word to a neighbour"),
        "cbow": _("CBOW: from the neighbours to the word"),
        "plane": _("The plane: ● input vectors v, ■ output vectors u"),
        "count": _("{seen} examples learned, mean loss of the latest {loss} nats"),
        "nothing": _("No sentence here has two words side by side."),
        "window_skip": _(
            "The window stands on {read}, which is to tell its neighbour {target}. One-hot times "
            "matrix: the row of {read} is the hidden vector."
        ),
        "window_cbow": _(
            "The neighbours {read} are to tell the word in their middle, {target}. The mean of "
            "their rows is the hidden vector."
        ),
        "drawn_skip": _(
            "{count} words are drawn from the whole text, frequent ones more often: {drawn}. They "
            "are to be told apart from {target}."
        ),
        "drawn_cbow": _(
            "{count} words are drawn from the whole text, frequent ones more often: {drawn}. They "
            "are to be told apart from {target}."
        ),
        "scores_skip": _(
            "Score of {target}: u · v = {score}, which is a probability of {probability}; it "
            "should be 1, those of the drawn words 0. The loss is {loss} nats."
        ),
        "scores_cbow": _(
            "Score of {target}: u · mean of v = {score}, which is a probability of {probability}; "
            "it should be 1, those of the drawn words 0. The loss is {loss} nats."
        ),
        "arrows_skip": _(
            "Minus the gradient: v of {read} is pulled towards u of {target} with {pull} and "
            "pushed away from the drawn ones with {pushes}; each u moves along v as well."
        ),
        "arrows_cbow": _(
            "Minus the gradient: the mean is pulled towards u of {target} with {pull} and pushed "
            "away from the drawn ones with {pushes}; the v of its words share that move."
        ),
        "moved_skip": _("All have moved, {rate} times as far as minus the gradient says."),
        "moved_cbow": _("All have moved, {rate} times as far as minus the gradient says."),
    }
