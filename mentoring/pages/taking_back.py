"""What taking back would come to, and what it would leave standing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from mentoring.membership_history import (
    events_of,
    granted_with,
    is_creation,
    standing,
)
from mentoring.models import EligibilityException, Membership
from mentoring.pages.membership import RECORDED
from mentoring.pages.parts import day_words
from mentoring.steps.membership import CALL_OFF, UNDO, Step
from schools.naming import counted


@dataclass(frozen=True, slots=True)
class Undo:
    """What taking back the last step would come to; empty `text`: there is none.

    `exception` is one that goes on letting the school in.
    """

    text: str
    exception: EligibilityException | None = None

    @property
    def stays(self) -> str:
        """Return what the exception left standing goes on to do."""
        if self.exception is None:
            return ""
        return (
            f"It was granted on {day_words(self.exception.granted_on)}, and still "
            "lets the school in as a mentee."
        )


def leaving(step: Step, membership: Membership, on: date) -> Undo:
    """Return what a step that takes back or calls off would leave."""
    if step == UNDO:
        return undo_of(membership, on)
    return Undo("", left_standing(membership, on) if step == CALL_OFF else None)


def undo_of(membership: Membership, on: date) -> Undo:
    """Return what taking back the last step that stands would come to."""
    stands = standing(events_of(membership))
    if not stands:
        return Undo("")
    last = stands[-1]
    what = RECORDED.get(last.verb, last.verb).lower()
    said = f"The last step is: {what}, in effect from {day_words(last.happened_on)}."
    if _along := last.changes.get("pairings"):
        count = counted(len(_along[1]), "pairing", "pairings")
        said = f"{said} It moved {count} along, which go back too."
    if not is_creation(last):
        before = last.changes.get("state")
        if before:
            return Undo(f"{said} Taking it back makes it {before[0]} again.")
        return Undo(f"{said} Taking it back puts the earlier dates back.")
    said = f"{said} Taking it back calls the membership off: it never counts."
    if granted_with([membership.pk]).live_on(on).exists():
        return Undo(f"{said} The exception that was granted with it ends today too.")
    return Undo(said, left_standing(membership, on))


def left_standing(membership: Membership, on: date) -> EligibilityException | None:
    """Return the exception that lets the school in whatever becomes of this."""
    if membership.role != Membership.Role.MENTEE:
        return None
    school = EligibilityException.objects.of_school(membership.school)
    return school.live_on(on).first()


def exceptions_words(rows: Collection[Membership], on: date) -> str:
    """Return what becomes of exceptions when `rows` are taken back; empty for none."""
    own = granted_with([row.pk for row in rows])
    ending = own.live_on(on).count()
    mentees = [row.school_id for row in rows if row.role == Membership.Role.MENTEE]
    live = EligibilityException.objects.filter(school__in=mentees).live_on(on)
    left = live.exclude(pk__in=own).count()
    said = []
    if ending:
        said.append(
            counted(
                ending,
                "exception was granted with them and ends today too.",
                "exceptions were granted with them and end today too.",
            )
        )
    if left:
        said.append(
            counted(
                left,
                "exception was granted separately and still lets its school in: end "
                "it on its own page.",
                "exceptions were granted separately and still let their schools in: "
                "end each on its own page.",
            )
        )
    return " ".join(said)
