"""The results that figures are worked out from, read once for every school."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from mentoring.models import Programme
from mentoring.summary.mergers import add_pooled_years, predecessors
from results.figures.breaks import Break
from results.figures.figure import Basis, Figure, Missing, NationalFigure, Release
from results.figures.headline import Headline, Seam, measure_of, seams
from results.models import Measure, MeasureBreak, Result
from results.models import NationalFigure as NationalRow

Series = dict[int, Figure]
"""A school's current figure by the year of the exams, on the headline line."""


@dataclass(frozen=True, slots=True)
class Held:
    """Everything held on the headline line.

    `schools` maps a school's id to its current figures by year, `releases` to all
    releases of each year; a school without any result is in neither. `urns` gives the
    URN each current figure stands under. `merged` gives the schools that merged into
    a school, `pooled` the schools and years whose figures are sums of theirs: these
    would count twice in a sum over schools. `england` holds England's figures of the
    programme's population and coverage, `pupils` how many they count, by measure and
    year, where known. `shares` are the codes of measures that are shares of pupils,
    which have a likely range; `words` gives every measure's short name, unit and
    decimals.
    """

    headlines: tuple[Headline, ...]
    breaks: tuple[Break, ...]
    years: tuple[int, ...]
    seams: tuple[Seam, ...]
    england: tuple[NationalFigure, ...]
    pupils: Mapping[tuple[str, int], int]
    shares: frozenset[str]
    words: Mapping[str, tuple[str, str, int]]
    schools: dict[int, Series] = field(default_factory=dict)
    releases: dict[int, dict[int, dict[Release, Figure]]] = field(default_factory=dict)
    urns: dict[int, dict[int, int]] = field(default_factory=dict)
    pooled: frozenset[tuple[int, int]] = frozenset()
    merged: Mapping[int, Sequence[int]] = field(default_factory=dict)

    def figures_in(self, year: int) -> Iterator[tuple[int, Figure]]:
        """Yield the schools that took the exams of `year`, with their figures."""
        for school, series in self.schools.items():
            if year in series and (school, year) not in self.pooled:
                yield school, series[year]

    def with_predecessors(self, schools: Collection[int]) -> set[int]:
        """Return `schools` with all that merged into any of them."""
        found = set(schools)
        waiting = list(schools)
        while waiting:
            new = set(self.merged.get(waiting.pop(), ())) - found
            found |= new
            waiting += new
        return found

    @property
    def latest_year(self) -> int | None:
        """Return the latest year with a school's result; None when nothing is held."""
        return max(self.years, default=None)

    def england_of(self, measure: str) -> list[NationalFigure]:
        """Return England's figures of one measure."""
        return [each for each in self.england if each.measure == measure]

    def england_in(self, year: int) -> NationalFigure | None:
        """Return England's strongest figure of the year's headline, None if unknown."""
        headline = measure_of(self.headlines, year)
        found = [
            each
            for each in self.england
            if headline
            and each.year == year
            and each.measure == headline.measure
            and each.basis is not Basis.SHADOW
        ]
        return max(found, key=lambda each: each.release, default=None)


def headlines_of(programme: Programme) -> tuple[Headline, ...]:
    """Return the headline measures, the programme's own first for the years it has."""
    own = programme.headline_measure
    usual = Measure.objects.filter(headline_from__isnull=False).order_by("code")
    return (
        Headline(own.code, own.name, own.first_year, own.last_year),
        *(
            Headline(each.code, each.name, each.headline_from or 0, each.headline_to)
            for each in usual
            if each.code != own.code
        ),
    )


def breaks_held() -> tuple[Break, ...]:
    """Return every recorded break."""
    return tuple(
        Break(
            year=row.year,
            name=row.name,
            measures=frozenset(measure.code for measure in row.measures.all()),
            kind=row.kind,  # type: ignore[arg-type]  # the column's choices
            applies=row.applies,  # type: ignore[arg-type]  # same
            sentence=row.sentence,
        )
        for row in MeasureBreak.objects.prefetch_related("measures").order_by("year")
    )


def read(programme: Programme) -> Held:
    """Return what is held on the programme's headline line."""
    headlines = headlines_of(programme)
    breaks = breaks_held()
    wanted = Q()
    for year in Result.objects.values_list("year", flat=True).distinct():
        headline = measure_of(headlines, year)
        if headline:
            wanted |= Q(year=year, measure=headline.measure)
    rows = (
        Result.objects.filter(wanted, population=programme.population)
        if wanted
        else Result.objects.none()
    )
    releases, urns = _by_school(rows)
    merged = predecessors()
    pooled = add_pooled_years(releases, urns, merged)
    schools = {
        school: {year: each[max(each)] for year, each in by_year.items()}
        for school, by_year in releases.items()
    }
    years = tuple(sorted({year for series in schools.values() for year in series}))
    england, pupils = _england(programme)
    measures = {
        each.code: (each.short_name, str(each.unit), each.decimals)
        for each in Measure.objects.order_by("code")
    }
    return Held(
        headlines=headlines,
        breaks=breaks,
        years=years,
        seams=seams(years, headlines, breaks),
        england=england,
        pupils=pupils,
        shares=frozenset(
            code for code, words in measures.items() if words[1] == Measure.Unit.PERCENT
        ),
        words=measures,
        schools=schools,
        releases=releases,
        urns=urns,
        pooled=frozenset(pooled),
        merged=merged,
    )


def _by_school(
    rows: QuerySet[Result],
) -> tuple[dict[int, dict[int, dict[Release, Figure]]], dict[int, dict[int, int]]]:
    """Return all releases by school and year, and the URN behind each year.

    Where two establishments of one school have results in one year, the one with a
    value stands, then the later URN: the school that goes on.
    """
    best: dict[tuple[int, int], tuple[bool, int]] = {}
    releases: dict[int, dict[int, dict[Release, Figure]]] = defaultdict(dict)
    urns: dict[int, dict[int, int]] = defaultdict(dict)
    groups: dict[tuple[int, int, int], dict[Release, Figure]] = defaultdict(dict)
    columns = (
        "establishment__school_id",
        "establishment_id",
        "measure_id",
        "year",
        "population",
        "release",
        "value",
        "number",
        "cohort",
        "reason",
    )
    values = rows.values_list(*columns)
    for school, urn, measure, year, population, release, *figure in values.iterator():
        value, number, cohort, reason = figure
        status = Release(release)
        groups[school, year, urn][status] = Figure(
            year=year,
            measure=measure,
            population=population,
            release=status,
            value=value,
            number=number,
            cohort=cohort,
            reason=Missing(reason) if reason else None,
        )
    for (school, year, urn), held in groups.items():
        standing = (held[max(held)].value is not None, urn)
        if standing > best.get((school, year), (False, 0)):
            best[school, year] = standing
            releases[school][year] = held
            urns[school][year] = urn
    return dict(releases), dict(urns)


def _england(
    programme: Programme,
) -> tuple[tuple[NationalFigure, ...], dict[tuple[str, int], int]]:
    """Return England's figures, and how many pupils they count where known."""
    rows = NationalRow.objects.filter(
        population=programme.population, coverage=programme.coverage
    ).order_by("year", "measure", "release")
    figures = tuple(
        NationalFigure(
            year=row.year,
            measure=row.measure_id,
            population=row.population,
            coverage=row.coverage,
            release=Release(row.release),
            basis=Basis(row.basis),
            value=row.value,
        )
        for row in rows
    )
    return figures, {
        (row.measure_id, row.year): row.pupils for row in rows if row.pupils
    }
