"""Sum up some numbers: an experiment without a model."""

from dataclasses import dataclass

from core.experiments.kit.config import Config as Base
from core.experiments.kit.config import choice, flag, real, text, whole


@dataclass(frozen=True)
class Config(Base):
    """What the sum needs."""

    corpus: str = choice("none", {"none": "None", "upload": "Yours"}, "Text")
    epochs: int = whole(2, 1, 100_000, "Epochs", "How often.")
    rate: float = real(0.5, 0.0, 1.0, "Rate", live=True)
    shout: bool = flag(False, "Shout")
    interrupts: int = whole(0, 0, 2, "Interrupts")
    trouble: str = text("", 0, 40, "Trouble")
    upload: str = text("", 0, 64, "Upload", upload="text")
