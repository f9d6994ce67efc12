"""The lessons on autoencoders."""

from core.messages import N_
from ui.course.lesson import PAGES, Chapter, Lesson

_HERE = PAGES / "autoencoders"

CHAPTER = Chapter(
    N_("Autoencoders"),
    N_("Networks that learn without labels: an image through a bottleneck, and back."),
    (
        Lesson(
            "linear-autoencoder",
            _HERE / "linear_autoencoder" / "page.py",
            N_("The linear autoencoder is PCA"),
            N_(
                "Watch an autoencoder without activations find the space of principal "
                "component analysis, though not its axes; turn its code and see what stays."
            ),
            N_("Does a linear autoencoder find what PCA finds?"),
            minutes=20,
            leads=N_(
                "Without activations an autoencoder ends at PCA. With them, and with more "
                "layers, its plane can bend."
            ),
        ),
        Lesson(
            "autoencoder",
            _HERE / "autoencoder" / "page.py",
            N_("Simple and stacked autoencoders"),
            N_(
                "Lay the digits out in a plane with one hidden layer and with many, dense or "
                "convolutional, all at once or layer by layer, and see when PCA is beaten."
            ),
            N_("With two numbers, when is PCA beaten?"),
            minutes=20,
            needs=("linear-autoencoder",),
            leads=N_(
                "Here a small code kept the network from copying. Noise does that, too, and "
                "then the code may be large."
            ),
        ),
        Lesson(
            "denoising-autoencoder",
            _HERE / "denoising_autoencoder" / "page.py",
            N_("The denoising autoencoder"),
            N_(
                "Add noise to digits, draw on them, and watch a network clean them: by "
                "how much it beats the best linear filter, and where doing nothing is "
                "better."
            ),
            N_("How much of the noise can a network take away?"),
            minutes=20,
            needs=("linear-autoencoder",),
            leads=N_(
                "Noise is one way to do without a bottleneck. A cost for every unit that "
                "fires is another."
            ),
        ),
        Lesson(
            "sparse-autoencoder",
            _HERE / "sparse_autoencoder" / "page.py",
            N_("The sparse autoencoder"),
            N_(
                "Let a code of a hundred units describe each image by a few: see its "
                "dictionary of strokes, which unit fires for which class, and what sparsity "
                "costs."
            ),
            N_("Are a few units out of a hundred enough for an image?"),
            minutes=20,
            needs=("linear-autoencoder",),
            leads=N_(
                "Between the codes of these autoencoders there are holes. A variational one "
                "learns a code from which new images can be drawn."
            ),
        ),
        Lesson(
            "variational-autoencoder",
            _HERE / "variational_autoencoder" / "page.py",
            N_("The variational autoencoder"),
            N_(
                "See images as clouds of codes, draw new ones from the prior, go from "
                "one digit to another, and watch a code collapse when it costs too "
                "much."
            ),
            N_("Can new digits be drawn from a code?"),
            minutes=20,
            needs=("autoencoder",),
            leads=N_(
                "So far the input was an image. With an LSTM on either side of the code it "
                "is a sequence, and the two halves of the course meet."
            ),
        ),
        Lesson(
            "lstm-autoencoder",
            _HERE / "lstm_autoencoder" / "page.py",
            N_("The LSTM autoencoder"),
            N_(
                "Send heartbeats through a code of a few numbers and back; find the "
                "abnormal ones by how badly they are copied, and see when PCA does just "
                "as well."
            ),
            N_("Are abnormal heartbeats those that are copied badly?"),
            minutes=20,
            needs=(
                "cell",
                "linear-autoencoder",
            ),
        ),
    ),
)
