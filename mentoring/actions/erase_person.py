"""Erases a person: every total stays, and nothing says any more who it was."""

import re
from collections.abc import Iterable
from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from mentoring.actions.end_role import end_role
from mentoring.actions.end_sessions import end_sessions
from mentoring.actions.keep import keep
from mentoring.models import (
    EligibilityException,
    Event,
    EventReason,
    Membership,
    Pairing,
    PairingQuery,
    SavedView,
    StaffMember,
    SupportDay,
    TodoNote,
)
from mentoring.personal_data import invitations_of
from schools.models import ImportRun, Role, Succession, Upload, User

ERASED = "Somebody who was erased"
IN_TEXT = "[erased]"
WHY = "The person is erased."

TYPED: dict[type[models.Model], tuple[str, ...]] = {
    EventReason: ("text",),
    EligibilityException: ("why", "until_why", "ended_why"),
    Membership: ("reason",),
    Pairing: ("words", "reason", "handover"),
    PairingQuery: ("words", "answer"),
    SupportDay: (
        *("note", "taken_back", "taken_back_there", "why_late"),
        *("query", "answer", "why_voided"),
    ),
    Upload: ("why",),
    ImportRun: ("undone_why",),
    Succession: ("reason",),
}
"""What people type; a name stands in it although the forms ask for none."""


@transaction.atomic
def erase_person(*, user: User, by: User | None, on: date) -> User:
    """Return the person without name, address, password, posts and views.

    Posts are those of the same name at the person's schools. Roles end, and what was
    done stays, by somebody who was erased. Raises ValidationError with a sentence where
    `by` would erase themselves, or it is done.
    """
    held = User.objects.select_for_update().get(pk=user.pk)
    if by == held:
        raise ValidationError(
            "Nobody erases themselves: ask another administrator, so that one is left."
        )
    if held.email == address_of_erased(held):
        raise ValidationError("This person is erased already.")
    for role in Role.objects.filter(user=held).live_or_ahead_on(on):
        last = max(on, role.started)
        end_role(role=role, ended=last, reason=WHY, by=by, on=on)
    words = [held.name, held.email, *_invited_names(held)]
    _erase_invitations(held)
    _erase_accounts(held)
    words += _erase_posts(held)
    SavedView.objects.filter(owner=held).delete()
    TodoNote.objects.filter(owner=held).update(owner=None)
    for model, columns in TYPED.items():
        for column in columns:
            _erase_in(model, column, words)
    held.name, held.email = ERASED, address_of_erased(held)
    held.is_active, held.last_login = False, None
    held.set_unusable_password()
    keep(held)
    end_sessions(held.pk)
    Event.record(by, "erased a person", held, on=on)
    return held


def address_of_erased(user: User) -> str:
    """Return the address of a person who is erased: nobody's (RFC 2606)."""
    return f"erased-{user.pk}@erased.invalid"


def _invited_names(user: User) -> list[str]:
    pairs = invitations_of(user).values_list("name", "email")
    return [words for pair in pairs for words in pair]


def _erase_invitations(user: User) -> None:
    """Take name and address from the invitations; one that waits is revoked."""
    rows = invitations_of(user)
    keys = list(rows.values_list("pk", flat=True))
    rows.unanswered().update(revoked_at=timezone.now())  # type: ignore[attr-defined]  # our queryset's
    rows.model.objects.filter(pk__in=keys).update(
        name=ERASED, email=address_of_erased(user)
    )


def _erase_posts(user: User) -> list[str]:
    """Take name and post from the person's posts; return the names they had."""
    posts = dict(StaffMember.objects.of_person(user).values_list("pk", "name"))
    StaffMember.objects.filter(pk__in=posts).update(
        name=StaffMember.ERASED, post="", user=None, is_erased=True
    )
    return list(posts.values())


def _erase_accounts(user: User) -> None:
    """Delete what only signing in needs: sessions, their list, second factors."""
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
    for model in (UserSession, Authenticator, EmailAddress):
        model.objects.filter(user=user).delete()


def _erase_in(model: type[models.Model], column: str, words: Iterable[str]) -> None:
    """Put IN_TEXT for each of `words` in what was typed into a column."""
    wanted = {each for each in words if each.strip()}
    found = Q()
    for each in wanted:
        found |= Q(**{f"{column}__icontains": each})
    pattern = re.compile(
        "|".join(rf"(?<!\w){re.escape(each)}(?!\w)" for each in wanted), re.IGNORECASE
    )
    rows: models.QuerySet[models.Model] = models.QuerySet(model)
    longest = model._meta.get_field(column).max_length  # type: ignore[union-attr]  # noqa: SLF001 -- of text
    for pk, text in rows.filter(found).values_list("pk", column):
        erased = pattern.sub(IN_TEXT, text)[:longest]
        rows.filter(pk=pk).update(**{column: erased})
