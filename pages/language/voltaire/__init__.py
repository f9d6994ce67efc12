"""The lesson voltaire."""
