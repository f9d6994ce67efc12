"""Pangloss: recurrent networks and autoencoders that can be trained and watched."""

__version__ = "0.4.0"
