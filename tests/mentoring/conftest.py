"""A small world whose figures are worked out by hand."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from mentoring.models import Programme
from results.models import NationalFigure, Result
from schools.models import Establishment, ImportRun, School
from tests import factories

WHEN = datetime(2006, 11, 20, 9, tzinfo=UTC)
TODAY = date(2006, 11, 20)
Make = Callable[..., School]


@pytest.fixture
def run(db: None) -> ImportRun:
    return ImportRun.objects.create(
        kind="results",
        file_name="made",
        sha256="0" * 64,
        started_at=WHEN,
        ended_at=WHEN,
    )


@pytest.fixture
def programme(db: None) -> Programme:
    programme = Programme.the()
    programme.headline_measure_id = "5AC"
    programme.population = "15-year-olds"
    programme.demo_today = TODAY
    programme.save()
    return programme


@pytest.fixture
def england(programme: Programme) -> None:
    """England rises from 50.0 in 2003 to 53.0 in 2005: 1.5 points a year."""
    NationalFigure.objects.all().delete()
    for year, value in ((2003, 50.0), (2004, 51.0), (2005, 53.0)):
        NationalFigure.objects.create(
            measure_id="5AC",
            year=year,
            population="15-year-olds",
            coverage="all schools",
            release=3,
            basis="published",
            value=value,
            source="made by hand",
        )


@pytest.fixture
def make_school(run: ImportRun, programme: Programme) -> Make:
    """Make a school with (number, cohort) by year; a str is a reason instead."""
    count = iter(range(900001, 900999))

    def make(
        name: str,
        figures: dict[int, tuple[int, int] | str],
        joined: date | None = None,
        left: date | None = None,
    ) -> School:
        urn = next(count)
        school = School.objects.create(name=name, urn=urn, search=name.lower())
        Establishment.objects.create(
            urn=urn, school=school, origin="register", name=name
        )
        for year, figure in figures.items():
            held = (
                {"reason": figure}
                if isinstance(figure, str)
                else {
                    "number": figure[0],
                    "cohort": figure[1],
                    "value": 100 * figure[0] / figure[1],
                }
            )
            Result.objects.create(
                establishment_id=urn,
                measure_id="5AC",
                year=year,
                population="15-year-olds",
                release=3,
                run=run,
                **held,
            )
        if joined:
            factories.MembershipFactory.create(
                school=school, role="mentee", joined=joined, left=left
            )
        return school

    return make


@pytest.fixture
def three_mentees(make_school: Make, england: None) -> list[School]:
    """Three mentees gaining 7, 6 and 8 points a year, one outsider gaining 1."""
    autumn = date(2003, 11, 3)
    mentees = [
        make_school("Ashby", {2003: (30, 100), 2005: (44, 100)}, autumn),
        make_school("Birch", {2003: (20, 100), 2005: (32, 100)}, autumn),
        make_school("Cold Elm", {2003: (40, 100), 2005: (56, 100)}, autumn),
    ]
    make_school("Outside", {2003: (100, 200), 2005: (104, 200)})
    return mentees
