"""Keeps who of a school gives support: names and posts, which events never hold."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from mentoring.actions.keep import keep
from mentoring.membership_rules import FAR_AHEAD, day_text
from mentoring.models import Event, StaffMember, SupportDay
from schools.models import School, User


@transaction.atomic
def add_staff_member(
    *, school: School, name: str, post: str = "", by: User | None, on: date
) -> StaffMember:
    """Return somebody new of `school`, who needs no account.

    Raises ValidationError with a sentence for the form.
    """
    member = StaffMember(school=school, name=_plain(name), post=_plain(post))
    keep(member)
    Event.record(by, "added a member of staff", member, on=on, school_id=school.pk)
    return member


@transaction.atomic
def correct_staff_member(
    *, member: StaffMember, name: str, post: str, by: User | None, on: date
) -> bool:
    """Put name and post right; return whether they were others.

    Days that were given keep to the person. The event says which of the two changed,
    and not what they say.
    """
    held = as_it_stands(member.pk)
    new = {"name": _plain(name), "post": _plain(post)}
    changed = [field for field, value in new.items() if getattr(held, field) != value]
    if not changed:
        return False
    held.name, held.post = new["name"], new["post"]
    keep(held)
    Event.record(
        by,
        "corrected a member of staff",
        held,
        on=on,
        school_id=held.school_id,
        changes={"fields": [None, changed]},
    )
    return True


@transaction.atomic
def record_leaving(
    *, member: StaffMember, left_on: date | None, by: User | None, on: date
) -> bool:
    """End somebody's time at the school by date; None takes that back.

    Return whether it is another day than before. Raises ValidationError where a day of
    support was given after it.
    """
    held = as_it_stands(member.pk)
    if held.left_on == left_on:
        return False
    if left_on is not None:
        check_leaving(held, left_on, on)
    changes = {"left_on": [_text(held.left_on), _text(left_on)]}
    held.left_on = left_on
    keep(held)
    verb = "recorded that somebody left" if left_on else "took back that somebody left"
    Event.record(by, verb, held, on=on, school_id=held.school_id, changes=changes)
    return True


@transaction.atomic
def erase_staff_member(*, member: StaffMember, by: User | None, on: date) -> str:
    """Take name and post away for good, and return what stands in their place.

    Days given stay, with every total. Where somebody has an account, the account is
    erased instead, which does this too. Raises ValidationError with a sentence.
    """
    held = as_it_stands(member.pk)
    if held.user_id is not None:
        raise ValidationError(
            "This person has an account. Erase the account, on the page of people."
        )
    held.name, held.post, held.is_erased = StaffMember.ERASED, "", True
    keep(held)
    Event.record(by, "erased a member of staff", held, on=on, school_id=held.school_id)
    return held.name


def as_it_stands(pk: int) -> StaffMember:
    """Return the person as the database has them now, kept from other writers.

    Refuses whoever was erased: there is nothing left to put right.
    """
    held = StaffMember.objects.select_for_update().get(pk=pk)
    if held.is_erased:
        raise ValidationError("This person was erased, so nothing can be changed.")
    return held


def check_leaving(member: StaffMember, left_on: date, on: date) -> None:
    """Refuse a last day before a day given, or more than five years ahead."""
    if (left_on - on).days > FAR_AHEAD:
        raise ValidationError(
            {"left_on": "The last day lies over five years ahead. Check the year."}
        )
    days = SupportDay.objects.counted().filter(giver=member, given_on__gt=left_on)
    latest = days.order_by("-given_on").values_list("given_on", flat=True).first()
    if latest is not None:
        raise ValidationError(
            {
                "left_on": (
                    f"A day of support was given on {day_text(latest)}. Give that day "
                    "or a later one."
                )
            }
        )


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(words: str) -> str:
    return " ".join(words.split())
