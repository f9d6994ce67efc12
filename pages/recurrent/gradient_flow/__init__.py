"""The lesson gradient-flow."""
