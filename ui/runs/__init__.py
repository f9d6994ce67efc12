"""Following a run: train, steer, scrub, compare, take away."""
