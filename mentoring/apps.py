"""Registers the app with Django."""

from django.apps import AppConfig


class MentoringConfig(AppConfig):
    """The mentoring app."""

    name = "mentoring"

    def ready(self) -> None:
        """Have sessions note when they began, and that a factor was set up in them."""
        from allauth.mfa.signals import authenticator_added  # noqa: PLC0415 -- models
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415 -- same

        from mentoring.guards import begin  # noqa: PLC0415 -- same
        from mentoring.kept_forms import last_on  # noqa: PLC0415 -- same
        from mentoring.second_factor import factor_added  # noqa: PLC0415 -- same

        user_logged_in.connect(begin)
        user_logged_in.connect(last_on)
        authenticator_added.connect(factor_added)
