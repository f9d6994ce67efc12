"""The lesson spoken-digits."""
