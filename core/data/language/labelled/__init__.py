"""Texts with a class each: sentences, messages, passages of books, and a visitor's table."""
