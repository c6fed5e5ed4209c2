"""Logs a visit: a whole or half day each of one or several people.

One form is one entry, told by its token: sent again it returns what it has logged. The
pairing and the givers are locked first, so that of two sendings at once the second sees
what the first has written; unique rules stand underneath.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from mentoring import day_rules as rules
from mentoring.membership_rules import day_text
from mentoring.models import (
    Area,
    Event,
    EventReason,
    Pairing,
    StaffMember,
    SupportDay,
)
from schools.constraints import sentence_of
from schools.models import School, User

LOGGED = "logged support days"
SENT_BEFORE = "sent_before"
TYPED = frozenset(("direction", "note", "taken_back", "why_late"))
"""What people write or choose, and may have wrong by itself."""


@dataclass(frozen=True, slots=True)
class NewStaff:
    """Somebody who is not among the school's people yet."""

    name: str
    post: str = ""


@dataclass(frozen=True, slots=True)
class Logged:
    """The days of an entry; `is_new` unless the form had been sent before."""

    days: Sequence[SupportDay]
    is_new: bool


@transaction.atomic
def log_days(
    *,
    pairing: Pairing,
    given_on: date,
    length: str,
    givers: Sequence[StaffMember | NewStaff],
    token: UUID,
    area: Area | None = None,
    direction: str = SupportDay.Direction.GIVEN,
    note: str = "",
    taken_back: str = "",
    why_late: str = "",
    logged_for: School | None = None,
    by: User | None,
    on: date,
) -> Logged:
    """Return the days logged, one for each of `givers`, the first first.

    `length` is WHOLE or HALF of day_rules; half takes the half that is free. Without
    `logged_for`, the school that logs, programme staff do so for the school that gave.
    Raises ValidationError with a sentence for the form.
    """
    held = _locked(pairing)
    if before := logged_before(token):
        _check_same(before, held, given_on, length, givers)
        return Logged(before, is_new=False)
    side = held.mentor if direction == SupportDay.Direction.GIVEN else held.mentee
    entry = SupportDay(
        pairing=held,
        given_on=given_on,
        area=area or held.area,
        direction=direction,
        note=" ".join(note.split()),
        taken_back=taken_back.strip(),
        visit=token,
        logged_by=by,
        logged_for=logged_for or side.school,
        logged_on=on,
        is_late=rules.is_year_closed(given_on, on),
        why_late=why_late.strip(),
    )
    _check(entry, is_programme=logged_for is None)
    people = _people(givers, side.school, entry)
    days = [_given(entry, person, length) for person in people]
    _record(days, by)
    return Logged(days, is_new=True)


def logged_before(token: UUID) -> list[SupportDay]:
    """Return what the form of this token has logged; empty where it is new."""
    return list(SupportDay.objects.filter(visit=token).with_all().order_by("pk"))


def _locked(pairing: Pairing) -> Pairing:
    """Return the pairing as it stands, kept for this entry until it is written."""
    rows = Pairing.objects.select_for_update(of=("self",))
    return rows.select_related("mentor__school", "mentee__school", "area").get(
        pk=pairing.pk
    )


def _check(entry: SupportDay, *, is_programme: bool) -> None:
    """Refuse what the calendar, the pairing or what was typed does not allow."""
    held, given_on, on = entry.pairing, entry.given_on, entry.logged_on
    rules.check_given_on(held, given_on, on)
    rules.check_in_time(given_on, on, entry.why_late, is_programme=is_programme)
    rules.check_area(held, entry.area, on)
    every = {each.name for each in SupportDay._meta.concrete_fields}  # noqa: SLF001 -- Django's public-by-use API
    entry.clean_fields(exclude=every - TYPED)


def _check_same(
    before: Sequence[SupportDay],
    pairing: Pairing,
    given_on: date,
    length: str,
    givers: Sequence[StaffMember | NewStaff],
) -> None:
    """Refuse another entry under the token of one that was logged."""
    halves = 2 if length == rules.WHOLE else 1
    held = {
        (day.pairing_id, day.given_on, day.halves, day.giver.name.casefold())
        for day in before
    }
    sent = {
        (pairing.pk, given_on, halves, " ".join(giver.name.split()).casefold())
        for giver in givers
    }
    if held != sent:
        first = before[0]
        raise ValidationError(
            f"This form has logged a day of {first.giver.name} on "
            f"{day_text(first.given_on)} already, and now says something else. If "
            "this is another day, send it again. To change that one, open it and "
            "take it back.",
            code=SENT_BEFORE,
        )


def _people(
    givers: Sequence[StaffMember | NewStaff], school: School, entry: SupportDay
) -> list[StaffMember]:
    """Return the givers as people of `school`, each locked; new ones are entered."""
    found = [
        _entered(giver, school) if isinstance(giver, NewStaff) else giver
        for giver in givers
    ]
    rules.check_once_each([str(person.pk) for person in found])
    keys = [person.pk for person in found]
    rows = StaffMember.objects.select_for_update(no_key=True).filter(pk__in=keys)
    locked = {person.pk: person for person in rows.order_by("pk")}
    for person in locked.values():
        rules.check_giver(person, school, entry.given_on)
    return [locked[key] for key in keys]


def _entered(giver: NewStaff, school: School) -> StaffMember:
    """Return the person of that name and post, entered where there is none yet."""
    name, post = " ".join(giver.name.split()), " ".join(giver.post.split())
    same = StaffMember.objects.filter(
        school=school, name__iexact=name, left_on__isnull=True, is_erased=False
    )
    known = same.filter(post__iexact=post) if post else same
    if person := known.order_by("pk").first():
        return person
    person = StaffMember(school=school, name=name, post=post)
    person.clean_fields(exclude={"school", "user"})
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:  # somebody entered the same person this moment
        return StaffMember.objects.get(
            school=school, name=name, post=post, left_on__isnull=True, is_erased=False
        )
    return person


def _given(entry: SupportDay, person: StaffMember, length: str) -> SupportDay:
    """Return the day of one person, written."""
    first, second = rules.free_halves(person, entry.given_on, length)
    rules.check_ceiling(person, entry.given_on, first + second)
    shared = {
        each.attname: getattr(entry, each.attname)
        for each in SupportDay._meta.concrete_fields  # noqa: SLF001 -- Django's public-by-use API
        if not each.primary_key
    }
    day = SupportDay(**shared)
    day.pairing, day.area, day.giver = entry.pairing, entry.area, person
    day.first_half, day.second_half = first, second
    try:
        with transaction.atomic():
            day.save(force_insert=True)
    except IntegrityError as error:
        raise sentence_of(error, SupportDay) from error
    return day


def _record(days: Sequence[SupportDay], by: User | None) -> None:
    """Write the event of an entry, and why it is late."""
    first = days[0]
    event = Event.record(
        by,
        LOGGED,
        first,
        on=first.given_on,
        school_id=first.pairing.mentee.school_id,
        other_school_id=first.pairing.mentor.school_id,
        changes={
            "pairing_id": [None, first.pairing_id],
            "area_id": [None, first.area_id],
            "direction": [None, str(first.direction)],
            "days": [[], [day.pk for day in days]],
            "halves": [0, sum(day.halves for day in days)],
        },
    )
    if first.why_late:
        EventReason.objects.create(event=event, text=first.why_late)
