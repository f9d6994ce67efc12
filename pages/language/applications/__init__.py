"""The page applications: what the networks of the course are used for."""
