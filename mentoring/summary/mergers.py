"""The years before a merger: the sums of the schools that merged."""

from collections import defaultdict
from collections.abc import Mapping

from results.figures.figure import Figure, Missing, Release
from results.figures.pooling import pooled
from schools.models import School, SchoolPredecessor

Series = dict[int, Figure]
Releases = dict[int, dict[Release, Figure]]


def predecessors() -> dict[int, list[int]]:
    """Return the ids of the schools that merged into each school; none, no entry.

    Where a school goes on as another, as when one that merged becomes an academy, the
    other stands for it: the figures are with its establishments.
    """
    emptied = School.objects.filter(continued_by__isnull=False)
    goes_on = {
        pk: later for pk, later in emptied.values_list("pk", "continued_by") if later
    }

    def standing(school: int) -> int:
        while school in goes_on:
            school = goes_on[school]
        return school

    found: dict[int, list[int]] = defaultdict(list)
    rows = SchoolPredecessor.objects.filter(kind=SchoolPredecessor.Kind.MERGER)
    for pair in rows.order_by("pk").values_list("school", "predecessor"):
        school, predecessor = map(standing, pair)
        if predecessor != school and predecessor not in found[school]:
            found[school].append(predecessor)
    return {school: parts for school, parts in found.items() if parts}


def add_pooled_years(
    releases: dict[int, Releases],
    urns: dict[int, dict[int, int]],
    merged: Mapping[int, list[int]],
) -> set[tuple[int, int]]:
    """Add to each merged school the years before its own, as its predecessors' sums.

    Return the schools and years that were added: sums over schools leave them out.
    A year in which one of them has no figure has none; a school that is its own
    predecessor's predecessor is left as it is. What was there before stays.
    """
    done: set[int] = set()
    added: set[tuple[int, int]] = set()

    def add(school: int) -> None:
        if school in done:
            return
        done.add(school)
        parts = merged[school]
        for part in parts:
            if part in merged:
                add(part)
        own = releases.get(school, {})
        first_own = min(own, default=9999)
        years = {year for part in parts for year in releases.get(part, {})}
        for year in sorted(years - own.keys()):
            if year > first_own:
                continue
            figure = _pooled([releases.get(part, {}).get(year) for part in parts])
            if figure is not None:
                releases.setdefault(school, {})[year] = {figure.release: figure}
                first = next(part for part in parts if year in urns.get(part, {}))
                urns.setdefault(school, {})[year] = urns[first][year]
                added.add((school, year))

    for school in merged:
        add(school)
    return added


def _pooled(found: list[dict[Release, Figure] | None]) -> Figure | None:
    """Return one figure for all predecessors, None where they differ in kind."""
    figures = [each[max(each)] for each in found if each]
    if len({(each.measure, each.population, each.coverage) for each in figures}) != 1:
        return None
    if len(figures) < len(found):
        one = figures[0]
        return Figure(
            year=one.year,
            measure=one.measure,
            population=one.population,
            release=min(each.release for each in figures),
            value=None,
            number=None,
            cohort=None,
            reason=Missing.NOT_AVAILABLE,
        )
    return pooled(figures)
