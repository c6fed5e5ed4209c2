"""Reminds mentors of proposals that they have not answered, once each."""

from datetime import date
from functools import partial

from django.db import transaction

from mentoring.models import Event, Pairing, Programme, Term
from mentoring.pairing_history import REMINDED
from mentoring.pairing_mail import STILL_ASKED, mail_proposal
from mentoring.steps.pairing import State
from mentoring.terms import working_days_until

AFTER = 5
"""Working days of term after which a mentor is reminded."""


def remind_mentors(*, on: date) -> int:
    """Return how many proposals were reminded of: mails leave once all is written."""
    spans = list(Term.objects.order_by("started").values_list("started", "ended"))
    left = Programme.the().days_to_answer - AFTER
    waiting = Pairing.objects.filter(
        state=State.PROPOSED, reminded_on__isnull=True, answer_by__gte=on
    )
    reminded = 0
    for pairing in waiting.with_schools().order_by("pk"):
        assert pairing.answer_by is not None
        if working_days_until(on, pairing.answer_by, spans) <= left:
            reminded += _remind(pairing, on)
    return reminded


@transaction.atomic
def _remind(pairing: Pairing, on: date) -> bool:
    """Remind of one; return whether nobody moved it or reminded of it meanwhile."""
    rows = Pairing.objects.filter(
        pk=pairing.pk, state=State.PROPOSED, reminded_on__isnull=True
    )
    if not rows.update(reminded_on=on):
        return False
    Event.record(
        None,
        REMINDED,
        pairing,
        on=on,
        school_id=pairing.mentee.school_id,
        other_school_id=pairing.mentor.school_id,
    )
    transaction.on_commit(partial(mail_proposal, pairing, STILL_ASKED, on))
    return True
