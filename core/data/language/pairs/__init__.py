"""English sentences and their French: Tatoeba's, and those of an invented grammar."""
