"""The glass: one training example at a time, computed and drawn in the browser."""
