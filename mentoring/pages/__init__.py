"""Turns the facts of summaries into the words and pictures of pages; no database."""
