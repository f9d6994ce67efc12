"""Networks that answer questions about a story, beside a rule of one line."""

from core.experiments.question_answering.config import QuestionAnsweringConfig as Config

__all__ = ["Config"]
