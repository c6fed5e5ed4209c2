"""The settings' environment in tests, whatever a developer's own `.env` says.

Loaded as a plugin (`-p tests.harness.environment`), before Django reads its settings.
"""

import os
from typing import Any

TEST_DATABASE_URL = "TEST_DATABASE_URL"  # set for the run on PostgreSQL

# What the caller named, which only the pictures of pages use.
GIVEN_DATABASE_URL = os.environ.get("DATABASE_URL", "")

ENVIRONMENT = {
    "DEBUG": "off",
    "HTTPS": "off",
    "SECRET_KEY": "for-tests-alone-" + "0123456789abcdefghij" * 3,
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "CSRF_TRUSTED_ORIGINS": "",
    "BEHIND_PROXY": "off",
    "DATABASE_URL": os.environ.get(TEST_DATABASE_URL, ""),
    "EMAIL_URL": "memorymail://",
    "DEFAULT_FROM_EMAIL": "programme@localhost",
    # The browser's driver runs an event loop in the thread that uses the database.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}

os.environ.update(ENVIRONMENT)


def apply_to(settings: Any) -> None:
    """Set what tests need and no environment variable names."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }
    # Files come from static/ itself, looked up when asked for: nothing is collected.
    settings.STATIC_ROOT = None
    settings.WHITENOISE_USE_FINDERS = True
    settings.WHITENOISE_AUTOREFRESH = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
