"""The lesson on word embeddings."""
