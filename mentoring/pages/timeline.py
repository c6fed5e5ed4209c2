"""What was done to a school, its memberships, pairings and days, in plain words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from django.db.models import Q, QuerySet

from mentoring.models import Event, Membership, Pairing, SupportDay
from mentoring.pages import membership as of_membership
from mentoring.pages import pairing as of_pairing
from mentoring.pages.membership import NAMELESS
from mentoring.pages.parts import day_words
from mentoring.permissions import Permission, may
from schools.models import Role, School, TrustMembership

MEMBERSHIP, PAIRING = "mentoring.membership", "mentoring.pairing"
DAY, QUERY = "mentoring.supportday", "mentoring.pairingquery"
OF_PEOPLE = ("schools.role", "schools.invitation")
"""What is told of people's accounts, to those alone who may see them."""

RECORDED: Mapping[str, str] = {**of_membership.RECORDED, **of_pairing.RECORDED}


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that was done: to what, when it took effect and was recorded, by whom.

    `url` is the way to it; empty where there is no page.
    """

    what: str
    about: str
    url: str
    took_effect: date
    recorded: datetime
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Things:
    """What the events of a page are about, fetched together."""

    pairings: Mapping[int, Pairing]
    days: Mapping[int, SupportDay]
    memberships: Mapping[int, Membership]

    @classmethod
    def of(cls, events: Iterable[Event]) -> Self:
        """Return the things of `events`, in three queries however many there are."""
        keys: dict[str, set[int]] = {PAIRING: set(), DAY: set(), MEMBERSHIP: set()}
        for event in events:
            noun, key = noun_of(event)
            keys.setdefault(noun, set()).add(key)
        days, memberships = SupportDay.objects.with_all(), Membership.objects.all()
        return cls(
            Pairing.objects.with_schools().in_bulk(keys[PAIRING]),
            days.select_related("pairing__area").in_bulk(keys[DAY]),
            memberships.in_bulk(keys[MEMBERSHIP]),
        )

    def about(self, event: Event) -> tuple[str, str]:
        """Return what an event is about, and the way to it."""
        noun, key = noun_of(event)
        if noun == PAIRING and (pairing := self.pairings.get(key)):
            return str(pairing), pairing.get_absolute_url()
        if noun == DAY and (day := self.days.get(key)):
            said = f"{day.pairing}, {day_words(day.given_on)}"
            return said, day.get_absolute_url()
        if noun == MEMBERSHIP and (held := self.memberships.get(key)):
            return f"Membership as a {held.role}", held.get_absolute_url()
        return "", ""


def noun_of(event: Event) -> tuple[str, int]:
    """Return the kind and the key of what an event is about; of a query its pairing."""
    if event.noun == QUERY and "pairing" in event.changes:
        return PAIRING, event.changes["pairing"][1]
    return event.noun, event.noun_id


def events_of(school: School, role: Role | None) -> QuerySet[Event]:
    """Return the events of a school that `role` may read, the latest first.

    Directors read what took effect while the school was in their trust.
    """
    events = Event.objects.filter(Q(school_id=school.pk) | Q(other_school_id=school.pk))
    if not may(role, Permission.SEE_PEOPLE):
        events = events.exclude(noun__in=OF_PEOPLE)
    if role is not None and role.kind in Role.AT_A_TRUST:
        spans = TrustMembership.objects.filter(trust=role.trust_id, school=school)
        within = Q(pk__in=[])
        for first, last in spans.values_list("started", "ended"):
            within |= Q(
                happened_on__gte=first or date.min, happened_on__lte=last or date.max
            )
        events = events.filter(within)
    return events.select_related("who", "given").order_by("-pk")


def done_by(person: int, role: Role | None) -> QuerySet[Event]:
    """Return what a person did that `role` may read, the latest first.

    The head of a school reads what was done to that school.
    """
    events = Event.objects.filter(who=person)
    if role is None or role.kind in Role.AT_A_SCHOOL:
        school = role.school_id if role else None
        events = events.filter(Q(school_id=school) | Q(other_school_id=school))
    return events.select_related("who", "given").order_by("-pk")


def moments(events: Sequence[Event], role: Role | None) -> list[Moment]:
    """Return a page of events in words; names are for roles that may read them."""
    things = Things.of(events)
    with_names = role is not None and role.kind not in NAMELESS
    found = []
    for event in events:
        about, url = things.about(event)
        who = str(event.who) if event.who else "An import, the calendar or the shell"
        given = getattr(event, "given", None)
        found.append(
            Moment(
                what=RECORDED.get(event.verb, event.verb.capitalize()),
                about=about,
                url=url,
                took_effect=event.happened_on,
                recorded=event.recorded_at,
                who=who if with_names or not event.who else "Not shown to your role",
                why=given.text if given else "",
            )
        )
    return found


def may_read(school: School, role: Role | None) -> bool:
    """Return whether `role` reads what was done to a school."""
    if role is None:
        return False
    if role.kind in Role.AT_A_SCHOOL:
        return role.school_id == school.pk
    if role.kind in Role.AT_A_TRUST:
        held = TrustMembership.objects.filter(trust=role.trust_id, school=school)
        return held.exists()
    return role.kind in {Role.Kind.STAFF, Role.Kind.FINANCE, Role.Kind.ADMINISTRATOR}
