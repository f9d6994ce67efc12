"""Parts that several scripts have in common, put into them by their source."""
