"""Writes a world into an empty database, through the application's own actions."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction

from mentoring.actions.enrol_school import enrol_schools
from mentoring.actions.freeze_eligibility import freeze_eligibility
from mentoring.actions.move_membership import move
from mentoring.actions.recompute import recompute
from mentoring.demo.days import add_days
from mentoring.demo.help import add_help
from mentoring.demo.irregular import HEADLINE_MEASURE, VALUE_ADDED
from mentoring.demo.names import identities
from mentoring.demo.offers import add_offers, add_staff
from mentoring.demo.parameters import DEMO_TODAY, WAVES
from mentoring.demo.people import add_people
from mentoring.demo.plan import POPULATION
from mentoring.demo.publications import add_england, add_results, add_run
from mentoring.demo.register import Register, add_register
from mentoring.demo.states import add_states, go_on_to_mentor
from mentoring.demo.trusts import add_trusts
from mentoring.demo.world import World
from mentoring.enrolling import Enrolment
from mentoring.models import Membership, Programme
from mentoring.steps.membership import WITHDRAW, Asks
from results.models import Measure
from results.models.choices import Coverage
from schools.models import ImportRun
from schools.planner import count_anew

Tell = Callable[[str], None]
"""Called with what is about to be done."""

STEPS = (
    "the register",
    "results",
    "who is entitled",
    "the programme's schools",
    "who helps whom",
    "the figures of every page",
)
"""What a load tells, in order."""

AT = datetime.combine(DEMO_TODAY, time(9), ZoneInfo("Europe/London"))
"""When everything was imported, by the demonstration's own clock."""


@transaction.atomic
def load_world(world: World, tell: Tell = lambda _step: None) -> None:
    """Write `world` into an empty migrated database, all of it or nothing.

    Afterwards nobody has a password yet: see `people.set_password`. Raises
    ValidationError when the application's rules refuse something.
    """
    steps = iter(STEPS)
    tell(next(steps))
    _set_programme(world)
    register = _add_register(world)
    tell(next(steps))
    add_england(world, AT)
    add_results(world, register, AT)
    tell(next(steps))
    count_anew()
    measure = Measure.objects.get(code=VALUE_ADDED)
    for year in WAVES:
        # The demonstration has that summer's value added out before term begins.
        freeze_eligibility(measure=measure, year=year, by=None, on=date(year, 9, 1))
    tell(next(steps))
    _enrol(world, register)
    _add_people(world, register)
    tell(next(steps))
    settings = world.plan.settings
    add_help(settings)
    staff = add_staff(settings)
    add_offers(settings, staff)
    add_days(settings, staff)
    count_anew()
    tell(next(steps))
    recompute(on=DEMO_TODAY)


def _set_programme(world: World) -> None:
    """Pin the day first: from here on the database is a demonstration."""
    programme = Programme.the()
    programme.headline_measure_id = HEADLINE_MEASURE
    programme.eligibility_measure_id = VALUE_ADDED
    programme.population = POPULATION
    programme.coverage = Coverage.ALL
    programme.demo_today = DEMO_TODAY
    programme.demo_world = world.plan.settings.name
    programme.demo_effect = world.true_effect
    programme.full_clean()
    programme.save()


def _add_register(world: World) -> Register:
    run = add_run(world, ImportRun.Kind.REGISTER, AT)
    found = identities(world.plan.settings.schools)
    register = add_register(world.plan, found, AT)
    merged = set(register.merged.values())
    run.added = len(found) + len(register.academised) + len(merged)
    run.save()
    return register


def _enrol(world: World, register: Register) -> None:
    """Bring everybody in on their day, then end the memberships of those who left."""
    joined = world.plan.joined
    enrolled = enrol_schools(
        enrolments=[
            Enrolment(register.schools[each.school], each.role, each.joined)
            for each in joined
        ],
        by=None,
        on=DEMO_TODAY,
    )
    for effect in enrolled.effects:
        if isinstance(effect, ValidationError):
            raise effect
    for each in joined:
        if each.left:
            membership = Membership.objects.select_related("school").get(
                school=register.schools[each.school], role=each.role
            )
            given: dict[str, Any] = {Asks.LEFT: each.left, Asks.REASON: each.reason}
            move(membership, WITHDRAW, 0, given, by=None, on=DEMO_TODAY)


def _add_people(world: World, register: Register) -> None:
    """Write the people; heads are of plain schools that are still there."""
    plain = [
        each
        for each in world.plan.joined
        if not each.left and each.school not in world.plan.irregular.schools
    ]
    mentee = next(each.school for each in plain if each.role == "mentee")
    mentor = next(each.school for each in plain if each.role == "mentor")
    trust = add_trusts(world.plan, register)
    add_people(register.schools[mentee], register.schools[mentor], trust)
    add_states(world, register, register.schools[mentee])
    go_on_to_mentor(world, register, register.schools[mentee])
