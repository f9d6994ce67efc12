"""Recognise what a sequence is."""
