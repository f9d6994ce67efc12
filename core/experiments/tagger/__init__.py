"""Networks that tag each word of a sentence, from both sides and from one, beside what counts."""

from core.experiments.tagger.config import TaggerConfig as Config

__all__ = ["Config"]
