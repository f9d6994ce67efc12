"""Tags for the words of a sentence: what a tagger reads, what it answers, how it is judged."""
