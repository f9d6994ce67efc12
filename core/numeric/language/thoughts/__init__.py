"""A sentence as one vector: by counting, by its words' vectors, by what a network holds."""
