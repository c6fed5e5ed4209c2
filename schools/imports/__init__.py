"""Readers of the register's files, and what writes them into the database."""
