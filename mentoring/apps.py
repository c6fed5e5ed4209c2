"""Registers the app with Django."""

from django.apps import AppConfig


class MentoringConfig(AppConfig):
    """The mentoring app."""

    name = "mentoring"
