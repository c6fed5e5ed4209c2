"""Readers of the programme's own files."""
