"""Hands a need on to another mentor, who has the expertise."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from mentoring import pairing_rules as rules
from mentoring.actions.move_pairing import as_it_stands
from mentoring.actions.propose_pairing import propose_pairing
from mentoring.membership_rules import MOVED
from mentoring.models import Area, Event, Membership, Pairing
from mentoring.steps.pairing import REFER
from schools.models import User


@transaction.atomic
def refer_need(
    *,
    pairing: Pairing,
    seen: int,
    mentor: Membership,
    area: Area,
    started: date,
    words: str = "",
    by: User | None,
    on: date,
) -> Pairing:
    """Return the proposal to the other mentor; `pairing` stays as it is.

    Raises ValidationError with a sentence for the form.
    """
    held = as_it_stands(pairing.pk)
    if held.steps_taken != seen:
        raise ValidationError(MOVED)
    rules.check_step(held, REFER)
    if mentor.pk == held.mentor_id:
        raise ValidationError({"mentor": "Choose another mentor than its own."})
    rules.check_offers(mentor, area)
    if started < on:
        raise ValidationError(
            {"started": "Nobody has agreed yet. Give today or a later day."}
        )
    found = propose_pairing(
        mentor=mentor,
        mentee=held.mentee,
        area=area,
        started=started,
        words=words,
        referred_from=held,
        # Whoever refers is a head, mostly: the need stays in the same hands.
        officer=held.officer,
        by=by,
        on=on,
    )
    Event.record(
        by,
        REFER.done,
        held,
        on=on,
        school_id=held.mentee.school_id,
        other_school_id=held.mentor.school_id,
        changes={"referred_to": [None, found.pk]},
    )
    return found
