"""Three cells learn to add across a gap, and the gradient's way back is measured as they do."""

from core.experiments.gradient_flow.config import GradientFlowConfig as Config

__all__ = ["Config"]
