"""What `base.html` needs on every page."""

from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from mentoring.permissions import Permission, has_first_page, may
from schools.models import Role


@dataclass(frozen=True, slots=True)
class Site:
    """The product's name, and whether and on what day it is a demonstration."""

    name: str
    is_demo: bool
    today: date


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry of the main navigation."""

    label: str
    url: str
    is_current: bool
    is_folded: bool = False


MOST_BESIDE_EACH_OTHER = 7
"""Entries that fit into a line; with more, those that are rarer are under "More"."""

RARER = {"trusts", "eligibility", "successions", "imports", "people", "programme"}

NAVIGATION = (
    ("Today", "today", Permission.SEE_PAIRINGS),
    ("Impact", "impact", Permission.SEE_IMPACT),
    ("Schools", "schools", Permission.SEE_RESULTS),
    ("Memberships", "memberships", Permission.SEE_MEMBERSHIPS),
    ("Pairings", "pairings", Permission.SEE_PAIRINGS),
    ("Mentors", "mentors", Permission.SEE_OFFERS),
    ("Days", "days", Permission.SEE_DAYS),
    ("Trusts", "trusts", Permission.SEE_RESULTS),
    ("Eligibility", "eligibility", Permission.SEE_ELIGIBILITY),
    ("Successions", "successions", Permission.DECIDE_SUCCESSION),
    ("Imports", "imports", Permission.SEE_IMPORTS),
    ("People", "people", Permission.SEE_PEOPLE),
    ("Programme", "programme", Permission.CHANGE_PROGRAMME),
)
FOOTER = (
    ("Method", "method", Permission.SEE_IMPACT),
    ("Data health", "data_health", Permission.SEE_DATA_HEALTH),
)


def navigation(path: str, role: Role | None) -> list[NavigationItem]:
    """Return what `role` may go to; the entry `path` lies under is current.

    What is folded comes last, under "More". Heads and delegates find their own school
    before all schools, directors their trust before all trusts.
    """
    items = []
    for label, name, permission in NAVIGATION:
        url = reverse(name)
        under = path == url or (url != "/" and path.startswith(url))
        own, whose = _own(name, role)
        if own:
            items.append(NavigationItem(whose, own, path == own))
            under = under and path != own
        if may(role, permission) and (name != "today" or has_first_page(role)):
            items.append(NavigationItem(label, url, under, name in RARER))
    if len(items) <= MOST_BESIDE_EACH_OTHER:
        return [replace(item, is_folded=False) for item in items]
    return sorted(items, key=attrgetter("is_folded"))


def footer(path: str, role: Role | None) -> list[NavigationItem]:
    """Return what stands at the foot of every page for `role`."""
    return [
        NavigationItem(label, url, path == url)
        for label, name, permission in FOOTER
        if may(role, permission)
        for url in [reverse(name)]
    ]


def _own(name: str, role: Role | None) -> tuple[str, str]:
    """Return the way to what is the role's own beside all of its kind, and its name."""
    if role and role.school and name == "schools":
        return role.school.get_absolute_url(), "My school"
    if role and role.trust and name == "trusts":
        return role.trust.get_absolute_url(), "My trust"
    return "", ""


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site, the navigation and the person's roles."""
    programme = getattr(request, "programme", None)
    if programme is None:  # an error before the middleware ran
        return {}
    role: Role | None = request.role  # type: ignore[attr-defined]  # see MemberRequest
    roles: list[Role] = request.roles  # type: ignore[attr-defined]  # same
    return {
        "site": Site(programme.name, programme.is_demo, programme.today),
        "navigation": navigation(request.path, role),
        "footer": footer(request.path, role),
        "acting_role": str(role) if role else "",
        "other_roles": [
            {"pk": other.pk, "label": str(other)} for other in roles if other != role
        ],
    }
