"""The filters of the list of support days."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from mentoring.academic_year import academic_year, year_span, year_words
from mentoring.filters.select import LongSelect
from mentoring.filters.strict import StrictFilterSet
from mentoring.models import Area, Membership, Pairing, StaffMember, SupportDay
from mentoring.steps.support_day import State
from schools.models import Role, School
from schools.models.school import LONGEST_SEARCH

DECEMBER = 12


class OneField(django_filters.fields.ModelChoiceField):
    """One row by its key, which nobody chooses from a list."""

    def to_python(self, value: Any) -> Any:
        """Return the row; whatever is no key of one is refused in the same words."""
        try:
            return super().to_python(value)
        except ValidationError as refusal:
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice"
            ) from refusal

    def valid_value(self, value: Any) -> bool:
        """Return whether there is such a row, without reading all of them."""
        try:
            return self.to_python(value) is not None
        except ValidationError:
            return False


class OneFilter(django_filters.ModelChoiceFilter):
    """Keeps what belongs to one row, named in an address that a page links to."""

    field_class = OneField


class SupportDayFilter(StrictFilterSet):
    """Narrows days by words of a school or a person, area, way, state and time.

    `role` may see the rows; `with_names` says whether it may search for people. The
    academic year of `today` is among the years, even where nothing was given in it.
    """

    q = django_filters.CharFilter(method="matching", max_length=LONGEST_SEARCH)
    area = django_filters.ChoiceFilter(
        label="Area", empty_label="All areas", widget=LongSelect
    )
    direction = django_filters.ChoiceFilter(
        label="Help went",
        choices=SupportDay.Direction,
        empty_label="Both ways",
    )
    state = django_filters.ChoiceFilter(
        label="State",
        choices=[(each.value, each.label) for each in State],
        empty_label="All states",
    )
    year = django_filters.ChoiceFilter(
        label="Academic year", method="in_year", empty_label="All years"
    )
    month = django_filters.ChoiceFilter(
        label="Month", method="in_month", empty_label="All months", widget=LongSelect
    )
    pairing = OneFilter(
        label="Pairing", queryset=Pairing.objects.none(), widget=forms.HiddenInput
    )
    giver = OneFilter(
        label="Given by", queryset=StaffMember.objects.none(), widget=forms.HiddenInput
    )

    class Meta:
        model = SupportDay
        fields = [
            *("q", "area", "direction", "state", "year", "month", "pairing", "giver"),
        ]

    def __init__(
        self,
        *args: Any,
        role: Role | None,
        today: date,
        with_names: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.with_names = with_names
        areas = Area.objects.as_listed().values_list("pk", "name")
        self._offer("area", [(str(pk), name) for pk, name in areas])
        # Each by itself, as SQLite looks up one end in an index and not both.
        days = SupportDay.objects.values_list("given_on", flat=True)
        first = days.order_by("given_on").first()
        months = _months(first, days.order_by("-given_on").first())
        years = dict.fromkeys(academic_year(month) for month in (today, *months))
        self._offer("year", [(str(year), year_words(year)) for year in years])
        self._offer("month", [(f"{one:%Y-%m}", f"{one:%B %Y}") for one in months])
        pairings = Pairing.objects.visible_to(role).with_schools()
        self.filters["pairing"].queryset = pairings
        if self.data and self.data.get("giver"):
            self.filters["giver"].queryset = _givers(role, with_names=with_names)
        field = self.form.fields["q"]
        field.label = "School or person" if with_names else "School"
        field.widget = forms.TextInput(attrs={"type": "search", "autocomplete": "off"})

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.filters[name].extra["choices"] = choices

    def matching(
        self, rows: QuerySet[SupportDay], name: str, words: str
    ) -> QuerySet[SupportDay]:
        """Keep days of a school, or of a person, that fits every word."""
        schools = School.objects.matching(words).values("pk")
        members = Membership.objects.filter(school__in=schools).values("pk")
        pairings = Pairing.objects.filter(Q(mentor__in=members) | Q(mentee__in=members))
        found = Q(pairing__in=pairings.values("pk"))
        if self.with_names:
            people = StaffMember.objects.filter(is_erased=False)
            for word in words.split():
                people = people.filter(name__icontains=word)
            found |= Q(giver__in=people.values("pk"))
        return rows.filter(found)

    def in_year(
        self, rows: QuerySet[SupportDay], name: str, year: str
    ) -> QuerySet[SupportDay]:
        """Keep the days of an academic year."""
        return rows.filter(given_on__range=year_span(int(year)))

    def in_month(
        self, rows: QuerySet[SupportDay], name: str, month: str
    ) -> QuerySet[SupportDay]:
        """Keep the days of a month."""
        first = date.fromisoformat(f"{month}-01")
        return rows.filter(given_on__gte=first, given_on__lt=_next(first))

    @property
    def when(self) -> str:
        """Return of which time the days are: "in 2006/07"; empty for all of it."""
        sent = self.form.cleaned_data if self.form.is_valid() else {}
        if month := sent.get("month"):
            return f"in {date.fromisoformat(f'{month}-01'):%B %Y}"
        if year := sent.get("year"):
            return f"in {year_words(int(year))}"
        return ""

    @property
    def narrowed_to(self) -> dict[str, str]:
        """Return the state and the direction that all the days have, empty for any."""
        sent = self.form.cleaned_data if self.form.is_valid() else {}
        return {name: sent.get(name) or "" for name in ("state", "direction")}

    @property
    def is_narrowed(self) -> bool:
        """Return whether any filter is on, or not understood."""
        sent = any(self.data.get(name) for name in self.filters) if self.data else False
        return bool(sent)


def _givers(role: Role | None, *, with_names: bool) -> QuerySet[StaffMember]:
    """Return the people whose days `role` may ask for by name."""
    if not with_names:
        return StaffMember.objects.none()
    if role is None or not role.school:
        return StaffMember.objects.all()
    given = SupportDay.objects.of_school(role.school).values("giver")
    return StaffMember.objects.filter(Q(school=role.school) | Q(pk__in=given))


def _months(first: date | None, last: date | None) -> list[date]:
    """Return the first days of the months from `last` back to `first`."""
    if first is None or last is None:
        return []
    found, month = [], first.replace(day=1)
    while month <= last:
        found.append(month)
        month = _next(month)
    return found[::-1]


def _next(month: date) -> date:
    """Return the first day of the next month."""
    if month.month == DECEMBER:
        return date(month.year + 1, 1, 1)
    return month.replace(month=month.month + 1)
