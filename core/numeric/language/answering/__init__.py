"""Networks that read a story and answer a question, and searches for an answer in a text."""
