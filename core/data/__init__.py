"""Seeded generators, real data sets, cleaned books, and readers for what a visitor brings."""
