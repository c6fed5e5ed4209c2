"""A case of the succession inbox: the evidence side by side, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any

from django.utils import timezone

from mentoring.models import Membership, SchoolSummary
from mentoring.models.eligibility import EligibilityException
from mentoring.pages.case_parts import (
    FEW,
    Card,
    Group,
    Side,
    Stated,
    cards,
    groups,
)
from mentoring.pages.parts import day_words, level
from results.figures.figure import Missing
from results.models import Measure
from schools.models import (
    Establishment,
    EstablishmentLink,
    School,
    Succession,
    TrustMembership,
)
from schools.naming import readable

LATEST = 3
"""Years of results that stand side by side."""
NOT_KNOWN = "Not known"
NONE_HELD = "None held"
NOT_CLOSED = "Not closed, or not known"
ONLY_LINKED = "Not in the register here: known only from a link"
Kind = EstablishmentLink.Kind


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the links themselves say, to be accepted in one click."""

    state: str
    label: str
    links: Sequence[int]


@dataclass(frozen=True, slots=True)
class CasePage:
    """What a case's page shows."""

    title: str
    labels: Sequence[str]
    sides: Sequence[Side]
    links: Sequence[Stated]
    touches: Sequence[str]
    suggestion: "Suggestion | None"

    @property
    def cards(self) -> Sequence[Card]:
        """Return a card for each school, for phones."""
        return cards(self.sides, self.labels, UNKNOWN)

    @property
    def groups(self) -> Sequence[Group]:
        """Return the links by the school they start from."""
        return groups(self.links)

    @property
    def is_long(self) -> bool:
        """Return whether there are more links than can be read at once."""
        return len(self.links) > FEW

    @property
    def rows(self) -> Sequence[tuple[str, Sequence[str]]]:
        """Return each label with the cells of all sides."""
        return [
            (label, [side.facts[at] for side in self.sides])
            for at, label in enumerate(self.labels)
        ]


LABELS = (
    "School here",
    "Type",
    "Phase",
    "Status",
    "Opened",
    "Closed",
    "Local authority",
    "Town and postcode",
    "Ages",
    "Pupils",
    "Trust",
    "In the programme",
    "Latest results",
)
UNKNOWN = dict.fromkeys(LABELS, NOT_KNOWN) | {
    "Closed": NOT_CLOSED,
    "Trust": NONE_HELD,
    "In the programme": "No",
    "Latest results": NONE_HELD,
}
"""What stands for each where nothing is known."""


def case_page(successions: Sequence[Succession]) -> CasePage:
    """Return the page of the successions of one case."""
    links = [each.link for each in successions]
    urns = {urn for link in links for urn in (link.predecessor_id, link.successor_id)}
    establishments = list(
        Establishment.objects.filter(urn__in=urns)
        .select_related("authority", "school")
        .order_by("opened", "urn")
    )
    schools = {each.school for each in establishments}
    memberships = _memberships(schools)
    trusts = _trusts(schools)
    names = dict(Measure.objects.values_list("code", "short_name"))
    lines = dict(
        SchoolSummary.objects.filter(school__in=schools).values_list("school", "line")
    )
    waiting = sum(each.state == Succession.State.WAITING for each in successions)
    by_urn = {each.urn: each for each in establishments}
    return CasePage(
        title=_title(successions, waiting),
        labels=LABELS,
        sides=[
            Side(
                each.urn,
                each.name,
                each.school.get_absolute_url(),
                _facts(
                    each,
                    trusts,
                    memberships,
                    _results(lines.get(each.school_id) or [], each.urn, names),
                ),
            )
            for each in establishments
        ],
        links=[_stated(each, by_urn) for each in successions],
        touches=[
            f"{school.name}: {'; '.join(memberships[school.pk])}"
            for school in sorted(schools, key=lambda each: each.name)
            if school.pk in memberships
        ],
        suggestion=suggestion_of(successions),
    )


def suggestion_of(successions: Sequence[Succession]) -> Suggestion | None:
    """Return what the waiting links of a case say together; None where they do not."""
    waiting = [each for each in successions if each.state == Succession.State.WAITING]
    earlier = {each.link.predecessor.name for each in waiting}
    later = {each.link.successor.name for each in waiting}
    kinds = {each.link.kind for each in waiting}
    pks = [each.pk for each in waiting]
    state = Succession.State
    if len(waiting) > 1 and len(later) == 1:
        (name,) = later
        label = f"Accept: {len(waiting)} schools merged into {name}"
        return Suggestion(state.MERGER, label, pks)
    if len(waiting) > 1 and len(earlier) == 1:
        (name,) = earlier
        label = f"Accept: {name} was split into {len(waiting)} schools"
        return Suggestion(state.SPLIT, label, pks)
    if len(waiting) != 1:
        return None
    before, after = earlier.pop(), later.pop()
    if kinds & {Kind.MERGER, Kind.AMALGAMATION}:
        return Suggestion(state.MERGER, f"Accept: {before} merged into {after}", pks)
    if Kind.SPLIT in kinds:
        return Suggestion(state.SPLIT, f"Accept: {before} was split into {after}", pks)
    return Suggestion(state.ACCEPTED, f"Accept: {before} goes on as {after}", pks)


