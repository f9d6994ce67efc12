"""Commands that ask the shipped models of language, without TensorFlow."""
