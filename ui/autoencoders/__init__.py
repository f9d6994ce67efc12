"""What the lessons on autoencoders share."""
