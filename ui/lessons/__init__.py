"""Parts of lessons too long for one page file."""
