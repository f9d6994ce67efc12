"""The instrument: a sentence is typed, read word by word, and one sees which words pushed."""

from functools import partial
from html import escape

import numpy as np
import streamlit as st

from core.experiments.text_class.config import TextClassConfig
from core.figures.language.text_class import directions_by_word, read_word_by_word
from core.numeric.language.classify.tokens import words
from core.numeric.language.classify.vocabulary import UNKNOWN
from pages.language.text_class.networks import Reader, choose_reader
from ui.components.charts import live_plot, look
from ui.layout import class_view, the_figure
from ui.notices import plain
from ui.runs.run import Run
from ui.state.kept_text import kept_text, set_text
from ui.texts import _, percent

SENTENCE = "text_class.sentence"
DEFAULT = "the plot is not new , but the film is often very funny and never boring"
MOST_CHARS, _MOST_WORDS = 1_200, 60
_MOST_CLASSES, _MOST_UNKNOWN = 3, 12


def instrument(run: Run[TextClassConfig] | None) -> Reader | None:
    """The sentence, how it is read, and by whom, which is returned; ``run`` may offer a reader."""
    asked, place, who = (st.container() for _part in range(3))
    with who:
        reader = choose_reader(run)
    with asked:
        typed = ask(reader)
    if reader:
        with place:
            reading(typed, reader)
    return reader


def ask(reader: Reader | None) -> str:
    """The sentence that was typed, for ``reader``."""
    return kept_text(
        _("An English review, read word by word")
        if reader and reader.is_of_sentiment
        else _("A sentence, read word by word"),
        DEFAULT,
        key=SENTENCE,
        parameter="sentence",
        most=MOST_CHARS,
        help=_("In the language of the texts that the network learned from."),
    )


def read_instead(text: str):
    """Have this text read, in the coming run; to be called in a callback."""
    set_text(SENTENCE, text[:MOST_CHARS])


def reading(typed: str, reader: Reader):
    """The figure: how the answer moves from word to word, and which words pushed it."""
    text = words(typed)
    if not text:
        st.info(_("There is no word to read in this."))
        return
    st.fragment(_reading)(text, reader)


def _reading(text: list[str], reader: Reader):
    shown = text[:_MOST_WORDS]
    shares = reader.model.word_by_word(shown)
    answer = int(shares[-1].argmax())
    names = [_(name) for name in reader.model.classes]
    towards = answer if len(names) > 2 else 1  # of two classes always the second: up is positive
    pushes = reader.model.gradient_times_input(shown, towards)
    left_out = reader.model.without_each(shown, towards)
    title = _("It says {answer}, {share} sure; most is due to “{word}”").format(
        answer=escape(names[answer]),
        share=percent(float(shares[-1, answer])),
        word=escape(shown[_strongest(left_out, toward_it=towards == answer)]),
    )
    moves = ", ".join(
        f"{word} {percent(float(share))}"
        for word, share in zip(shown, shares[1:, towards], strict=True)
    )
    name = names[towards]
    figure = partial(
        read_word_by_word,
        look(
            title,
            y=_each(name, len(names)),
            alt=_("{title}. Probability of {name} after each word: {moves}.").format(
                title=title, name=escape(name), moves=escape(moves)
            ),
        ),
        [escape(word) for word in shown],
        {escape(names[c]): shares[:, c] for c in _drawn(shares, towards)},
        {
            _("gradient × input"): _to_one(pushes),
            _("word left out"): _to_one(left_out),
        },
        unit=_("push: ↑ for {name}, ↓ against it").format(name=escape(name)),
        even=1 / len(names),
        wide_and_low=class_view(),
    )
    with the_figure():
        live_plot(figure, key="text_class.reading", height=460, room=1)
    st.caption(
        _(
            "Gradient × input: the word’s vector times the slope of the answer in it. Word left "
            "out: how far the answer falls without the word. The largest of each kind is 1."
        )
    )
    _tell_unknown(shown, reader)
    if len(text) > len(shown):
        st.caption(_("Only the first {count} words are read here.").format(count=len(shown)))
    if len(reader.model.network.directions) > 1:
        _directions(shown, reader, towards, name)


def _tell_unknown(text: list[str], reader: Reader):
    """Words that the network never met, as those of another language are."""
    vocabulary = reader.model.network.vocabulary
    unknown = [word for word in dict.fromkeys(text) if vocabulary.number(word) == UNKNOWN]
    if unknown:
        told = _("It did not learn these words, and has no vector for them: {words}.")
        st.caption(plain(told.format(words=", ".join(unknown[:_MOST_UNKNOWN]))))


def _each(name: str, classes: int) -> str:
    """What the curves are; of two classes there is one."""
    if classes > 2:
        return _("probability after each word")
    return _("probability of {name} after each word").format(name=escape(name))


def _directions(text: list[str], reader: Reader, towards: int, name: str):
    """What the two readers say, each as far as it has come."""
    said = reader.model.by_direction(text, towards)
    labels = {
        _("from the start, up to this word →"): said["forward"],
        _("from the end, up to this word ←"): said["backward"],
    }
    title = _("Two readers meet nowhere: each ends at the other's start")
    figure = partial(
        directions_by_word,
        look(title, "", _("speaks for {name}").format(name=escape(name))),
        [escape(word) for word in text],
        labels,
    )
    live_plot(figure, key="text_class.directions", height=320)


def _strongest(left_out: np.ndarray, toward_it: bool) -> int:
    """The word without which the answer would be least sure."""
    return int((left_out if toward_it else -left_out).argmax())


def _drawn(shares: np.ndarray, towards: int) -> list[int]:
    """Of two classes one is enough; of more those that are likeliest at the end."""
    if shares.shape[1] == 2:
        return [towards]
    return np.argsort(-shares[-1])[:_MOST_CLASSES].tolist()


def _to_one(values: np.ndarray) -> np.ndarray:
    return values / (float(np.abs(values).max()) or 1.0)
