"""The lessons on language."""

from core.messages import N_
from ui.course.lesson import PAGES, Chapter, Lesson

_HERE = PAGES / "language"

CHAPTER = Chapter(
    N_("Language"),
    N_("Words as vectors, and networks that read and write one character at a time."),
    (
        Lesson(
            "word-embeddings",
            _HERE / "word_embeddings" / "page.py",
            N_("Word embeddings"),
            N_(
                "Ask a space of French words for neighbours and analogies, lay it out on axes "
                "of your own, watch one example pull and push, and train vectors that counting "
                "rivals."
            ),
            N_("Which words are alike, if each is a list of numbers?"),
            minutes=45,
            leads=N_(
                "A word is a vector. Is there one for a whole sentence, near those of "
                "sentences that say the same?"
            ),
        ),
        Lesson(
            "thought-vectors",
            _HERE / "thought_vectors" / "page.py",
            N_("Thought vectors"),
            N_(
                "Type an idea in French and find the passages of Candide that are like it, see "
                "which words carried the likeness, and when counting shared words finds more."
            ),
            N_("Which passages say what you have in mind?"),
            minutes=20,
            needs=("word-embeddings",),
            leads=N_(
                "A vector stands for what a network reads. Two networks, one that reads and "
                "one that writes, give an answer of any length."
            ),
        ),
        Lesson(
            "calculator",
            _HERE / "calculator" / "page.py",
            N_("The calculator"),
            N_(
                "Ask a network for sums, differences and products; watch it write the answer "
                "digit by digit, find where it fails, and train one that learns to carry."
            ),
            N_("Can a network learn to calculate from examples alone?"),
            minutes=45,
            needs=("cell",),
            leads=N_(
                "The calculator's decoder looks back at the question while it writes. Where "
                "it looks, and what that is worth, comes next."
            ),
        ),
        Lesson(
            "number-words",
            _HERE / "number_words" / "page.py",
            N_("Attention: numbers in words"),
            N_(
                "See which digit a network looks at while it writes each letter of a "
                "number in French, change where it looks, and take its attention away."
            ),
            N_("Where does a network look while it writes?"),
            minutes=20,
            needs=("cell",),
            leads=N_(
                "Here a network read digits and wrote words. The same network reads a "
                "sentence in one language and writes it in another."
            ),
        ),
        Lesson(
            "translation",
            _HERE / "translation" / "page.py",
            N_("Translate"),
            N_(
                "Type a short sentence in English or French, see which word each word of its "
                "translation looked at, and bend that look; learn a dictionary by counting "
                "alone."
            ),
            N_("Which words does each word of a translation come from?"),
            minutes=20,
            needs=("number-words",),
            leads=N_(
                "A translation says again what a text says. Now a network reads a text, and "
                "says what it is."
            ),
        ),
        Lesson(
            "text-class",
            _HERE / "text_class" / "page.py",
            N_("Classify texts"),
            N_(
                "Have a sentence read word by word and see which words push the answer; tell "
                "praise from blame and Voltaire from Zola, and see why counting is hard to "
                "beat."
            ),
            N_("Praise or blame: which words decide?"),
            minutes=20,
            needs=("sequence-class",),
            leads=N_(
                "To say what a text is, a network answers once. It may as well say something "
                "of every word, and know what comes behind it."
            ),
        ),
        Lesson(
            "tagger",
            _HERE / "tagger" / "page.py",
            N_("Tag a sentence"),
            N_(
                "Type a sentence and see the part of speech of each word, or the names in it; "
                "see what a network knows from the left, from the right and from both, and "
                "walk the best path yourself."
            ),
            N_("Verb, noun, town: what is each word of a sentence?"),
            minutes=20,
            needs=("sequence-class",),
            leads=N_(
                "A tag stands beneath each word that was read. To answer a question about a "
                "text, a network has to look where the answer is."
            ),
        ),
        Lesson(
            "question-answering",
            _HERE / "question_answering" / "page.py",
            N_("Answer questions"),
            N_(
                "Ask where the milk is and see which sentences a network looks at, hop by hop; "
                "beat a rule of one line; meet real questions."
            ),
            N_("Where is the milk, and which sentences tell?"),
            minutes=20,
            needs=("number-words", "text-class"),
            leads=N_(
                "A text comes in words. Speech comes as a wave, in which nobody has marked "
                "where a sound begins."
            ),
        ),
        Lesson(
            "spoken-digits",
            _HERE / "spoken_digits" / "page.py",
            N_("Hear a digit"),
            N_(
                "See a spoken digit as waveform and spectrogram, watch what a network believes "
                "while it listens, say one yourself, and hear who speaks."
            ),
            N_("Which digit was said, and from when on is it known?"),
            minutes=20,
            needs=("sequence-class",),
            leads=N_(
                "To say what a word is, a network hears it once. A language model says after "
                "every letter what comes next, and so it can write."
            ),
        ),
        Lesson(
            "voltaire",
            _HERE / "voltaire" / "page.py",
            N_("The Voltaire generator"),
            N_(
                "Have a network write in Voltaire's French, look at how it chooses each "
                "letter, and train one of your own while you watch it learn to spell."
            ),
            N_("Can a network write like Voltaire, letter by letter?"),
            minutes=20,
            needs=("cell",),
            leads=N_(
                "You have met networks that read, answer, hear and write. What people use them "
                "for, and how far that goes, is the last page of this chapter."
            ),
        ),
        Lesson(
            "applications",
            _HERE / "applications" / "page.py",
            N_("What it is for"),
            N_(
                "Type a sentence and see what nine fields make of it; hear a synthetic voice, "
                "ask a chatbot that knows when to be silent, and guess what was hard in 2015."
            ),
            N_("What is it all good for, and where does it fail?"),
            minutes=20,
            needs=("text-class", "tagger"),
            leads=N_(
                "Up to here a network was told what to answer. An autoencoder learns to give "
                "back what it was given, through a code that is too small to hold it."
            ),
            trains=False,
        ),
    ),
)
