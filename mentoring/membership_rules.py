"""Does a membership's state allow a step, on these days? Each rule as its sentence.

Which step leads from which state is in `mentoring.steps.membership`.
"""

from datetime import date

from django.core.exceptions import ValidationError

from mentoring.academic_year import academic_year, year_span
from mentoring.models import Membership
from mentoring.steps.membership import NEEDS_REASON, State, Step, step_between

NOT_RECORDED = "Not recorded."
MOVED = (
    "A step was taken since you opened this page, by somebody else or by you in "
    "another window. Look at where it stands now, and try again."
)
FAR_AHEAD = 5 * 366
"""Days ahead that a last day may be entered."""

SHARED_DAYS = (
    "This school was already in the programme in this role on some of those days."
)
"""What the database's trigger says; a test holds the two together."""


def day_text(day: date) -> str:
    """Return a date as 20 November 2006."""
    return f"{day.day} {day:%B %Y}"


def check_step(membership: Membership, step: Step) -> None:
    """Refuse a step that does not lead on from where the membership stands."""
    has_joined = membership.joined is not None
    if not step.may_follow(membership.standing, has_joined=has_joined):
        raise ValidationError(
            f"{membership.school} is {membership.state} as a {membership.role}, so "
            f"this cannot be done: {step.verb.lower()}.",
            code="not_from_here",
        )


def check_state_day(membership: Membership, day: date, on: date) -> None:
    """Refuse a day before the present state began, or after today."""
    if day > on:
        raise ValidationError("The day has not come yet. Give today or a day before.")
    _check_after_state_began(membership, day)


def check_of_invitation(invited: Membership, joined: date) -> None:
    """Refuse a first day before the academic year in which the school was invited."""
    first, _ = year_span(academic_year(invited.since))
    if joined < first:
        raise ValidationError(
            {
                "joined": (
                    f"The school was invited on {day_text(invited.since)}. Give "
                    f"{day_text(first)} or a later day; programme staff can put an "
                    "earlier one right."
                )
            }
        )


def check_last_day(membership: Membership, left: date, on: date) -> None:
    """Refuse a last day before the present state began, or over five years ahead."""
    check_not_too_far(left, on)
    if membership.joined is not None and left >= membership.joined:
        _check_after_state_began(membership, left)


def check_not_too_far(left: date, on: date) -> None:
    """Refuse a last day more than five years ahead."""
    if (left - on).days > FAR_AHEAD:
        raise ValidationError(
            "The last day lies more than five years ahead. Check the year."
        )


def _check_after_state_began(membership: Membership, day: date) -> None:
    if day < membership.since:
        raise ValidationError(
            f"{membership.school} has been {membership.state} since "
            f"{day_text(membership.since)}. Give that day or a later one."
        )


def check_corrected(membership: Membership, joined: date, left: date | None) -> None:
    """Refuse dates that what came after them, or the state itself, leaves no room."""
    if left is None and membership.left is not None:
        raise ValidationError(
            f"{membership.school} has {membership.state}, so it has a last day. To "
            "bring it back in, undo the last step."
        )
    if left is not None and membership.left is None:
        raise ValidationError(
            "A school in the programme has no last day yet. Complete or withdraw it."
        )
    began = membership.since
    if membership.left is None and began != membership.joined and joined > began:
        raise ValidationError(
            f"{membership.school} has been {membership.state} since {day_text(began)}, "
            "so it cannot have joined after that."
        )
    if (joined, left) == (membership.joined, membership.left):
        raise ValidationError("These are the dates it has already.")


def check_move(before: State, after: State, *, has_joined: bool) -> Step:
    """Return the step from one state to another, or refuse as no step leads there."""
    step = step_between(before, after, has_joined=has_joined)
    if step is None:
        raise ValidationError(
            f"No step leads from {before} to {after}. Take the steps one by one, or "
            "leave the state out.",
            code="state",
        )
    return step


def broken_rule(row: Membership) -> str:
    """Return the sentence of the first rule that one row breaks; empty for none.

    The same as the database's own, asked without it: hundreds at a time.
    """
    joined, left, state = row.joined, row.left, row.state
    has_days = joined is not None, left is not None
    wanted = {
        State.INVITED: {(False, False)},
        State.DECLINED: {(False, False)},
        State.ACTIVE: {(True, False)},
        State.PAUSED: {(True, False)},
        State.COMPLETED: {(True, True)},
        State.WITHDRAWN: {(True, True), (False, False)},
    }
    named = {
        State.INVITED: "asked_has_no_days",
        State.DECLINED: "asked_has_no_days",
        State.ACTIVE: "in_it_has_a_first_day_alone",
        State.PAUSED: "in_it_has_a_first_day_alone",
        State.COMPLETED: "completed_has_both_days",
        State.WITHDRAWN: "withdrawn_has_both_days_or_none",
    }
    if state not in wanted:
        return sentence_named("state_is_known")
    if has_days not in wanted[State(state)]:
        return sentence_named(named[State(state)])
    if joined and left and left < joined:
        return sentence_named("left_not_before_joined")
    if joined and row.since < joined:
        return sentence_named("since_not_before_joined")
    if state in NEEDS_REASON and not row.reason:
        return sentence_named("says_why")
    return ""


def sentence_named(ending: str) -> str:
    """Return the sentence of the membership's rule whose name ends so."""
    for rule in Membership._meta.constraints:  # noqa: SLF001 -- Django's public-by-use API
        if rule.name.endswith(f"membership_{ending}"):
            return str(rule.get_violation_error_message())
    raise LookupError(ending)


def shares_days(one: Membership, other: Membership) -> bool:
    """Return whether two memberships of one school and role share a day."""
    if one.joined is None or other.joined is None:
        return False
    return one.joined <= (other.left or date.max) and other.joined <= (
        one.left or date.max
    )
