"""What can be set of the experiment question-answering."""

from dataclasses import dataclass

from core.experiments.kit import fields
from core.experiments.kit.config import Config, choice, flag, whole
from core.messages import N_


@dataclass(frozen=True)
class QuestionAnsweringConfig(Config):
    """Task, network and training."""

    task: str = choice(
        "two",
        {"one": N_("One fact"), "two": N_("Two facts")},
        N_("Task"),
        N_("Where is a person (one sentence tells it), or a thing (two sentences together do)?"),
    )
    data: str = choice(
        "babi",
        {"babi": "bAbI", "invented": N_("Invented")},
        N_("Stories"),
        N_("Facebook's bAbI, made by a programme of theirs, or made by one of Pangloss."),
    )
    model: str = choice(
        "memory",
        {
            "memory": N_("Memory network"),
            "attention": N_("Recurrent, attention"),
            "recurrent": N_("Recurrent"),
        },
        N_("Network"),
        N_(
            "Keeps the sentences and looks at them; reads them in order and looks back; or keeps "
            "one state only."
        ),
    )
    hops: int = whole(
        3, 1, 4, N_("Hops"), N_("How often the network looks at the sentences, one after another.")
    )
    cell: str = fields.cell()
    question_first: bool = flag(
        True,
        N_("Question first"),
        N_("A recurrent network reads the question before the story, or after it."),
    )
    units: int = fields.units(32)
    train_questions: int = whole(
        10_000,
        100,
        10_000,
        N_("Questions to learn from"),
        N_("At most so many; the held-out ones stay the same."),
        log=True,
    )
    batch_size: int = whole(64, 8, 256, N_("Batch"), N_("Questions of an update."), step=8)
    learning_rate: float = fields.falling_rate(1e-2)
    epochs: int = whole(15, 1, 60, N_("Epochs"), N_("How often all questions are read."))
    seed: int = fields.seed()
