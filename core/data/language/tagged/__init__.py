"""Sentences with a tag for each word: treebanks, novels, posts, requests, and a visitor's file."""
