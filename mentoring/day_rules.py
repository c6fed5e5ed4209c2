"""Does the calendar, and what was given already, allow a support day?

Each rule as its sentence. What other rows have to say the database refuses besides.
"""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError

from mentoring.academic_year import academic_year, closes_on, year_span, year_words
from mentoring.membership_rules import day_text
from mentoring.models import Area, Pairing, Programme, StaffMember, SupportDay
from mentoring.models.support_day import HALVES
from mentoring.steps.pairing import HELPED
from mentoring.steps.pairing import State as PairingState
from mentoring.steps.support_day import State, Step
from schools.models import School

LONG_AGO = 60
"""Days after which somebody has to say why a day is entered so late."""

WHOLE, HALF = "whole", "half"
LENGTHS = ((WHOLE, "Whole day"), (HALF, "Half a day"))


def check_step(day: SupportDay, step: Step) -> None:
    """Refuse a step that does not lead on from where the day stands."""
    if not step.may_follow(day.standing):
        stands = {State.WAITING: "waits to be confirmed"}.get(
            day.standing, f"is {day.standing.label.lower()}"
        )
        raise ValidationError(
            f"This day {stands}, so this cannot be done: {step.verb.lower()}.",
            code="not_from_here",
        )


def check_given_on(pairing: Pairing, given_on: date, on: date) -> None:
    """Refuse the future, a pairing that has not begun, and a day outside of it."""
    if given_on > on:
        raise ValidationError(
            {"given_on": "This day has not come yet. Log it once it was given."}
        )
    if pairing.standing not in HELPED:
        raise ValidationError(
            f"This pairing is {pairing.standing.label.lower()}, so no day can be "
            "logged for it."
        )
    if pairing.standing == PairingState.PAUSED and given_on >= pairing.since:
        raise ValidationError(
            {
                "given_on": (
                    f"This pairing rests since {day_text(pairing.since)}. Enter a day "
                    "before it, or have programme staff resume it first."
                )
            }
        )
    last = pairing.ended
    if given_on < pairing.started or (last is not None and given_on > last):
        until = f" and ended on {day_text(last)}" if last else ""
        raise ValidationError(
            {
                "given_on": (
                    f"This pairing began on {day_text(pairing.started)}{until}. "
                    "Enter a day within it."
                )
            }
        )


def is_year_closed(given_on: date, on: date) -> bool:
    """Return whether only programme staff may still enter a day of `given_on`."""
    return on >= closes_on(academic_year(given_on))


def check_can_be_queried(day: SupportDay, on: date) -> None:
    """Refuse to query a day of a year that is closed."""
    if is_year_closed(day.given_on, on):
        year = academic_year(day.given_on)
        raise ValidationError(
            f"The academic year {year_words(year)} was closed on "
            f"{day_text(closes_on(year))}. Ask programme staff to look into this day."
        )


def check_in_time(
    given_on: date, on: date, why_late: str, *, is_programme: bool
) -> None:
    """Refuse a day of a year that is closed, and a late one without a reason."""
    year = academic_year(given_on)
    if is_year_closed(given_on, on) and not is_programme:
        raise ValidationError(
            {
                "given_on": (
                    f"The academic year {year_words(year)} was closed on "
                    f"{day_text(closes_on(year))}. Ask programme staff to enter this "
                    "day."
                )
            }
        )
    is_late = is_year_closed(given_on, on) or (on - given_on).days > LONG_AGO
    if is_late and not why_late:
        raise ValidationError(
            {
                "why_late": (
                    f"{day_text(given_on)} is {(on - given_on).days} days ago. Say why "
                    "it is entered so late."
                )
            }
        )


def check_area(pairing: Pairing, area: Area, on: date) -> None:
    """Refuse an area that is not the pairing's; a lead pairing takes any in use."""
    if area.pk == pairing.area_id:
        return
    if not pairing.area.is_lead:
        raise ValidationError(
            {
                "area": (
                    f"This pairing is for {pairing.area}. Log help in {area} for a "
                    "pairing of that area, or for the lead mentor's."
                )
            }
        )
    if not area.is_in_use_on(on):
        raise ValidationError({"area": f"{area} is no longer in use. Choose another."})


def check_giver(person: StaffMember, school: School, given_on: date) -> None:
    """Refuse somebody of another school than the one that gives, or who had left."""
    if person.school_id != school.pk:
        raise ValidationError(
            {"giver": f"{person.name} is not of {school}. All on a visit are of one."}
        )
    if person.is_erased or (person.left_on is not None and person.left_on < given_on):
        raise ValidationError(
            {"giver": f"{person.name} had left {school} by then. Choose another."}
        )


def free_halves(person: StaffMember, given_on: date, length: str) -> tuple[bool, bool]:
    """Return which halves of the day `length` takes: the free one, or both.

    Refuses what the person has given already.
    """
    given = SupportDay.objects.counted().filter(giver=person, given_on=given_on)
    taken = list(given.values_list("first_half", "second_half"))
    first = any(one for one, _ in taken)
    second = any(other for _, other in taken)
    if first and second:
        raise ValidationError(
            {
                "giver": (
                    f"{person.name} has given the whole of {day_text(given_on)} "
                    "already. Choose another day, or another person."
                )
            }
        )
    if length == WHOLE and (first or second):
        raise ValidationError(
            {
                "length": (
                    f"{person.name} has given half of {day_text(given_on)} already. "
                    "Choose half a day."
                )
            }
        )
    return (True, True) if length == WHOLE else (not first, first)


def check_ceiling(person: StaffMember, given_on: date, halves: int) -> None:
    """Refuse more days in an academic year than staff have set for anybody."""
    ceiling = Programme.the().ceiling_days_each
    if ceiling is None:
        return
    year = academic_year(given_on)
    if given_in(person, year) + halves > 2 * ceiling:
        raise ValidationError(
            {
                "giver": (
                    f"{person.name} would give more than {ceiling} days in "
                    f"{year_words(year)}, which nobody may. Ask programme staff."
                )
            }
        )


def given_in(person: StaffMember, year: int) -> int:
    """Return the half days that a person gave in an academic year."""
    rows = SupportDay.objects.counted().filter(
        giver=person, given_on__range=year_span(year)
    )
    return sum(rows.values_list(HALVES, flat=True))


def check_once_each(names: Collection[str]) -> None:
    """Refuse nobody, and the same person twice on one visit."""
    if not names:
        raise ValidationError({"giver": "Choose who gave the day, or enter a name."})
    if len(set(names)) < len(names):
        raise ValidationError(
            {"others": "The same person is named twice. Take one away."}
        )
