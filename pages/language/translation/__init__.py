"""Translate: short sentences, English to French and back."""
