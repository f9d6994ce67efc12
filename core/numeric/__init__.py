"""The course's mathematics in NumPy: cells, language models, counting, what is asked of them."""
