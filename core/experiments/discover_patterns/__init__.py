"""Groups among sequences without labels: clusters of what a network holds after reading them."""

from core.experiments.discover_patterns.config import DiscoverPatternsConfig as Config

__all__ = ["Config"]
