"""Does a pairing's state allow a step, on these days? Each rule as its sentence.

Which step leads from which state is in `mentoring.steps.pairing`; what other rows have
to say the database refuses by itself.
"""

from datetime import date

from django.core.exceptions import ValidationError

from mentoring.membership_rules import FAR_AHEAD, day_text
from mentoring.models import Area, Membership, Offer, Pairing, SupportDay
from mentoring.steps.membership import State as MembershipState
from mentoring.steps.pairing import TAKES_A_PLACE, State, Step


def check_step(pairing: Pairing, step: Step) -> None:
    """Refuse a step that does not lead on from where the pairing stands."""
    if not step.may_follow(pairing.standing):
        raise ValidationError(
            f"This pairing is {pairing.standing.label.lower()}, so this cannot be "
            f"done: {step.verb.lower()}.",
            code="not_from_here",
        )


def check_is_not_over(pairing: Pairing, on: date) -> None:
    """Refuse another last day where the one that was set has come."""
    if pairing.standing == State.ENDED and not pairing.still_lasts(on):
        raise ValidationError(
            "This pairing has ended already. Take the ending back to set another day.",
            code="not_from_here",
        )


def check_nobody_rests(*members: Membership) -> None:
    """Refuse help to begin while one of the schools rests in the programme."""
    for each in members:
        if each.standing == MembershipState.PAUSED:
            raise ValidationError(
                f"{each.school} rests in the programme since {day_text(each.since)}. "
                "Resume its membership first."
            )


def check_room(mentor: Membership, mentee: Membership) -> None:
    """Refuse a further mentee of a mentor whose places are taken."""
    has_one = mentor.helps.filter(mentee=mentee, state__in=TAKES_A_PLACE).exists()
    if not has_one and mentor.places_taken >= mentor.places:
        of = "its one place" if mentor.places == 1 else f"all {mentor.places} places"
        taken = of if mentor.places else "no place"
        raise ValidationError(
            f"{mentor.school} has no place free: it offers {taken.removeprefix('its ')}"
            f"{', which is taken' if mentor.places else ''}. Choose another mentor, or "
            "ask it for more places.",
            code="no_room",
        )


def check_area(area: Area, on: date) -> None:
    """Refuse an area that is no longer in use."""
    if not area.is_in_use_on(on):
        raise ValidationError({"area": f"{area} is no longer in use. Choose another."})


def check_inside(mentor: Membership, mentee: Membership, started: date) -> None:
    """Refuse a first day before both schools were in the programme; say from when."""
    joined = [each.joined for each in (mentor, mentee) if each.joined is not None]
    if joined and started < max(joined):
        raise ValidationError(
            {
                "started": (
                    f"{mentor.school} and {mentee.school} are both in the programme "
                    f"from {day_text(max(joined))}. Give that day or a later one."
                )
            }
        )


def check_first_day(started: date, on: date) -> None:
    """Refuse a first day more than five years ahead."""
    if (started - on).days > FAR_AHEAD:
        raise ValidationError(
            {"started": "The first day lies over five years ahead. Check the year."}
        )


def check_has_come(pairing: Pairing, on: date) -> None:
    """Refuse to begin before the first day."""
    if pairing.started > on:
        raise ValidationError(
            f"It begins on {day_text(pairing.started)}, which has not come yet."
        )


def check_is_late(pairing: Pairing, on: date) -> None:
    """Refuse to let a proposal expire while there is time to answer."""
    if pairing.answer_by is None or pairing.answer_by >= on:
        raise ValidationError("There is still time to answer.")


def check_state_day(pairing: Pairing, day: date, on: date) -> None:
    """Refuse a day before the present state began, or after today."""
    if day > on:
        raise ValidationError(
            {"day": "The day has not come yet. Give today or a day before."}
        )
    if day < pairing.since:
        raise ValidationError(
            {
                "day": (
                    f"This pairing has been {pairing.standing.label.lower()} since "
                    f"{day_text(pairing.since)}. Give that day or a later one."
                )
            }
        )


def check_last_day(pairing: Pairing, ended: date, on: date) -> None:
    """Refuse a last day before the first, before a day given, or far ahead."""
    if ended < pairing.started:
        raise ValidationError(
            {
                "ended": (
                    f"Help began on {day_text(pairing.started)}. Give that day or a "
                    "later one."
                )
            }
        )
    if pairing.standing == State.PAUSED and ended > on:
        raise ValidationError(
            {
                "ended": (
                    f"This pairing rests since {day_text(pairing.since)}. End it today "
                    "or on a day before, or resume it first."
                )
            }
        )
    if (ended - on).days > FAR_AHEAD:
        raise ValidationError(
            {"ended": "The last day lies more than five years ahead. Check the year."}
        )
    check_no_day_after(pairing, "ended", ended)


def check_no_day_after(pairing: Pairing, field: str, day: date) -> None:
    """Refuse what is to hold from `day`, typed in `field`, where help went on."""
    days = SupportDay.objects.counted().filter(pairing=pairing, given_on__gt=day)
    latest = days.order_by("-given_on").values_list("given_on", flat=True).first()
    if latest is not None:
        raise ValidationError(
            {
                field: (
                    f"A support day was given on {day_text(latest)}. Give that day or "
                    "a later one, or void the support day first."
                )
            }
        )


def check_offers_any(mentor: Membership, area: Area) -> None:
    """Refuse an area that a mentor has left out of what it offers.

    A mentor that has stated nothing yet may be asked for anything.
    """
    if Offer.objects.filter(mentor=mentor).exists():
        check_offers(mentor, area)


def check_offers(mentor: Membership, area: Area) -> None:
    """Refuse to refer a need to a mentor that does not offer its area."""
    if not area.is_lead and not Offer.objects.filter(mentor=mentor, area=area).exists():
        raise ValidationError(
            {"mentor": f"{mentor.school} does not offer {area}. Choose one that does."}
        )
