"""What Pangloss claims, measured beside what a user would pick instead. Run: make bench."""
