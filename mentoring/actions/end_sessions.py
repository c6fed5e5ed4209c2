"""Ends every session of a person: what they may do has changed."""

from django.db.models import F

from schools.models import User


def end_sessions(user_id: int) -> None:
    """Have each browser sign in again; call it in the transaction of the change.

    A session holds a hash of how often the roles changed (`schools.User`), so nothing
    has to be found and deleted.
    """
    User.objects.filter(pk=user_id).update(roles_changed=F("roles_changed") + 1)
