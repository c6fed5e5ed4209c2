"""What is held about one person: every row that names them, as they may take it along.

Found by the models' own relations, so that a new table is in it unasked; and by name,
where a school has entered the person among who gives support.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db import models
from django.db.models import Q

from mentoring.models import EventReason, StaffMember, SupportDay
from schools.models import Invitation, User

SECRET = {"password", "token_hash", "data", "session_key"}
"""Columns that would let somebody in, and are nobody's to take along."""

Rows = list[dict[str, Any]]


def held_about(user: User) -> Mapping[str, Any]:
    """Return everything that names `user`, by the model and the part they play in it.

    Rows come as columns, without secrets; an empty part is left out.
    """
    held: dict[str, Any] = {"person": _rows(User.objects.filter(pk=user.pk))[0]}
    for model, field in naming():
        name = f"{model._meta.label}: {field.verbose_name}"  # noqa: SLF001 -- Django's public-by-use API
        if rows := _rows(models.QuerySet(model).filter(**{field.name: user})):
            held[name] = rows
    posts = StaffMember.objects.of_person(user)
    if found := _rows(posts):
        held["posts"] = found
    if given := _rows(SupportDay.objects.filter(giver__in=posts)):
        held["days given"] = given
    if invited := _rows(invitations_of(user)):
        held["invitations"] = invited
    if reasons := _rows(EventReason.objects.filter(event__who=user)):
        held["reasons given"] = reasons
    return held


def invitations_of(user: User) -> models.QuerySet[Invitation]:
    """Return the invitations that were sent to a person, accepted or not."""
    return Invitation.objects.filter(Q(role__user=user) | Q(email__iexact=user.email))


def naming() -> Iterator[tuple[type[models.Model], models.ForeignKey[Any, Any]]]:
    """Yield each model with each of its columns that name a person with an account."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:  # noqa: SLF001 -- as above
            if isinstance(field, models.ForeignKey) and field.related_model is User:
                yield model, field


def _rows(rows: models.QuerySet[Any]) -> Rows:
    """Return rows as columns, the first first, without what would let somebody in."""
    # A session's own row has no more to say than when, where and in which browser.
    secret = SECRET | ({"id"} if rows.model is UserSession else set())
    names = [
        field.attname
        for field in rows.model._meta.concrete_fields  # noqa: SLF001 -- as above
        if field.name not in secret
    ]
    return list(rows.order_by("pk").values(*names))
