"""What the URL and the session hold: settings, choices, visits."""
