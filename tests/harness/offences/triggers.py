"""Writes that triggers refuse: shared days, and tables that only grow."""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from factory.django import DjangoModelFactory

from mentoring.models import EligibilityException, Membership
from schools.models import TrustMembership
from tests import factories as make
from tests.harness.offences.parts import DAY, DAY_BEFORE, Offence


def _two_trusts_inserted() -> None:
    held = make.TrustMembershipFactory.create(started=DAY_BEFORE, ended=DAY)
    TrustMembership.objects.bulk_create(
        [
            TrustMembership(
                school=held.school, trust=make.TrustFactory.create(), started=DAY
            )
        ]
    )


def _two_trusts_updated() -> None:
    held = make.TrustMembershipFactory.create(started=DAY_BEFORE, ended=DAY_BEFORE)
    make.TrustMembershipFactory.create(school=held.school, started=DAY)
    TrustMembership.objects.filter(pk=held.pk).update(ended=DAY)


def _shared_day_inserted() -> None:
    first = make.MembershipFactory.create(joined=DAY_BEFORE, left=DAY)
    Membership.objects.bulk_create(
        [
            Membership(
                school=first.school,
                role=first.role,
                state="active",
                since=DAY,
                joined=DAY,
            )
        ]
    )


def _shared_day_updated() -> None:
    first = make.MembershipFactory.create(joined=DAY_BEFORE, left=DAY_BEFORE)
    make.MembershipFactory.create(school=first.school, joined=DAY)
    Membership.objects.filter(pk=first.pk).update(left=DAY)


def _changed(
    factory: type[DjangoModelFactory[Any]], table: str, column: str
) -> Mapping[str, Offence]:
    """Return each way to change or lose a row of a table that only grows."""

    def after(statement: str) -> Offence:
        def offend() -> None:
            factory.create()
            connection.check_constraints()  # or PostgreSQL cannot truncate at all
            with connection.cursor() as cursor:
                cursor.execute(statement)

        return offend

    return {
        "UPDATE": after(f"UPDATE {table} SET {column} = {column}"),  # noqa: S608 -- our own names
        "DELETE": after(f"DELETE FROM {table}"),  # noqa: S608 -- same
        "TRUNCATE": after(f"TRUNCATE {table} CASCADE"),
    }


def _second_exception_inserted() -> None:
    first = make.EligibilityExceptionFactory.create(granted_on=DAY_BEFORE, until=DAY)
    EligibilityException.objects.bulk_create(
        [EligibilityException(school=first.school, why="Again.", granted_on=DAY)]
    )


def _second_exception_updated() -> None:
    first = make.EligibilityExceptionFactory.create(
        granted_on=DAY_BEFORE, until=DAY_BEFORE
    )
    make.EligibilityExceptionFactory.create(school=first.school, granted_on=DAY)
    EligibilityException.objects.filter(pk=first.pk).update(until=None)


# Table, then verb: the writes that its triggers refuse. SQLite has no TRUNCATE.
TRIGGERS: Mapping[str, Mapping[str, Offence]] = {
    "schools_trustmembership": {
        "INSERT": _two_trusts_inserted,
        "UPDATE": _two_trusts_updated,
    },
    "mentoring_membership": {
        "INSERT": _shared_day_inserted,
        "UPDATE": _shared_day_updated,
    },
    "mentoring_eligibilityexception": {
        "INSERT": _second_exception_inserted,
        "UPDATE": _second_exception_updated,
    },
    "mentoring_event": _changed(make.EventFactory, "mentoring_event", "verb"),
    "mentoring_eligibilitylist": _changed(
        make.EligibilityListFactory, "mentoring_eligibilitylist", "rule"
    ),
    "mentoring_eligibilityentry": _changed(
        make.EligibilityEntryFactory, "mentoring_eligibilityentry", "reason"
    ),
}
