"""The class: its teacher's page, its wall, and what she takes away of a lesson."""
