"""Days of support added up: of a list, and by what people ask for, against plan."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Aggregate, Count, Q, QuerySet, Sum
from django.urls import reverse

from mentoring.academic_year import academic_year, year_span, year_words
from mentoring.models import Area, Pairing, StaffMember, SupportDay
from mentoring.models.support_day import HALVES, SupportDayQuerySet
from mentoring.steps.pairing import HELPED
from mentoring.steps.support_day import State
from schools.models import School

GIVEN, BACK = SupportDay.Direction.GIVEN, SupportDay.Direction.BACK
BY = {
    "pairing": "Pairing",
    "school": "School",
    "person": "Person",
    "area": "Area",
    "month": "Month",
    "year": "Academic year",
}


@dataclass(frozen=True, slots=True)
class Totals:
    """Entries of a list, void ones too, and the half days each way that count."""

    entries: int
    given: int
    back: int


@dataclass(frozen=True, slots=True)
class TotalRow:
    """Half days of one pairing, school, person, area, month or year.

    `given` went to mentees and `back` to mentors; of a school, `given` is what its
    people gave and `back` what they were given. `planned` is whole days a year, None
    where nothing is planned for such a row.
    """

    label: str
    url: str
    given: int
    back: int
    planned: int | None = None


def totals_of(
    rows: SupportDayQuerySet, *, state: str = "", direction: str = ""
) -> Totals:
    """Return the totals of a list, from an index and in one go.

    `state` and `direction` are those that `rows` are narrowed to, where they are: what
    then holds of every row is not asked of each, of which there may be very many.
    """
    asked: dict[str, Aggregate] = {"entries": Count("*")}
    counts = Q() if state else Q(voided_on__isnull=True)
    for way in (GIVEN, BACK):
        if state != State.VOID and direction in {"", way}:
            kept = counts if direction else counts & Q(direction=way)
            asked[way] = Sum(HALVES, filter=kept or None, default=0)
    found = rows.order_by().aggregate(**asked)
    return Totals(found["entries"], found.get(GIVEN, 0), found.get(BACK, 0))


def totals_of_all() -> Totals:
    """Return the totals of every day, which pairings keep."""
    found = Pairing.objects.aggregate(
        given=Sum("halves_given", default=0), back=Sum("halves_back", default=0)
    )
    return Totals(entries=SupportDay.objects.count(), **found)


def totals_by(
    rows: SupportDayQuerySet,
    by: str,
    *,
    year: int | None = None,
    plans: QuerySet[Pairing] | None = None,
) -> list[TotalRow]:
    """Return what `rows` add up to by one of BY, in the order that people expect.

    `plans` are the pairings whose plan for `year` is set beside, those without a day
    too; without both there is none.
    """
    kept = rows.order_by().filter(voided_on__isnull=True)
    if by == "person":
        return _by_person(kept)
    if by in {"month", "year"}:
        return _by_time(kept, by)
    planned = _plans(plans, year)
    if by == "pairing":
        return _by_pairing(kept, planned)
    return (_by_school if by == "school" else _by_area)(kept, planned)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is planned for a pairing, in whole days a year; no row of the database.

    There are thousands, of which a row with its schools costs much more to make.
    """

    mentor: str
    mentee: str
    area: str
    mentor_school: int
    area_id: int
    days: int

    @property
    def label(self) -> str:
        """Return who helps whom, in what."""
        return f"{self.mentor} for {self.mentee}: {self.area}"


def _plans_of(pairings: Any) -> dict[int, _Plan]:
    """Return the plans of pairings by their keys."""
    columns = (
        *("pk", "mentor__school__name", "mentee__school__name", "area__name"),
        *("mentor__school", "area", "planned_days"),
    )
    found = pairings.order_by().select_related(None).values_list(*columns)
    return {pk: _Plan(*rest) for pk, *rest in found}


def _plans(pairings: QuerySet[Pairing] | None, year: int | None) -> dict[int, _Plan]:
    """Return the plans of pairings in which help was to be given in a year."""
    if pairings is None or year is None:
        return {}
    first, last = year_span(year)
    return _plans_of(
        pairings.filter(
            Q(ended__isnull=True) | Q(ended__gte=first),
            state__in=HELPED,
            started__lte=last,
        )
    )


def _sums(rows: Any, *keys: str) -> Any:
    """Return the half days each way for each value of `keys`."""
    return rows.values(*keys).annotate(
        given=Sum(HALVES, filter=Q(direction=GIVEN), default=0),
        back=Sum(HALVES, filter=Q(direction=BACK), default=0),
    )


