"""What surrounds every page: navigation, the strip, the course, the start page, HTTP routes."""
