"""Changes of state of published figures: one verb each, in one transaction."""
