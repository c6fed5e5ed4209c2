"""Second factors of the cast, for the walks over their pages."""

from collections.abc import Callable, Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from schools.models import User
from tests.harness.cast import Scene

Arguments = Callable[[Scene, str], dict[str, Any]]
MISSING = 987654
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def app_of(user: User) -> None:
    """Give a person an app with SECRET, and recovery codes, unless they have them."""
    if not Authenticator.objects.filter(user=user, type="totp").exists():
        TOTP.activate(user, SECRET)
        RecoveryCodes.activate(user)


def key_of(user: User) -> Authenticator:
    """Return a person's security key, the same each time."""
    held, _ = Authenticator.objects.get_or_create(
        user=user, type="webauthn", defaults={"data": {"name": "Laptop"}}
    )
    return held


def with_app(scene: Scene, name: str) -> dict[str, Any]:
    """Fill in an address of one's own account, of somebody with an app."""
    if name in scene.cast:
        app_of(scene.cast[name])
    return {}


def own_key(scene: Scene, name: str) -> dict[str, Any]:
    """Return the person's key; somebody's for whoever is not signed in."""
    return {"pk": key_of(scene.cast.get(name, scene.cast["officer"])).pk}


def foreign_key(scene: Scene, name: str) -> dict[str, Any]:
    """Return the key of somebody else."""
    return {"pk": key_of(scene.cast["finance" if name == "officer" else "officer"]).pk}


APP: Mapping[str, Arguments] = {"own": with_app}
KEY: Mapping[str, Arguments] = {
    "own": own_key,
    "foreign": foreign_key,
    "missing": lambda _scene, _name: {"pk": MISSING},
}
