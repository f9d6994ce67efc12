"""Words to learn vectors of, and questions to ask the vectors."""
