"""The other school confirms days, one or many, or its silence does."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from mentoring.models import Event, Programme, SupportDay
from mentoring.models.support_day import SupportDayQuerySet, waited_since
from mentoring.steps.support_day import CONFIRM, SILENCE, State, Step
from schools.models import School, User

AT_ONCE = 500
"""Days that silence confirms in one transaction."""

ALL_BUT_WORDS = {
    each.name
    for each in SupportDay._meta.concrete_fields  # noqa: SLF001 -- Django's public-by-use API
    if each.name != "taken_back_there"
}
ANSWERED = "These days were answered already. Look at where they stand now."


@transaction.atomic
def confirm_days(
    *,
    days: SupportDayQuerySet,
    school: School,
    taken_back: str = "",
    by: User | None,
    on: date,
) -> int:
    """Return how many of `days` the school confirmed: those that waited for it.

    `taken_back` is what it takes back to its own school. Raises ValidationError where
    none waited.
    """
    said = taken_back.strip()
    SupportDay(taken_back_there=said).clean_fields(exclude=ALL_BUT_WORDS)
    waiting = days.waiting_for(school)
    confirmed = _confirm(waiting, CONFIRM, by=by, on=on, said=said)
    if not confirmed:
        raise ValidationError(ANSWERED)
    return confirmed


def confirm_by_silence(*, on: date) -> int:
    """Return how many days were confirmed because nobody had answered in time.

    A day that was logged on the 1st, with 14 days to confirm, is so on the 15th; one
    whose query was taken back later, as long after that.
    """
    last = on - timedelta(days=Programme.the().days_to_confirm)
    due = SupportDay.objects.filter(waited_since(last), state=State.WAITING)
    total = 0
    while keys := list(due.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            rows = SupportDay.objects.filter(pk__in=keys, state=State.WAITING)
            total += _confirm(rows, SILENCE, by=None, on=on)
    return total


def _confirm(
    rows: SupportDayQuerySet, step: Step, *, by: User | None, on: date, said: str = ""
) -> int:
    """Confirm what still waits, each day with its event; return how many."""
    locked = rows.select_for_update(of=("self",)).order_by("pk")
    found = list(locked.select_related("pairing__mentee", "pairing__mentor"))
    new = {"taken_back_there": said} if said else {}
    SupportDay.objects.filter(pk__in=[day.pk for day in found]).update(
        state=State.CONFIRMED, confirmed_on=on, confirmed_by=by, **new
    )
    Event.objects.bulk_create(
        Event.of(
            by,
            step.done,
            day,
            on=on,
            school_id=day.pairing.mentee.school_id,
            other_school_id=day.pairing.mentor.school_id,
            changes={"state": [str(State.WAITING), str(State.CONFIRMED)]},
        )
        for day in found
    )
    return len(found)
