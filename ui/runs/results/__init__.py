"""What runs reached: curves, scores, runs beside each other, files to take away."""
