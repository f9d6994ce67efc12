"""The lesson question-answering."""