def _title(successions: Sequence[Succession], waiting: int) -> str:
    if not waiting:
        return "This case is decided"
    first = next(each for each in successions if each.state == Succession.State.WAITING)
    link = first.link
    if waiting == 1:
        return f"Did {link.predecessor.name} become {link.successor.name}?"
    return f"{waiting} links around {link.successor.name} wait for a decision"


def _memberships(schools: set[School]) -> dict[int, list[str]]:
    """Return in words what each school has in the programme; none, no entry."""
    found: dict[int, list[str]] = {}
    rows = Membership.objects.of_the_programme().filter(school__in=schools)
    for each in rows.earliest_first():
        if each.joined is None:
            words = f"invited as {each.get_role_display().lower()}"
            found.setdefault(each.school_id, []).append(words)
            continue
        end = f" to {day_words(each.left)}" if each.left else ""
        words = f"{each.get_role_display()} from {day_words(each.joined)}{end}"
        found.setdefault(each.school_id, []).append(words)
    exceptions = EligibilityException.objects.filter(school__in=schools)
    for school in exceptions.values_list("school", flat=True):
        found.setdefault(school, []).append("let in by an exception")
    return found


def _trusts(schools: set[School]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = TrustMembership.objects.filter(school__in=schools, ended__isnull=True)
    for school, name in rows.values_list("school", "trust__name").order_by("pk"):
        found.setdefault(school, []).append(readable(name))
    return found


def _facts(
    each: Establishment,
    trusts: dict[int, list[str]],
    memberships: dict[int, list[str]],
    results: str,
) -> list[str]:
    """Return the cells of one establishment, in the order of LABELS."""
    place = ", ".join(part for part in (each.town, each.postcode) if part)
    ages = (
        f"{each.low_age} to {each.high_age}"
        if each.low_age is not None and each.high_age is not None
        else NOT_KNOWN
    )
    is_linked = each.origin == Establishment.Origin.LINK
    return [
        _with_urn(each.school),
        each.type_name or (ONLY_LINKED if is_linked else NOT_KNOWN),
        each.phase or NOT_KNOWN,
        each.status or NOT_KNOWN,
        day_words(each.opened) if each.opened else NOT_KNOWN,
        day_words(each.closed) if each.closed else NOT_CLOSED,
        each.authority.name if each.authority else NOT_KNOWN,
        place or NOT_KNOWN,
        ages,
        f"{each.pupils:,}" if each.pupils is not None else NOT_KNOWN,
        ", ".join(trusts.get(each.school_id, [])) or NONE_HELD,
        "; ".join(memberships.get(each.school_id, [])) or "No",
        results or NONE_HELD,
    ]


def _with_urn(school: School) -> str:
    """Return a school with its URN, which is the name where a link gives no other."""
    urn = f"URN {school.urn}"
    return urn if school.name == urn else f"{school.name} ({urn})"


def _results(line: Sequence[dict[str, Any]], urn: int, names: dict[str, str]) -> str:
    """Return an establishment's latest results, each with its measure in words."""
    own = [point for point in line if point["urn"] == urn][-LATEST:]
    return "; ".join(_result(point, names) for point in own)


def _result(point: dict[str, Any], names: dict[str, str]) -> str:
    if point["value"] is None:
        return f"{point['year']}: {Missing(point['reason']).sentence}"
    is_share = point.get("is_share", True)
    value = level(point["value"], is_share=is_share, is_whole=point["is_whole"])
    return f"{point['year']}: {value} ({names[point['measure']]})"


def _stated(each: Succession, by_urn: dict[int, Establishment]) -> Stated:
    link = each.link
    detail = (
        f"The register says so from {day_words(link.date)}."
        if link.date
        else "The register gives no day."
    )
    distance = metres(by_urn[link.predecessor_id], by_urn[link.successor_id])
    if distance is not None:
        detail += f" The two places are {distance:,} metres apart."
    waits = each.state == Succession.State.WAITING
    if waits:
        detail += f" It waits because {each.get_doubt_display()}."
    elif each.decided_at:
        who = each.decided_by.name if each.decided_by else "the rule"
        day = day_words(timezone.localdate(each.decided_at))
        detail += f" Decided on {day} by {who}."
    if each.reason:
        detail += f" Reason: {each.reason}"
    return Stated(
        each.pk,
        str(link.predecessor),
        link_words(link),
        detail,
        waits,
        each.get_state_display(),
    )


def link_words(link: EstablishmentLink) -> str:
    """Return a link as a sentence with both URNs."""
    return f"{link.predecessor} {link.get_kind_display()} {link.successor}"


def metres(one: Establishment, other: Establishment) -> int | None:
    """Return how far apart two establishments are, None where a place is unknown."""
    if None in (one.easting, one.northing, other.easting, other.northing):
        return None
    return round(
        hypot(
            (one.easting or 0) - (other.easting or 0),
            (one.northing or 0) - (other.northing or 0),
        )
    )
