"""Puts memberships of the demonstration into every state, beside its headline.

Nothing here has a first day that the plan did not give it, so no figure moves: who is
invited or declined never joined, who pauses stays in, and those who complete are
mentors, who have no gain.
"""

from datetime import date, timedelta

from mentoring.actions.enrol_school import enrol_school, enrol_schools
from mentoring.actions.move_membership import move
from mentoring.demo.parameters import DEMO_TODAY
from mentoring.demo.register import Register
from mentoring.demo.world import World
from mentoring.enrolling import Enrolment
from mentoring.models import Membership
from mentoring.steps.membership import COMPLETE, DECLINE, PAUSE, Asks, State
from schools.models import School

PAUSES = (
    "The head is ill; support rests until January.",
    "An inspection: the school asked for a rest.",
    "The mentor's staff change at Christmas.",
)
REFUSALS = ("The governors chose another programme.", "Not this year.")
N_INVITED, N_COMPLETED, N_GONE_ON = 4, 3, 4
WENT_ON = date(2005, 9, 5)
LAST_SUMMER = date(2006, 7, 21)


def add_states(world: World, register: Register, own: School) -> None:
    """Invite, pause, decline and complete a few; `own` is the school of the head.

    It is a mentee that is asked to mentor others, as many were.
    """
    plain = [
        each
        for each in world.plan.joined
        if not each.left and each.school not in world.plan.irregular.schools
    ]
    mentees = [each.school for each in plain if each.role == "mentee"]
    mentors = [each.school for each in plain if each.role == "mentor"]
    _invite(own)
    invited = mentees[-1 - N_INVITED - len(REFUSALS) : -1]
    for place, school in enumerate(invited):
        membership = _invite(register.schools[school])
        if place < len(REFUSALS):
            why = {Asks.REASON.value: REFUSALS[place]}
            move(membership, DECLINE, 0, why, by=None, on=DEMO_TODAY)
    for place, reason in enumerate(PAUSES):
        day = DEMO_TODAY - timedelta(days=20 + 7 * place)
        paused = _held(register.schools[mentees[10 + place]], "mentee")
        given = {Asks.DAY.value: day, Asks.REASON.value: reason}
        move(paused, PAUSE, 0, given, by=None, on=DEMO_TODAY)
    for school in mentors[-N_COMPLETED:]:
        done = _held(register.schools[school], "mentor")
        ends = {Asks.LEFT.value: LAST_SUMMER}
        move(done, COMPLETE, 0, ends, by=None, on=DEMO_TODAY)


def go_on_to_mentor(world: World, register: Register, own: School) -> None:
    """Enrol some of the first wave as mentors too, as many of those helped went on.

    `own` is the school of the head, which is asked to and has not answered.
    """
    plain = [
        each
        for each in world.plan.mentees
        if not each.left and each.school not in world.plan.irregular.schools
    ]
    schools = [register.schools[each.school] for each in plain]
    first = [school for school in schools if school != own][:N_GONE_ON]
    enrolled = enrol_schools(
        enrolments=[Enrolment(school, "mentor", WENT_ON) for school in first],
        by=None,
        on=DEMO_TODAY,
    )
    assert enrolled.is_applied


def _invite(school: School) -> Membership:
    """Return an invitation to mentor, a fortnight old."""
    return enrol_school(
        school=school,
        role=Membership.Role.MENTOR,
        joined=None,
        state=State.INVITED,
        by=None,
        on=DEMO_TODAY - timedelta(days=14),
    )


def _held(school: School, role: str) -> Membership:
    """Return the membership of a school in a role."""
    rows = Membership.objects.select_related("school")
    return rows.get(school=school, role=role)
