"""A made-up programme, of schools nobody knows, to look around in."""
