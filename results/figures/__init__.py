"""Arithmetic on published figures: frozen dataclasses in and out, no Django."""
