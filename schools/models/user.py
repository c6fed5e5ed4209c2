"""People who sign in."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac


def written(email: str) -> str:
    """Return an address as it is kept: in small letters, as signing in looks for it."""
    return email.strip().lower()


class UserManager(BaseUserManager["User"]):
    """Makes people, and finds them whatever the case of their e-mail address."""

    def create_user(
        self, *, email: str, name: str, password: str | None = None, **fields: Any
    ) -> "User":
        """Return a new person; without a password they cannot sign in yet."""
        user = self.model(email=written(email), name=name, **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the person with this e-mail address."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person, known by e-mail address. What they may do is in their roles."""

    email = models.EmailField("e-mail address", max_length=254)
    name = models.CharField(max_length=150)
    is_active = models.BooleanField("may sign in", default=True)
    roles_changed = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text="How often a role was given or taken: each time, sessions end.",
    )

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="%(app_label)s_%(class)s_email_is_one_person",
                violation_error_message="Somebody already has this e-mail address.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what a session must hold: it ends with the password or the roles."""
        held = f"{self.password}:{self.roles_changed}"
        return salted_hmac(
            "schools.User.session", held, secret=secret, algorithm="sha256"
        ).hexdigest()
