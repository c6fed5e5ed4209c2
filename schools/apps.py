"""Registers the app with Django."""

from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """The schools app."""

    name = "schools"
