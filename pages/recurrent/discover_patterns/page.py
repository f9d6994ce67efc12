"""Patterns that nobody named: groups without labels, what they share, and what it saves to know."""

from pages.recurrent.discover_patterns.training import takeaway, training

takeaway(training())
