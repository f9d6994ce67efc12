"""Texts put into classes: what is counted of them, and what a network makes of that."""
