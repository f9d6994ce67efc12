"""Commands on data: the published sets, and files of one's own."""
