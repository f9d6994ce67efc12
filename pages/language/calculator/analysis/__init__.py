"""Understand it: where it fails, what its encoder hands over, and what one digit moves."""
