"""Sounds: read, recorded by the course's speakers, or made by this program."""
