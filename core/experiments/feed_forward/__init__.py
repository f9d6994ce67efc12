"""A dense network on a window and a recurrent one learn to recall the first symbol."""

from core.experiments.feed_forward.config import FeedForwardConfig as Config

__all__ = ["Config"]
