"""The class: its teacher's side, its students' side, and its wall, with what both show of it."""
