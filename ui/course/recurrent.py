"""The lessons on recurrent networks."""

from core.messages import N_
from ui.course.lesson import PAGES, Chapter, Lesson

_HERE = PAGES / "recurrent"

CHAPTER = Chapter(
    N_("Recurrent networks"),
    N_("Networks with a memory: their cells, how they learn, and how far back."),
    (
        Lesson(
            "next-value",
            _HERE / "next_value" / "page.py",
            N_("Predict the next value"),
            N_(
                "Forecast sunspots, temperatures or a series of your own, and see whether a "
                'network is better than "same as yesterday" and other simple guesses.'
            ),
            N_("Can a network forecast better than “same as yesterday”?"),
            minutes=20,
            needs=("sequential-data",),
            leads=N_(
                "A network that says what comes next can also say what the whole was: one "
                "answer, once all has been read."
            ),
        ),
        Lesson(
            "sequence-class",
            _HERE / "sequence_class" / "page.py",
            N_("Predict a class"),
            N_(
                "Tell good sequences of integers from bad ones and find the splice sites of "
                "genes; see where a network looks, and where a second direction helps."
            ),
            N_("Is this sequence a good one, and what gives it away?"),
            minutes=20,
            needs=("sequential-data",),
            leads=N_(
                "Here every sequence had its label. What does a network find out where "
                "there is none?"
            ),
        ),
        Lesson(
            "discover-patterns",
            _HERE / "discover_patterns" / "page.py",
            N_("Discover patterns"),
            N_(
                "Find groups that nobody labelled in what a network remembers, say what their "
                "members share, and count the bits that a good guess saves."
            ),
            N_("What groups does a network find that nobody labelled?"),
            minutes=20,
            needs=("next-value",),
            leads=N_(
                "Forecasts, classes and groups all came out of a hidden state. Now look "
                "inside, at the cell that makes it."
            ),
        ),
        Lesson(
            "cell",
            _HERE / "cell" / "page.py",
            N_("The cell, step by step"),
            N_(
                "Send a sequence through an RNN, an LSTM or a GRU, one step at a time, and see "
                "every number in the diagram and in the formula; change a weight and look."
            ),
            N_("What happens inside a cell, at each step?"),
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
            _HERE / "gradient_flow" / "page.py",
            N_("Gradient flow"),
            N_(
                "Watch the gradient on its way back through time in three cells side by side: "
                "where it vanishes, where it explodes, and what training changes."
            ),
            N_("How far back in time does the gradient reach?"),
            minutes=20,
            needs=("cell",),
            leads=N_(
                "How far the gradient reaches is one thing; what a network remembers is "
                "another. Next the cells are tried on tasks that need a long memory."
            ),
        ),
        Lesson(
            "long-memory",
            _HERE / "long_memory" / "page.py",
            N_("Long memory"),
            N_(
                "Race the cells on tasks in which a number must be remembered for a hundred "
                "steps and more."
            ),
            N_("Which cell remembers a number for a hundred steps?"),
            minutes=20,
            needs=("gradient-flow",),
            leads=N_(
                "You know the cells and their limits. Now build models of them, layer by "
                "layer, as Keras does."
            ),
        ),
        Lesson(
            "keras-workbench",
            _HERE / "keras_workbench" / "page.py",
            N_("Keras workbench"),
            N_(
                "Build a recurrent model layer by layer, see where each of its parameters "
                "comes from, take its Keras code and train it."
            ),
            N_("Layer by layer: how many parameters, and what code?"),
            minutes=10,
            needs=("cell",),
            leads=N_(
                "A stack that reads words begins with an Embedding layer. What its vectors "
                "come to know is the next lesson."
            ),
        ),
    ),
)
