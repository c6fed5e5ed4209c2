"""Readers of publishers' files and of the project's own reference data."""
