"""Writes the invented register: authorities, schools, and which became academies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mentoring.demo.merging import OPENED
from mentoring.demo.names import Identity
from mentoring.demo.parameters import YEARS
from mentoring.demo.plan import Plan
from schools.actions.refresh_schools import refresh_schools
from schools.actions.settle_succession import settle_succession
from schools.models import (
    Establishment,
    EstablishmentLink,
    LocalAuthority,
    School,
    Succession,
)
from schools.models.school import searchable

FIRST_ACADEMY_URN, FIRST_MERGED_URN = 950001, 960001
BATCH = 1000
PUPILS_PER_COHORT, PUPILS_WITH_SIXTH_FORM = 5.0, 5.9
"""Pupils on roll for each pupil of a cohort, roughly: five years, and a sixth form."""

Group = Establishment.TypeGroup


@dataclass(frozen=True, slots=True)
class Register:
    """The schools as written: both sequences are in the order of the world.

    `urn_of` gives the URN under which a school took the exams of a year.
    """

    schools: Sequence[School]
    identities: Sequence[Identity]
    academised: Mapping[int, tuple[date, int]]
    merged: Mapping[int, tuple[date, int]]

    def urn_of(self, school: int, year: int) -> int:
        """Return the URN under which `school` took the exams of `year`."""
        moved = self.academised.get(school) or self.merged.get(school)
        opened, urn = moved or (date.max, 0)
        return urn if opened < date(year, 6, 1) else self.identities[school].urn


def add_register(plan: Plan, identities: Sequence[Identity], at: datetime) -> Register:
    """Write every authority, school and establishment; successions are accepted."""
    authorities = {each.authority.code: each.authority for each in identities}
    LocalAuthority.objects.bulk_create(
        LocalAuthority(code=each.code, name=each.name, region=each.region)
        for each in authorities.values()
    )
    schools = School.objects.bulk_create(
        [_school(each, each.name, each.urn) for each in identities], batch_size=BATCH
    )
    Establishment.objects.bulk_create(
        [
            _establishment(plan, place, school, identity)
            for place, (school, identity) in enumerate(
                zip(schools, identities, strict=True)
            )
        ],
        batch_size=BATCH,
    )
    academised = _academise(plan, schools, identities, at)
    merged = _merge(plan, identities, at)
    refresh_schools({each.pk for each in School.objects.standing()})
    return Register(schools, identities, academised, merged)


def _school(identity: Identity, name: str, *urns: int) -> School:
    """Return the school with this name; the last of `urns` is its current one."""
    numbers = " ".join(str(urn) for urn in urns)
    words = f"{name} {identity.town} {identity.postcode} {numbers}"
    return School(
        name=name,
        town=identity.town,
        authority_id=identity.authority.code,
        urn=urns[-1],
        phase="Secondary",
        type_group=Group.MAINTAINED,
        search=searchable(words),
    )


def _establishment(
    plan: Plan, place: int, school: School, identity: Identity
) -> Establishment:
    closed = plan.irregular.closed.get(place)
    academised = plan.irregular.academised.get(place)
    if academised:
        closed = academised - timedelta(days=1)
    if any(place in each.schools for each in plan.irregular.mergers):
        closed = OPENED - timedelta(days=1)
    each = PUPILS_WITH_SIXTH_FORM if identity.has_sixth_form else PUPILS_PER_COHORT
    return Establishment(
        urn=identity.urn,
        school=school,
        origin=Establishment.Origin.REGISTER,
        name=identity.name,
        authority_id=identity.authority.code,
        number=identity.number,
        type_name=identity.type_name,
        type_group=Group.MAINTAINED,
        phase="Secondary",
        status="Closed" if closed else "Open",
        closed=closed,
        low_age=11,
        high_age=18 if identity.has_sixth_form else 16,
        pupils=round(each * plan.cohort(place, YEARS[2])),
        percent_fsm=round(float(plan.draws.fsm_percent[place]), 1),
        town=identity.town,
        postcode=identity.postcode,
        easting=identity.easting,
        northing=identity.northing,
    )


def _academise(
    plan: Plan, schools: list[School], identities: Sequence[Identity], at: datetime
) -> dict[int, tuple[date, int]]:
    """Give each new academy its URN, and the school that goes on both of them.

    A mentee goes on as itself; elsewhere the academy's school takes the old one in.
    """
    mentees = {each.school for each in plan.mentees}
    academised: dict[int, tuple[date, int]] = {}
    for number, (place, opened) in enumerate(plan.irregular.academised.items()):
        identity, urn = identities[place], FIRST_ACADEMY_URN + number
        academised[place] = (opened, urn)
        before, new = schools[place], _school(identity, identity.academy_name, urn)
        new.save()
        survivor, emptied = (before, new) if place in mentees else (new, before)
        _rename(survivor, emptied, identity, urn)
        link = _link(survivor, identity, urn, opened)
        Succession.objects.create(
            link=link,
            case=link.pk,
            state=Succession.State.ACCEPTED,
            emptied=emptied,
            survivor=survivor,
            moved_urns=[urn if emptied is new else identity.urn],
            decided_at=at,
        )
        schools[place] = survivor
    return academised


def _rename(survivor: School, emptied: School, identity: Identity, urn: int) -> None:
    """Let `survivor` stand for both URNs under the academy's name."""
    whole = _school(identity, identity.academy_name, identity.urn, urn)
    emptied.continued_by = survivor
    emptied.save()
    survivor.name, survivor.urn, survivor.search = whole.name, whole.urn, whole.search
    survivor.save()


