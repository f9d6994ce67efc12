"""One run as it goes on: its pace, its place, its buttons, what is said of it."""
