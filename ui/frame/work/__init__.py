"""My work: what this browser has trained, over all lessons."""
