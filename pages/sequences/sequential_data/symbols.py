"""Kinds of sequence whose steps are symbols or points: numbers, letters, nucleotides, clicks."""

from functools import partial

import numpy as np
import streamlit as st

from core.data.sequences import known as sequences
from core.data.sequences import synthetic
from core.figures import sequences as figures
from pages.sequences.sequential_data.sample import (
    EXAMPLES,
    KEY,
    Sample,
    SequenceGallery,
    made,
    pick,
    room,
)
from ui.components.charts import live_plot, look
from ui.texts import _

_BATCH = 5  # sequences of the small sets made here


def integers(config: SequenceGallery) -> Sample:
    """Five rows of whole numbers of unequal length."""
    rows = synthetic.integer_series(1, _BATCH)
    at = pick(config, len(rows))
    lines = [
        rf"x_{i + 1} &= ({', '.join(str(int(v)) for v in row[:, 0])})" for i, row in enumerate(rows)
    ]
    lines[at] += r"\quad\longleftarrow"
    st.markdown("$$\n\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}\n$$")
    return Sample(
        rows[at],
        ["x₁x₂x₃x₄x₅"[2 * at : 2 * at + 2]],
        len(rows),
        [len(row) for row in rows],
        _(
            "Rows of unequal length do not make an array yet: the next part shows what is "
            "done about it."
        ),
        made(),
    )


def vectors(config: SequenceGallery) -> Sample:
    """The path of a pen."""
    rows = synthetic.pen_strokes(1, _BATCH)
    row = rows[pick(config, len(rows))]
    figure = partial(figures.path, look(_("A pen's path: two numbers at each step"), "x", "y"), row)
    live_plot(figure, key=KEY, height=330, room=room())
    lengths = [len(row) for row in rows]
    return Sample(
        row, ["x", "y"], len(rows), lengths, _("Where the pen is at each moment."), made()
    )


def sentence(config: SequenceGallery) -> Sample:
    """The visitor's sentence, one-hot."""
    characters = list(config.sentence)
    alphabet = sorted(set(characters))
    array = np.array([[c == a for a in alphabet] for c in characters], np.float32)
    with st.container(border=True):
        st.text(config.sentence)
    shown = [[c if c == a else "" for c in characters] for a in alphabet]
    return Sample(
        array,
        [c if c != " " else "␣" for c in alphabet],
        1,
        [len(characters)],
        _(
            "One-hot: a 1 in the row of its character, 0 elsewhere. Here the alphabet is "
            "the sentence's own; Keras's Embedding turns each 1 into a vector of learned "
            "numbers."
        ),
        _("Type a sentence of your own above."),
        shown,
    )


def dna(config: SequenceGallery) -> Sample:
    """A promoter or a splice junction, one-hot."""
    genes = sequences.dna(config.genes)
    labels = {
        "promoter": _("promoter: a gene begins here"),
        "other": _("no promoter"),
        "EI": _("EI: from exon to intron, in the middle"),
        "IE": _("IE: from intron to exon, in the middle"),
        "N": _("N: no junction"),
    }
    # the file is sorted by class: spread the examples over all of it
    examples = np.linspace(0, len(genes.sequences) - 1, EXAMPLES).round().astype(int)
    at = int(examples[pick(config, EXAMPLES)])
    sequence = genes.sequences[at]
    with st.container(border=True):
        st.text(sequence)
        st.caption(labels[genes.classes[genes.labels[at]]])
    source = _("Real: UCI, E. coli promoter gene sequences (CC BY 4.0).")
    if config.genes == "splice":
        source = _("Real: UCI, primate splice junctions (CC BY 4.0), without its 185 duplicates.")
    return Sample(
        sequences.one_hot([sequence])[0],
        list(sequences.NUCLEOTIDES),
        len(genes.sequences),
        [len(sequence)],
        _("One-hot: a row for each of the four nucleotides."),
        source,
        [[letter if letter == n else "" for letter in sequence] for n in sequences.NUCLEOTIDES],
    )


def clicks(config: SequenceGallery) -> Sample:
    """A visit to a shop: actions, and when."""
    visits = synthetic.visits(1)
    visit = visits[pick(config, len(visits))]
    words = {
        "visit": _("arrives"),
        "search": _("searches"),
        "view": _("looks"),
        "basket": _("basket"),
        "buy": _("buys"),
        "leave": _("leaves"),
    }
    figure = partial(
        figures.actions_over_time,
        look(_("What was done, and when"), _("seconds")),
        visit.seconds,
        visit.actions,
        list(words.values()),
    )
    live_plot(figure, key=KEY, height=300, room=room())
    return Sample(
        visit.array(),
        [_("minutes"), *words.values()],
        len(visits),
        [len(v.actions) for v in visits],
        _("A step is an action, not a second: the wait before it is a feature."),
        made(),
    )
