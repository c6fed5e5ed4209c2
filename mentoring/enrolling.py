"""Who of many schools can be enrolled, and who not and why: nothing is written.

A few queries however many schools: the page before enrolling and the action that
enrols read the same.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from mentoring import membership_rules as rules
from mentoring import policies
from mentoring.models import Membership
from mentoring.steps.membership import NEEDS_REASON, OPEN, State
from schools.models import School

NOT_GIVEN = "No reason was given."


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A school, its role and its dates in the programme; `left` is the last day.

    `why` lets in a mentee that is on no frozen list, `until` ends that exception.
    `state` None: as the dates have it. `reason` is of a state that needs one.
    """

    school: School
    role: str
    joined: date | None
    left: date | None = None
    why: str = ""
    until: date | None = None
    state: State | None = None
    reason: str = ""

    @property
    def standing(self) -> State:
        """Return the state asked for, or the one that the dates make."""
        if self.state is not None:
            return self.state
        return State.WITHDRAWN if self.left else State.ACTIVE


class Facts:
    """What is held of some schools: their memberships, and which may be mentees.

    What is judged to come in is added, so that a file is held against itself too.
    """

    def __init__(self, schools: Iterable[School], on: date) -> None:
        chosen = {school.pk: school for school in schools}
        self.on = on
        self.entitled = policies.entitled_among(list(chosen.values()), on)
        self.held: dict[tuple[int, str], list[Membership]] = {}
        rows = Membership.objects.filter(school__in=chosen).earliest_first()
        for row in rows:
            row.school = chosen[row.school_id]
            self.add(row)

    def add(self, row: Membership) -> None:
        """Count a membership among those held."""
        self.held.setdefault((row.school_id, row.role), []).append(row)

    def of(self, enrolment: Enrolment) -> list[Membership]:
        """Return the memberships of the enrolment's school in its role."""
        return self.held.get((enrolment.school.pk, enrolment.role), [])

    def needs_exception(self, enrolment: Enrolment) -> bool:
        """Return whether only an exception could let the school in."""
        is_mentee = enrolment.role == Membership.Role.MENTEE
        may_join = enrolment.joined is not None or enrolment.standing in OPEN
        return is_mentee and may_join and enrolment.school.pk not in self.entitled

    def match(self, enrolment: Enrolment) -> Membership | None:
        """Return the membership that an enrolment is about; None for a new one."""
        rows = self.of(enrolment)
        if enrolment.joined is not None:
            same = [row for row in rows if row.joined == enrolment.joined]
            if same:
                return same[-1]
        waiting = [row for row in rows if row.state == State.INVITED]
        if waiting:
            return waiting[-1]
        if enrolment.joined is None:
            never = [
                row
                for row in rows
                if row.joined is None and row.state == enrolment.standing
            ]
            return never[-1] if never else None
        return None


def row_of(enrolment: Enrolment, on: date) -> Membership:
    """Return the enrolment's membership, not yet saved."""
    state = enrolment.standing
    began = enrolment.left or enrolment.joined or on
    if state == State.PAUSED:
        began = max(enrolment.joined or on, on)
    reason = enrolment.reason.strip()
    if state in NEEDS_REASON:
        reason = reason or NOT_GIVEN
    elif state != State.COMPLETED:
        reason = ""
    return Membership(
        school=enrolment.school,
        role=enrolment.role,
        state=state,
        since=began,
        joined=enrolment.joined,
        left=enrolment.left,
        reason=reason,
    )


def check_new(row: Membership, enrolment: Enrolment, facts: Facts) -> None:
    """Refuse a new membership with the sentence that the database would give."""
    policies.check_can_be_enrolled(enrolment.school)
    if enrolment.joined is not None:
        policies.check_joining_day(enrolment.joined, facts.on)
    if facts.needs_exception(enrolment) and not enrolment.why.strip():
        raise policies.not_entitled(enrolment.school)
    row.clean_fields(exclude=["school", "enrolment_set", *absent(row)])
    if broken := rules.broken_rule(row):
        raise ValidationError({"__all__": broken})
    for other in facts.of(enrolment):
        if row.is_open and other.is_open:
            raise ValidationError(
                {"__all__": rules.sentence_named("one_open_in_each_role")}
            )
        if rules.shares_days(row, other):
            raise ValidationError({"__all__": rules.SHARED_DAYS})


def absent(row: Membership) -> Collection[str]:
    """Return the dates that a membership does not have."""
    return [name for name in ("joined", "left") if getattr(row, name) is None]
