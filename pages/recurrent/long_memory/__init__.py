"""The lesson long-memory."""
