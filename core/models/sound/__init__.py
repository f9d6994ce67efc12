"""Networks and baselines that hear words."""
