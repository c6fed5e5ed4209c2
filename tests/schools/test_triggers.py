"""The operation that keeps rules across rows: it can be taken back and made again."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from mentoring.models import Event
from schools.triggers import append_only


class Editor:
    """What a migration hands to its operations."""

    connection = connection

    def execute(self, statement: str, params: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, params)


def write_event() -> Event:
    return Event.objects.create(
        verb="tested", noun="x", noun_id=1, happened_on="2006-11-20"
    )


def changes(event: Event) -> bool:
    """Return whether an event can be changed."""
    try:
        with transaction.atomic():
            return bool(Event.objects.filter(pk=event.pk).update(verb="changed"))
    except IntegrityError:
        return False


@pytest.mark.django_db
def test_a_guard_is_lifted_and_stands_again() -> None:
    event, operation = write_event(), append_only("mentoring_event")
    assert not changes(event)
    operation.database_backwards("mentoring", Editor(), None, None)
    assert changes(event)
    operation.database_forwards("mentoring", Editor(), None, None)
    assert not changes(event)
    assert operation.describe() == "mentoring_event may only grow"
