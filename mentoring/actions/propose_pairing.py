"""Asks a mentor to help a mentee, as lead or in an area."""

from datetime import date
from functools import partial

from django.db import transaction

from mentoring import pairing_rules as rules
from mentoring.actions.keep import keep
from mentoring.models import (
    Area,
    Event,
    EventReason,
    Membership,
    Pairing,
    Programme,
    Term,
)
from mentoring.pairing_history import RECORDED
from mentoring.pairing_mail import ASKED, mail_proposal
from mentoring.steps.pairing import PROPOSE, State
from mentoring.terms import working_day_after
from schools.models import User


@transaction.atomic
def propose_pairing(
    *,
    mentor: Membership,
    mentee: Membership,
    area: Area,
    started: date,
    planned_days: int = 0,
    words: str = "",
    referred_from: Pairing | None = None,
    officer: User | None = None,
    by: User | None,
    on: date,
) -> Pairing:
    """Return the proposal; the mentor's place is kept from now on.

    `officer` of the programme looks after it; None, nobody yet. Raises ValidationError
    with a sentence for the form. Of several at once for the last place one is first,
    and the others are told.
    """
    rules.check_area(area, on)
    rules.check_offers_any(mentor, area)
    rules.check_first_day(started, on)
    rules.check_inside(mentor, mentee, started)
    mentor.refresh_from_db(fields=["places", "places_taken", "state", "since"])
    mentee.refresh_from_db(fields=["state", "since"])
    rules.check_nobody_rests(mentor, mentee)
    rules.check_room(mentor, mentee)
    pairing = Pairing(
        mentor=mentor,
        mentee=mentee,
        area=area,
        state=State.PROPOSED,
        since=on,
        started=started,
        planned_days=planned_days,
        answer_by=last_day_to_answer(on),
        asked_on=on,
        words=words.strip(),
        referred_from=referred_from,
        officer=officer,
    )
    keep(pairing, Membership)
    event = Event.record(
        by,
        PROPOSE.done,
        pairing,
        on=on,
        school_id=mentee.school_id,
        other_school_id=mentor.school_id,
        changes=made(pairing),
    )
    transaction.on_commit(partial(mail_proposal, pairing, ASKED, on))
    if pairing.words:
        EventReason.objects.create(event=event, text=pairing.words)
    return pairing


def last_day_to_answer(on: date) -> date:
    """Return the day by which a proposal of `on` is to be answered."""
    terms = Term.objects.order_by("started").values_list("started", "ended")
    return working_day_after(on, Programme.the().days_to_answer, list(terms))


def made(pairing: Pairing) -> dict[str, list[object]]:
    """Return the changes of the event that makes a pairing."""
    changes: dict[str, list[object]] = {
        "mentor_id": [None, pairing.mentor_id],
        "mentee_id": [None, pairing.mentee_id],
    }
    if pairing.referred_from_id:
        changes["referred_from_id"] = [None, pairing.referred_from_id]
    for name in RECORDED:
        value = as_recorded(getattr(pairing, name))
        if value not in {None, ""}:
            changes[name] = [None, value]
    return changes


def as_recorded(value: object) -> object:
    """Return a column as an event has it."""
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, int) else str(value)
