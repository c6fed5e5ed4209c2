"""A school says what is wrong about a pairing; staff answer, or it takes it back."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from mentoring.actions.keep import keep
from mentoring.models import Event, Pairing, PairingQuery
from schools.models import School, User


@transaction.atomic
def query_pairing(
    *, pairing: Pairing, school: School, words: str, by: User | None, on: date
) -> PairingQuery:
    """Return the query of `school`, which is one of the two of the pairing.

    Raises ValidationError with a sentence; one is open at a time.
    """
    query = PairingQuery(
        pairing=pairing, school=school, asked_by=by, asked_on=on, words=words.strip()
    )
    keep(query)
    _record(pairing, "queried a pairing", query, by, on)
    return query


@transaction.atomic
def answer_query(
    *, query: PairingQuery, answer: str, by: User | None, on: date
) -> PairingQuery:
    """Return the query with its answer; one that has an answer keeps it."""
    held = _still_open(query)
    held.answer, held.answered_on, held.answered_by = answer.strip(), on, by
    keep(held)
    _record(query.pairing, "answered a query of a pairing", held, by, on)
    return held


@transaction.atomic
def withdraw_query(*, query: PairingQuery, by: User | None, on: date) -> PairingQuery:
    """Return the query, taken back by the school that asked; an answer stays."""
    held = _still_open(query)
    held.withdrawn_on = on
    keep(held)
    _record(query.pairing, "took back a query of a pairing", held, by, on)
    return held


def _still_open(query: PairingQuery) -> PairingQuery:
    """Return the query as it stands, held until the end of the transaction."""
    held = PairingQuery.objects.select_for_update(of=("self",)).get(pk=query.pk)
    if held.answered_on is not None:
        raise ValidationError("Somebody else has answered this query meanwhile.")
    if held.withdrawn_on is not None:
        raise ValidationError("This query was taken back meanwhile.")
    return held


def _record(
    pairing: Pairing, verb: str, query: PairingQuery, by: User | None, on: date
) -> None:
    Event.record(
        by,
        verb,
        query,
        on=on,
        school_id=pairing.mentee.school_id,
        other_school_id=pairing.mentor.school_id,
        changes={"pairing": [None, pairing.pk]},
    )
