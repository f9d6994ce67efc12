"""Short stories of persons, things and places, and questions about them."""
