"""Days of support added up: of a list, and by what people ask for, against plan."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
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


@dataclass(frozen=True, slots=True)
class AddedUp:
    """The rows of totals, in the order that people expect, and what all come to."""

    rows: Sequence[TotalRow]
    given: int
    back: int
    planned: int | None

    @classmethod
    def of(cls, rows: Sequence[TotalRow]) -> "AddedUp":
        """Return `rows` added up; nothing is planned where no row has a plan."""
        plans = [row.planned for row in rows if row.planned is not None]
        return cls(
            rows,
            sum(row.given for row in rows),
            sum(row.back for row in rows),
            sum(plans) if plans else None,
        )


class LazyRows(Sequence[TotalRow]):
    """Rows of many things by their keys, written for those alone that are looked at.

    After `keys` come those of `rest`, which are `n_rest`.
    """

    A_TIME = 500

    def __init__(
        self,
        keys: Sequence[int],
        rest: Callable[[slice], Iterable[int]],
        n_rest: int,
        written: Callable[[Sequence[int]], list[TotalRow]],
    ) -> None:
        self.keys, self.rest, self.n_rest = keys, rest, n_rest
        self.written = written

    def __len__(self) -> int:
        return len(self.keys) + self.n_rest

    def __getitem__(self, at: Any) -> Any:
        if not isinstance(at, slice):
            return self[at : at + 1][0]
        first, last, _ = at.indices(len(self))
        known = len(self.keys)
        found = [*self.keys[first:last]]
        if last > known:
            found += self.rest(slice(max(first - known, 0), last - known))
        return self.written(found)

    def __iter__(self) -> Iterator[TotalRow]:
        for start in range(0, len(self), self.A_TIME):
            yield from self[start : start + self.A_TIME]


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
) -> AddedUp:
    """Return what `rows` add up to by one of BY.

    Pairings come with the most days first, time with the latest, others by name.

    `plans` are the pairings whose plan for `year` is set beside, those without a day
    too; without both there is none.
    """
    kept = rows.order_by().filter(voided_on__isnull=True)
    if by == "person":
        return AddedUp.of(_by_person(kept))
    if by in {"month", "year"}:
        return AddedUp.of(_by_time(kept, by))
    helped = _helped_in(plans, year)
    if by == "pairing":
        return _by_pairing(kept, helped)
    if by == "school":
        return AddedUp.of(_by_school(kept, _planned_by(helped, "mentor__school")))
    return AddedUp.of(_by_area(kept, _planned_by(helped, "area")))


def _helped_in(pairings: QuerySet[Pairing] | None, year: int | None) -> Any:
    """Keep the pairings in which help was to be given in a year; None without one."""
    if pairings is None or year is None:
        return None
    first, last = year_span(year)
    found = pairings.filter(
        Q(ended__isnull=True) | Q(ended__gte=first),
        state__in=HELPED,
        started__lte=last,
    )
    return found.order_by().select_related(None)


def _planned_by(helped: Any, key: str) -> dict[int, int]:
    """Return the days planned of the pairings that `_helped_in` keeps, by one key."""
    if helped is None:
        return {}
    sums = helped.values(key).annotate(days=Sum("planned_days"))
    return dict(sums.values_list(key, "days"))


def _sums(rows: Any, *keys: str) -> Any:
    """Return the half days each way for each value of `keys`."""
    return rows.values(*keys).annotate(
        given=Sum(HALVES, filter=Q(direction=GIVEN), default=0),
        back=Sum(HALVES, filter=Q(direction=BACK), default=0),
    )


def _by_pairing(rows: Any, helped: Any) -> AddedUp:
    """Return the totals of pairings: first those with days, then those without one.

    Whoever gave a day in a year was to give help in it: `helped` has all of them.
    """
    sums = {
        one["pairing"]: (one["given"], one["back"]) for one in _sums(rows, "pairing")
    }
    planned, without = None, Pairing.objects.none()
    if helped is not None:
        planned = helped.aggregate(days=Sum("planned_days", default=0))["days"]
        without = helped.exclude(pk__in=rows.values("pairing"))
    keys = without.order_by("-planned_days", "pk").values_list("pk", flat=True)
    return AddedUp(
        LazyRows(
            sorted(sums, key=lambda pk: (-sum(sums[pk]), pk)),
            lambda part: keys[part],
            without.count(),
            partial(_pairing_rows, sums, with_plan=helped is not None),
        ),
        sum(given for given, _ in sums.values()),
        sum(back for _, back in sums.values()),
        planned,
    )


def _pairing_rows(
    sums: Mapping[int, tuple[int, int]], keys: Sequence[int], *, with_plan: bool
) -> list[TotalRow]:
    """Return the rows of the pairings with these keys, in their order."""
    names = ("mentor__school__name", "mentee__school__name", "area__name")
    found = Pairing.objects.filter(pk__in=keys).values_list(
        "pk", *names, "planned_days"
    )
    by_key = {pk: rest for pk, *rest in found}
    written = []
    for pk in keys:
        mentor, mentee, area, days = by_key[pk]
        given, back = sums.get(pk, (0, 0))
        url = reverse("pairing", kwargs={"pk": pk})
        planned = days if with_plan else None
        label = f"{mentor} for {mentee}: {area}"
        written.append(TotalRow(label, url, given, back, planned))
    return written


def _by_school(rows: Any, plan: Mapping[int, int]) -> list[TotalRow]:
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
    keys = gave.keys() | was_given.keys() | plan.keys()
    names = School.objects.filter(pk__in=[*keys]).values_list("pk", "name")
    return _in_order(
        TotalRow(
            label=name,
            url=reverse("school", kwargs={"pk": pk}),
            given=gave[pk],
            back=was_given[pk],
            planned=plan.get(pk, 0) if plan else None,
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


def _by_area(rows: Any, plan: Mapping[int, int]) -> list[TotalRow]:
    sums = {one["area"]: one for one in _sums(rows, "area")}
    return [
        TotalRow(
            label=area.name,
            url=f"{reverse('days')}?area={area.pk}",
            given=sums[area.pk]["given"] if area.pk in sums else 0,
            back=sums[area.pk]["back"] if area.pk in sums else 0,
            planned=plan.get(area.pk, 0) if plan else None,
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
