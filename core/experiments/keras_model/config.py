"""What can be set of the experiment keras-model."""

from dataclasses import dataclass

from core.data.sequences.coded_tasks import SIZES
from core.experiments.kit import fields
from core.experiments.kit.config import Config, ConfigError, choice, text, whole
from core.messages import N_, Problem
from core.numeric.recurrent.stack.faults import checked
from core.numeric.recurrent.stack.layers import Stack, fitted, seeded
from core.numeric.recurrent.stack.notation import PRESETS, parse, spell


@dataclass(frozen=True)
class KerasModelConfig(Config):
    """The layers, the task and the training."""

    stack: str = text(
        PRESETS["lstm"],
        0,
        400,
        N_("Layers"),
        N_("The stack in a line, from the input to the output, as in embedding:1000:64,lstm:128."),
    )
    task: str = choice(
        "digits",
        {
            "digits": N_("Handwritten digits"),
            "splice": N_("Splice junctions (DNA)"),
            "spam": N_("Text messages: spam or not"),
        },
        N_("Task"),
        N_("Sequences of integers, each with its class. The digits are on every machine."),
    )
    epochs: int = whole(15, 1, 60, N_("Epochs"), N_("How often the training data are read."))
    batch_size: int = whole(
        32, 8, 128, N_("Batch"), N_("Sequences that one step learns from."), step=8
    )
    learning_rate: float = fields.learning_rate(0.002, high=0.03)
    clip_norm: float = fields.clip_norm()
    seed: int = fields.seed()

    def __post_init__(self):
        super().__post_init__()
        try:
            layers = checked(self.stack)
        except Problem as problem:
            raise ConfigError(problem.template, field="stack", **problem.values) from None
        object.__setattr__(self, "stack", spell(layers))

    @property
    def layers(self) -> Stack:
        """The stack as it is trained: with seeds, and inputs and outputs as the task needs."""
        size = SIZES[self.task]
        return seeded(fitted(parse(self.stack), size.codes, size.classes), self.seed)