def _link(
    survivor: School, identity: Identity, urn: int, opened: date
) -> EstablishmentLink:
    """Write the academy's own line and its link from the school before it."""
    before = Establishment.objects.get(urn=identity.urn)
    before.school = survivor
    before.save()
    academy = Establishment.objects.get(urn=identity.urn)
    academy.urn, academy.name = urn, identity.academy_name
    academy.number = f"{int(identity.number) + 2900}"
    academy.type_name, academy.type_group = "Academy sponsor led", Group.ACADEMY
    academy.status, academy.opened, academy.closed = "Open", opened, None
    academy.save(force_insert=True)
    return EstablishmentLink.objects.create(
        predecessor=before,
        successor=academy,
        kind=EstablishmentLink.Kind.SUCCESSION,
        date=opened,
    )


def _merge(
    plan: Plan, identities: Sequence[Identity], at: datetime
) -> dict[int, tuple[date, int]]:
    """Write the schools that came of mergers; return their opening and URN by school.

    What is decided is a merger; the rest waits for somebody, and the new school has
    no years before its own until then.
    """
    merged: dict[int, tuple[date, int]] = {}
    for number, each in enumerate(plan.irregular.mergers):
        urn = FIRST_MERGED_URN + number
        first, second = (identities[place] for place in each.schools)
        name = f"{first.name.split()[0]} and {second.name.split()[0]} School"
        school = _school(first, name, urn)
        school.save()
        new = Establishment.objects.get(urn=first.urn)
        new.pupils = sum(
            Establishment.objects.get(urn=one.urn).pupils or 0
            for one in (first, second)
        )
        new.urn, new.school, new.name = urn, school, name
        new.number = f"{int(first.number) + 1500}"
        new.status, new.opened, new.closed = "Open", OPENED, None
        new.save(force_insert=True)
        links = [
            EstablishmentLink.objects.create(
                predecessor_id=one.urn,
                successor=new,
                kind=EstablishmentLink.Kind.AMALGAMATION,
                date=OPENED,
            )
            for one in (first, second)
        ]
        for link in links:
            waiting = Succession.objects.create(
                link=link,
                case=links[0].pk,
                state=Succession.State.WAITING,
                doubt=Succession.Doubt.SEVERAL_PREDECESSORS,
            )
            if each.is_decided:
                settle_succession(
                    succession=waiting,
                    state=Succession.State.MERGER,
                    at=at,
                    by=None,
                    reason="Both schools closed the day before it opened.",
                )
        merged |= dict.fromkeys(each.schools, (OPENED, urn))
    return merged
