"""Registers the app with Django."""

from django.apps import AppConfig


class MentoringConfig(AppConfig):
    """The mentoring app."""

    name = "mentoring"

    def ready(self) -> None:
        """Have a second factor that was just set up count in its session."""
        from allauth.mfa.signals import authenticator_added  # noqa: PLC0415 -- models

        from mentoring.second_factor import factor_added  # noqa: PLC0415 -- same

        authenticator_added.connect(factor_added)
