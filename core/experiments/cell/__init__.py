"""The cell, step by step: it trains nothing, but its weights can be taken away."""