def _by_pairing(rows: Any, planned: Mapping[int, _Plan]) -> list[TotalRow]:
    sums = {one["pairing"]: one for one in _sums(rows, "pairing")}
    held = dict(planned)
    if missing := sums.keys() - held.keys():
        held |= _plans_of(Pairing.objects.filter(pk__in=[*missing]))
    none = {"given": 0, "back": 0}
    return _in_order(
        TotalRow(
            label=plan.label,
            url=reverse("pairing", kwargs={"pk": pk}),
            given=sums.get(pk, none)["given"],
            back=sums.get(pk, none)["back"],
            planned=plan.days if planned else None,
        )
        for pk, plan in held.items()
    )


def _by_school(rows: Any, planned: Mapping[int, _Plan]) -> list[TotalRow]:
    """Return what each school's people gave, and what they were given."""
    gave: dict[int, int] = defaultdict(int)
    was_given: dict[int, int] = defaultdict(int)
    sides = ("pairing__mentor__school", "pairing__mentee__school")
    for one in _sums(rows, *sides):
        mentor, mentee = one[sides[0]], one[sides[1]]
        gave[mentor] += one["given"]
        was_given[mentee] += one["given"]
        gave[mentee] += one["back"]
        was_given[mentor] += one["back"]
    plan: dict[int, int] = defaultdict(int)
    for one in planned.values():
        plan[one.mentor_school] += one.days
    keys = gave.keys() | was_given.keys() | plan.keys()
    names = School.objects.filter(pk__in=[*keys]).values_list("pk", "name")
    return _in_order(
        TotalRow(
            label=name,
            url=reverse("school", kwargs={"pk": pk}),
            given=gave[pk],
            back=was_given[pk],
            planned=plan[pk] if planned else None,
        )
        for pk, name in names
    )


def _by_person(rows: Any) -> list[TotalRow]:
    sums = {one["giver"]: one for one in _sums(rows, "giver")}
    people = StaffMember.objects.filter(pk__in=[*sums])
    days = reverse("days")
    return _in_order(
        TotalRow(
            label=", ".join(filter(None, names)),
            url=f"{days}?giver={pk}",
            given=sums[pk]["given"],
            back=sums[pk]["back"],
        )
        for pk, *names in people.values_list("pk", "name", "post", "school__name")
    )


def _by_area(rows: Any, planned: Mapping[int, _Plan]) -> list[TotalRow]:
    sums = {one["area"]: one for one in _sums(rows, "area")}
    plan: dict[int, int] = defaultdict(int)
    for one in planned.values():
        plan[one.area_id] += one.days
    return [
        TotalRow(
            label=area.name,
            url=f"{reverse('days')}?area={area.pk}",
            given=sums[area.pk]["given"] if area.pk in sums else 0,
            back=sums[area.pk]["back"] if area.pk in sums else 0,
            planned=plan[area.pk] if planned else None,
        )
        for area in Area.objects.as_listed()
        if area.pk in sums or area.pk in plan
    ]


def _by_time(rows: Any, by: str) -> list[TotalRow]:
    """Return the totals of months or years, the latest first."""
    found: dict[date | int, list[int]] = defaultdict(lambda: [0, 0])
    for one in _sums(rows, "given_on"):
        day: date = one["given_on"]
        key = day.replace(day=1) if by == "month" else academic_year(day)
        found[key][0] += one["given"]
        found[key][1] += one["back"]
    return [
        TotalRow(_time_words(key), _time_url(key), given, back)
        for key, (given, back) in sorted(found.items(), reverse=True)
    ]


def _time_words(key: date | int) -> str:
    return year_words(key) if isinstance(key, int) else f"{key:%B %Y}"


def _time_url(key: date | int) -> str:
    what = f"year={key}" if isinstance(key, int) else f"month={key:%Y-%m}"
    return f"{reverse('days')}?{what}"


def _in_order(rows: Iterable[TotalRow]) -> list[TotalRow]:
    return sorted(rows, key=lambda row: row.label.casefold())


def headings(by: str) -> Mapping[str, str]:
    """Return what the two numbers of a row are, by one of BY."""
    if by == "school":
        return {"given": "Days it gave", "back": "Days it was given"}
    return {"given": "Days to mentees", "back": "Days back"}
