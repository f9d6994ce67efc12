"""Sentences of one language in another: pieces of words, IBM's model 1, memory, BLEU and chrF."""
