"""Every filter of every list says in plain words what is amiss, and what to do."""

from collections.abc import Iterator

import django_filters
import pytest
from django import forms
from django.http import QueryDict
from django.utils import timezone

from mentoring.filters.eligibility import EntryFilter
from mentoring.filters.exception import ExceptionFilter
from mentoring.filters.imports import ImportFilter
from mentoring.filters.membership import MembershipFilter
from mentoring.filters.mentee import MenteeFilter
from mentoring.filters.mentor import MentorFilter
from mentoring.filters.pairing import PairingFilter
from mentoring.filters.people import InvitationFilter, PeopleFilter
from mentoring.filters.school import SchoolFilter
from mentoring.filters.strict import WORDS, StrictFilterSet
from mentoring.filters.succession import SuccessionFilter
from mentoring.filters.support_day import SupportDayFilter
from mentoring.filters.trust import TrustFilter
from mentoring.models import Programme
from schools.models import Role
from tests import factories

pytestmark = pytest.mark.django_db
TOLD: dict[type[StrictFilterSet], set[str]] = {
    SchoolFilter: {"today", "role"},
    MembershipFilter: {"today"},
    ExceptionFilter: {"today"},
    TrustFilter: {"today"},
    ImportFilter: {"names_people"},
    EntryFilter: set(),
    MenteeFilter: set(),
    MentorFilter: set(),
    PairingFilter: {"today"},
    SuccessionFilter: set(),
    SupportDayFilter: {"role", "today", "with_names"},
    PeopleFilter: {"today"},
    InvitationFilter: {"moment"},
}
LONG = "x" * 5000
LIBRARY = ("Select a valid", "Ensure this", "Enter a", "Null characters", "available")


def filled(kind: type[StrictFilterSet], query: str) -> StrictFilterSet:
    # A role that sees every filter there is.
    factories.EligibilityListFactory.create()
    role = Role(kind=Role.Kind.STAFF)
    known = {"today": Programme.the().today, "names_people": True, "role": role}
    known |= {"with_names": True, "moment": timezone.now()}
    told = {name: known[name] for name in TOLD[kind]}
    return kind(QueryDict(query), kind._meta.model.objects.all(), **told)


def wrong() -> Iterator[tuple[type[StrictFilterSet], str, str]]:
    """Give each filter of each list with what it cannot understand."""
    for kind in TOLD:
        for name in kind.base_filters:
            for value in ("nothing-of-the-kind", LONG, "a%00b"):
                yield kind, name, value


def kinds(of: type[StrictFilterSet] = StrictFilterSet) -> set[type[StrictFilterSet]]:
    """Return the kinds of filters that nothing is derived from."""
    found = of.__subclasses__()
    return set().union(*map(kinds, found)) if found else {of}


def test_no_list_is_forgotten() -> None:
    assert kinds() == set(TOLD)
    others = set(django_filters.FilterSet.__subclasses__()) - {StrictFilterSet}
    assert {each for each in others if each.__module__.startswith("mentoring")} == set()


@pytest.mark.parametrize(("kind", "name", "value"), list(wrong()))
def test_what_is_not_understood_is_told_plainly(
    kind: type[StrictFilterSet], name: str, value: str
) -> None:
    shown = filled(kind, f"{name}={value}")
    errors = [str(each) for each in shown.form.errors.get(name, [])]
    field = shown.form.fields[name]
    is_searched = isinstance(field, forms.CharField) and value == "nothing-of-the-kind"
    # A box that is sent at all is ticked.
    if not is_searched and not isinstance(field, forms.NullBooleanField):
        assert errors
    for error in errors:
        assert not any(words in error for words in LIBRARY), error
        assert error in {each % {"limit_value": 100} for each in WORDS.values()}
        assert LONG not in error
    if errors:
        assert not shown.qs.exists()
