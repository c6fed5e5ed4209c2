"""A broken rule reaches people as its sentence; a fault of ours stays a fault."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from mentoring.models import Membership
from schools.constraints import sentence_of
from schools.models import User
from tests.factories import MembershipFactory, SchoolFactory

pytestmark = pytest.mark.django_db


def broken(kind: type, **fields: object) -> IntegrityError:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        kind.objects.bulk_create([kind(**fields)])  # type: ignore[attr-defined]  # a model
    return caught.value


def test_a_check_speaks_its_sentence() -> None:
    error = broken(
        Membership,
        school=SchoolFactory.create(),
        role="mentee",
        state="completed",
        since=date(2004, 9, 1),
        joined=date(2004, 9, 1),
        left=date(2004, 8, 31),
    )
    assert sentence_of(error, Membership).messages == [
        "A school cannot leave before it joins."
    ]


def test_a_trigger_speaks_its_sentence() -> None:
    held = MembershipFactory.create(joined=date(2004, 9, 1))
    error = broken(
        Membership,
        school=held.school,
        role=held.role,
        state="active",
        since=date(2005, 9, 1),
        joined=date(2005, 9, 1),
    )
    assert sentence_of(error, Membership).messages == [
        "This school was already in the programme in this role on some of those days."
    ]


def test_what_is_no_rule_is_raised_again() -> None:
    error = broken(User, email=None, name="Nobody", password="x")
    with pytest.raises(IntegrityError):
        sentence_of(error, User)
