"""Attention: numbers in words."""
