"""The course: its chapters, and in each the lessons that exist."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from core.messages import N_
from ui.texts import _

_PAGES = Path(__file__).resolve().parents[1] / "pages"


@dataclass(frozen=True)
class Lesson:
    """A page: where it is, what it is called, and what it lets a visitor do.

    name: its address and the name of its texts. title, about: English, marked for translation.
    minutes: what it takes. needs: names of the lessons that it builds on. leads: how the next
    lesson follows from it, marked for translation; "" for the last. trains: whether one can train
    a network there.
    """

    name: str
    file: Path
    title: str
    about: str
    minutes: int = 20
    needs: tuple[str, ...] = ()
    leads: str = ""
    trains: bool = True

    def page(self) -> StreamlitPage:
        """The lesson as Streamlit navigates to it, titled in the visitor's language."""
        return st.Page(self.file, title=_(self.title), url_path=self.name)


@dataclass(frozen=True)
class Chapter:
    """A part of the course. title, about: English, marked for translation."""

    title: str
    about: str
    lessons: tuple[Lesson, ...]


CHAPTERS = (
    Chapter(
        N_("Sequences"),
        N_("Data with an order: what they are, and the array that a network sees of them."),
        (
            Lesson(
                "sequential-data",
                _PAGES / "sequences" / "sequential_data" / "page.py",
                N_("Sequential data"),
                N_(
                    "Look at words, genes, sounds, weather and your own series as a network does, "
                    "and see what padding and masking do to sequences of unequal length."
                ),
                minutes=10,
                leads=N_(
                    "You have seen the array that a network reads. The first thing to ask of a "
                    "sequence is what comes next."
                ),
            ),
        ),
    ),
    Chapter(
        N_("Recurrent networks"),
        N_("Networks with a memory: their cells, how they learn, and how far back."),
        (
            Lesson(
                "next-value",
                _PAGES / "recurrent" / "next_value" / "page.py",
                N_("Predict the next value"),
                N_(
                    "Forecast sunspots, temperatures or a series of your own, and see whether a "
                    'network is better than "same as yesterday" and other simple guesses.'
                ),
                minutes=20,
                needs=("sequential-data",),
                leads=N_(
                    "A network that says what comes next can also say what the whole was: one "
                    "answer, once all has been read."
                ),
            ),
            Lesson(
                "sequence-class",
                _PAGES / "recurrent" / "sequence_class" / "page.py",
                N_("Predict a class"),
                N_(
                    "Tell good sequences of integers from bad ones and find the splice sites of "
                    "genes; see where a network looks, and where a second direction helps."
                ),
                minutes=20,
                needs=("sequential-data",),
                leads=N_(
                    "Here every sequence had its label. What does a network find out where "
                    "there is none?"
                ),
            ),
            Lesson(
                "discover-patterns",
                _PAGES / "recurrent" / "discover_patterns" / "page.py",
                N_("Discover patterns"),
                N_(
                    "Find groups that nobody labelled in what a network remembers, say what their "
                    "members share, and count the bits that a good guess saves."
                ),
                minutes=20,
                needs=("next-value",),
                leads=N_(
                    "Forecasts, classes and groups all came out of a hidden state. Now look "
                    "inside, at the cell that makes it."
                ),
            ),
            Lesson(
                "cell",
                _PAGES / "recurrent" / "cell" / "page.py",
                N_("The cell, step by step"),
                N_(
                    "Send a sequence through an RNN, an LSTM or a GRU, one step at a time, and see "
                    "every number in the diagram and in the formula; change a weight and look."
                ),
                minutes=20,
                leads=N_(
                    "A cell keeps a number for as long as its gates are open. Whether it learns "
                    "to open them depends on the gradient, which comes back through the same "
                    "gates."
                ),
                trains=False,
            ),
            Lesson(
                "gradient-flow",
                _PAGES / "recurrent" / "gradient_flow" / "page.py",
                N_("Gradient flow"),
                N_(
                    "Watch the gradient on its way back through time in three cells side by side: "
                    "where it vanishes, where it explodes, and what training changes."
                ),
                minutes=20,
                needs=("cell",),
                leads=N_(
                    "How far the gradient reaches is one thing; what a network remembers is "
                    "another. Next the cells are tried on tasks that need a long memory."
                ),
            ),
            Lesson(
                "long-memory",
                _PAGES / "recurrent" / "long_memory" / "page.py",
                N_("Long memory"),
                N_(
                    "Race the cells on tasks in which a number must be remembered for a hundred "
                    "steps and more."
                ),
                minutes=20,
                needs=("gradient-flow",),
                leads=N_(
                    "You know the cells and their limits. Now build models of them, layer by "
                    "layer, as Keras does."
                ),
            ),
            Lesson(
                "keras-workbench",
                _PAGES / "recurrent" / "keras_workbench" / "page.py",
                N_("Keras workbench"),
                N_(
                    "Build a recurrent model layer by layer, see where each of its parameters "
                    "comes from, take its Keras code and train it."
                ),
                minutes=10,
                needs=("cell",),
                leads=N_(
                    "A stack that reads words begins with an Embedding layer. What its vectors "
                    "come to know is the next lesson."
                ),
            ),
        ),
    ),
    Chapter(
        N_("Language"),
        N_("Words as vectors, and networks that read and write one character at a time."),
        (
            Lesson(
                "word-embeddings",
                _PAGES / "language" / "word_embeddings" / "page.py",
                N_("Word embeddings"),
                N_(
                    "Ask a space of French words for neighbours and analogies, lay it out on axes "
                    "of your own, watch one example pull and push, and train vectors that counting "
                    "rivals."
                ),
                minutes=45,
                leads=N_(
                    "A word is a vector. Is there one for a whole sentence, near those of "
                    "sentences that say the same?"
                ),
            ),
            Lesson(
                "thought-vectors",
                _PAGES / "language" / "thought_vectors" / "page.py",
                N_("Thought vectors"),
                N_(
                    "Type an idea in French and find the passages of Candide that are like it, see "
                    "which words carried the likeness, and when counting shared words finds more."
                ),
                minutes=20,
                needs=("word-embeddings",),
                leads=N_(
                    "A vector stands for what a network reads. Two networks, one that reads and "
                    "one that writes, give an answer of any length."
                ),
            ),
            Lesson(
                "calculator",
                _PAGES / "language" / "calculator" / "page.py",
                N_("The calculator"),
                N_(
                    "Ask a network for sums, differences and products; watch it write the answer "
                    "digit by digit, find where it fails, and train one that learns to carry."
                ),
                minutes=45,
                needs=("cell",),
                leads=N_(
                    "The calculator's decoder looks back at the question while it writes. Where "
                    "it looks, and what that is worth, comes next."
                ),
            ),
            Lesson(
                "number-words",
                _PAGES / "language" / "number_words" / "page.py",
                N_("Attention: numbers in words"),
                N_(
                    "See which digit a network looks at while it writes each letter of a "
                    "number in French, change where it looks, and take its attention away."
                ),
                minutes=20,
                needs=("cell",),
                leads=N_(
                    "Here a network read digits and wrote words. The same network reads a "
                    "sentence in one language and writes it in another."
                ),
            ),
            Lesson(
                "translation",
                _PAGES / "language" / "translation" / "page.py",
                N_("Translate"),
                N_(
                    "Type a short sentence in English or French, see which word each word of its "
                    "translation looked at, and bend that look; learn a dictionary by counting "
                    "alone."
                ),
                minutes=20,
                needs=("number-words",),
                leads=N_(
                    "A translation says again what a text says. Now a network reads a text, and "
                    "says what it is."
                ),
            ),
            Lesson(
                "text-class",
                _PAGES / "language" / "text_class" / "page.py",
                N_("Classify texts"),
                N_(
                    "Have a sentence read word by word and see which words push the answer; tell "
                    "praise from blame and Voltaire from Zola, and see why counting is hard to "
                    "beat."
                ),
                minutes=20,
                needs=("sequence-class",),
                leads=N_(
                    "To say what a text is, a network answers once. It may as well say something "
                    "of every word, and know what comes behind it."
                ),
            ),
            Lesson(
                "tagger",
                _PAGES / "language" / "tagger" / "page.py",
                N_("Tag a sentence"),
                N_(
                    "Type a sentence and see the part of speech of each word, or the names in it; "
                    "see what a network knows from the left, from the right and from both, and "
                    "walk the best path yourself."
                ),
                minutes=20,
                needs=("sequence-class",),
                leads=N_(
                    "A tag stands beneath each word that was read. To answer a question about a "
                    "text, a network has to look where the answer is."
                ),
            ),
            Lesson(
                "question-answering",
                _PAGES / "language" / "question_answering" / "page.py",
                N_("Answer questions"),
                N_(
                    "Ask where the milk is and see which sentences a network looks at, hop by hop; "
                    "beat a rule of one line; meet real questions."
                ),
                minutes=20,
                needs=("number-words", "text-class"),
                leads=N_(
                    "A text comes in words. Speech comes as a wave, in which nobody has marked "
                    "where a sound begins."
                ),
            ),
            Lesson(
                "spoken-digits",
                _PAGES / "language" / "spoken_digits" / "page.py",
                N_("Hear a digit"),
                N_(
                    "See a spoken digit as waveform and spectrogram, watch what a network believes "
                    "while it listens, say one yourself, and hear who speaks."
                ),
                minutes=20,
                needs=("sequence-class",),
                leads=N_(
                    "To say what a word is, a network hears it once. A language model says after "
                    "every letter what comes next, and so it can write."
                ),
            ),
            Lesson(
                "voltaire",
                _PAGES / "language" / "voltaire" / "page.py",
                N_("The Voltaire generator"),
                N_(
                    "Have a network write in Voltaire's French, look at how it chooses each "
                    "letter, and train one of your own while you watch it learn to spell."
                ),
                minutes=20,
                needs=("cell",),
                leads=N_(
                    "You have met networks that read, answer, hear and write. What people use them "
                    "for, and how far that goes, is the last page of this chapter."
                ),
            ),
            Lesson(
                "applications",
                _PAGES / "language" / "applications" / "page.py",
                N_("What it is for"),
                N_(
                    "Type a sentence and see what nine fields make of it; hear a synthetic voice, "
                    "ask a chatbot that knows when to be silent, and guess what was hard in 2015."
                ),
                minutes=20,
                needs=("text-class", "tagger"),
                leads=N_(
                    "Up to here a network was told what to answer. An autoencoder learns to give "
                    "back what it was given, through a code that is too small to hold it."
                ),
                trains=False,
            ),
        ),
    ),
    Chapter(
        N_("Autoencoders"),
        N_("Networks that learn without labels: an image through a bottleneck, and back."),
        (
            Lesson(
                "linear-autoencoder",
                _PAGES / "autoencoders" / "linear_autoencoder" / "page.py",
                N_("The linear autoencoder is PCA"),
                N_(
                    "Watch an autoencoder without activations find the space of principal "
                    "component analysis, though not its axes; turn its code and see what stays."
                ),
                minutes=20,
                leads=N_(
                    "Without activations an autoencoder ends at PCA. With them, and with more "
                    "layers, its plane can bend."
                ),
            ),
            Lesson(
                "autoencoder",
                _PAGES / "autoencoders" / "autoencoder" / "page.py",
                N_("Simple and stacked autoencoders"),
                N_(
                    "Lay the digits out in a plane with one hidden layer and with many, dense or "
                    "convolutional, all at once or layer by layer, and see when PCA is beaten."
                ),
                minutes=20,
                needs=("linear-autoencoder",),
                leads=N_(
                    "Here a small code kept the network from copying. Noise does that, too, and "
                    "then the code may be large."
                ),
            ),
            Lesson(
                "denoising-autoencoder",
                _PAGES / "autoencoders" / "denoising_autoencoder" / "page.py",
                N_("The denoising autoencoder"),
                N_(
                    "Add noise to digits, draw on them, and watch a network clean them: by "
                    "how much it beats the best linear filter, and where doing nothing is "
                    "better."
                ),
                minutes=20,
                needs=("linear-autoencoder",),
                leads=N_(
                    "Noise is one way to do without a bottleneck. A cost for every unit that "
                    "fires is another."
                ),
            ),
            Lesson(
                "sparse-autoencoder",
                _PAGES / "autoencoders" / "sparse_autoencoder" / "page.py",
                N_("The sparse autoencoder"),
                N_(
                    "Let a code of a hundred units describe each image by a few: see its "
                    "dictionary of strokes, which unit fires for which class, and what sparsity "
                    "costs."
                ),
                minutes=20,
                needs=("linear-autoencoder",),
                leads=N_(
                    "Between the codes of these autoencoders there are holes. A variational one "
                    "learns a code from which new images can be drawn."
                ),
            ),
            Lesson(
                "variational-autoencoder",
                _PAGES / "autoencoders" / "variational_autoencoder" / "page.py",
                N_("The variational autoencoder"),
                N_(
                    "See images as clouds of codes, draw new ones from the prior, go from "
                    "one digit to another, and watch a code collapse when it costs too "
                    "much."
                ),
                minutes=20,
                needs=("autoencoder",),
                leads=N_(
                    "So far the input was an image. With an LSTM on either side of the code it "
                    "is a sequence, and the two halves of the course meet."
                ),
            ),
            Lesson(
                "lstm-autoencoder",
                _PAGES / "autoencoders" / "lstm_autoencoder" / "page.py",
                N_("The LSTM autoencoder"),
                N_(
                    "Send heartbeats through a code of a few numbers and back; find the "
                    "abnormal ones by how badly they are copied, and see when PCA does just "
                    "as well."
                ),
                minutes=20,
                needs=(
                    "cell",
                    "linear-autoencoder",
                ),
            ),
        ),
    ),
)


LESSONS = {lesson.name: lesson for chapter in CHAPTERS for lesson in chapter.lessons}


def demands(lesson: Lesson) -> str:
    """What a lesson takes of its reader, in a few words: the time, and the lessons before it."""
    words = _("about {minutes} minutes").format(minutes=lesson.minutes)
    if not lesson.needs:
        return words
    needed = ", ".join(_(LESSONS[name].title) for name in lesson.needs)
    return words + " · " + _("builds on {lessons}").format(lessons=needed)


def parts() -> Iterator[str]:
    """The modules of all lessons, but for the pages, which are scripts."""
    for file in sorted(_PAGES.rglob("*.py")):
        if file.name not in ("page.py", "__init__.py"):
            yield ".".join(("pages", *file.relative_to(_PAGES).with_suffix("").parts))
