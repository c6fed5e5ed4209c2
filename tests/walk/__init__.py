"""Walks through every address: who is let in, what it costs, how it looks."""
