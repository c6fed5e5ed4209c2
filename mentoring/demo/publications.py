"""Writes the world's results as if they had been published and imported."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime

from mentoring.demo import parameters as p
from mentoring.demo.irregular import (
    GCSE_ONLY,
    HEADLINE_MEASURE,
    MARKERS,
    VALUE_ADDED,
)
from mentoring.demo.parameters import VALUE_ADDED_YEARS, YEARS
from mentoring.demo.plan import POPULATION, release_of
from mentoring.demo.register import Register
from mentoring.demo.world import World
from results.models import NationalFigure, Result
from results.models.choices import Coverage
from schools.models import ImportRun

SOURCE = "Demonstration data: not real"
LAYOUT = "demonstration"
BATCH = 5000

Shown = tuple[float | None, int | None, int | None]
"""A value with its number and cohort."""


def add_run(world: World, kind: ImportRun.Kind, at: datetime) -> ImportRun:
    """Return the record of one invented file; its hash is that of the settings."""
    seed = f"{kind} {world.plan.settings!r}"
    return ImportRun.objects.create(
        kind=kind,
        layout=LAYOUT,
        file_name=SOURCE,
        sha256=hashlib.sha256(seed.encode()).hexdigest(),
        started_at=at,
        ended_at=at,
    )


def add_england(world: World, at: datetime) -> None:
    """Write England's own line in place of the published one."""
    NationalFigure.objects.all().delete()
    lines = {HEADLINE_MEASURE: p.ENGLAND_5AC, GCSE_ONLY: p.ENGLAND_GCSE_ONLY}
    pupils = world.plan.open_pupils.sum(axis=1).tolist()
    figures = NationalFigure.objects.bulk_create(
        NationalFigure(
            measure_id=code,
            year=year,
            population=POPULATION,
            coverage=Coverage.ALL,
            release=release_of(year),
            basis=NationalFigure.Basis.PUBLISHED,
            value=value,
            pupils=pupils[row],
            source=SOURCE,
        )
        for code, line in lines.items()
        for row, (year, value) in enumerate(zip(YEARS, line, strict=True))
    )
    run = add_run(world, ImportRun.Kind.NATIONAL, at)
    run.added = len(figures)
    run.save()


def add_results(world: World, register: Register, at: datetime) -> None:
    """Write every school's results, three measures, in batches."""
    run = add_run(world, ImportRun.Kind.RESULTS, at)
    results = list(_results(world, register, run))
    Result.objects.bulk_create(results, batch_size=BATCH)
    run.added = len(results)
    run.save()


def _results(world: World, register: Register, run: ImportRun) -> Iterator[Result]:
    plan = world.plan
    merged = {one: each for each in plan.irregular.mergers for one in each.schools}
    for school in range(plan.settings.schools):
        for year in YEARS:
            if not plan.irregular.has_results(school, year):
                continue
            schools: Sequence[int] = (school,)
            if school in merged and merged[school].has_happened(year):
                schools = merged[school].schools
                if school != schools[0]:
                    continue  # the first of them speaks for both
            for code, shown in _published(world, schools, year):
                gap = plan.irregular.gaps.get((school, year, code))
                value, number, cohort = (None, None, None) if gap else shown
                yield Result(
                    establishment_id=register.urn_of(school, year),
                    measure_id=code,
                    year=year,
                    population=POPULATION,
                    release=release_of(year),
                    value=value,
                    number=number,
                    cohort=cohort,
                    reason=str(gap or ""),
                    marker=MARKERS[gap] if gap else "",
                    run=run,
                )


def _published(
    world: World, schools: Sequence[int], year: int
) -> Iterator[tuple[str, Shown]]:
    """Yield each measure of the year for schools that are one, gaps or not."""
    row = YEARS.index(year)
    cohort = sum(world.plan.cohort(school, year) for school in schools)
    for code, numbers in (
        (HEADLINE_MEASURE, world.numbers),
        (GCSE_ONLY, world.numbers_gcse),
    ):
        number = int(numbers[row, list(schools)].sum())
        yield code, (100 * number / cohort, number, cohort)
    if year in VALUE_ADDED_YEARS:
        place = VALUE_ADDED_YEARS.index(year)
        score = float(world.plan.draws.value_added[place, schools[0]])
        yield VALUE_ADDED, (score, None, cohort)
