"""Sixteen schools of 2017, small enough to take their bottom quarter by hand.

Counted are eleven, from the lowest Progress 8:

    Ash -1.20, Birch -0.80, Cedar -0.50, Damson -0.50, Elm -0.30, Fir -0.10,
    Gorse 0.00, Hazel 0.10, Ivy 0.20, Juniper 0.40, Kiwi 0.90

A quarter of 11, rounded up, is 3; the third from the lowest has -0.50; Damson ties
with Cedar, so four are in: 36.4%. The seven above are all near misses. Left out are
Larch (8 pupils), Maple (special), Nettle (suppressed), Oak (type not known), Pine
(cohort not known), and Ash's second URN, which had no score.
"""

from results.models import Result
from results.models.choices import MissingReason, ReleaseStatus
from schools.models import Establishment, ImportRun, Role, School, User
from tests import factories

YEAR = 2017

LINES: list[tuple[int, str, float | None, int | None, str]] = [
    (100001, "Ash School", -1.20, 150, "maintained"),
    (100002, "Birch School", -0.80, 100, "academy"),
    (100003, "Cedar School", -0.50, 120, "maintained"),
    (100004, "Damson School", -0.50, 90, "ctc"),
    (100005, "Elm School", -0.30, 180, "academy"),
    (100006, "Fir School", -0.10, 200, "maintained"),
    (100007, "Gorse School", 0.00, 11, "maintained"),
    (100008, "Hazel School", 0.10, 140, "academy"),
    (100009, "Ivy School", 0.20, 160, "academy"),
    (100010, "Juniper School", 0.40, 170, "maintained"),
    (100011, "Kiwi School", 0.90, 130, "academy"),
    (100012, "Larch School", -2.00, 8, "maintained"),
    (100013, "Maple School", -1.50, 40, "special"),
    (100014, "Nettle School", None, 50, "maintained"),
    (100015, "Oak School", -1.00, 110, ""),
    (100016, "Pine School", -0.90, None, "academy"),
]
SECOND_URN_OF_ASH = 100017


def an_import() -> ImportRun:
    """Return an import that results can stand under."""
    return factories.ImportRunFactory.create(file_name="england_ks4final.csv")


def a_school(name: str, urn: int, type_group: str = "maintained") -> School:
    """Return a school with one URN."""
    school = factories.SchoolFactory.create(name=name, urn=urn)
    an_establishment(school, urn, type_group)
    return school


def an_establishment(school: School, urn: int, type_group: str) -> Establishment:
    """Return a URN of `school`."""
    return factories.EstablishmentFactory.create(
        school=school, urn=urn, type_group=type_group
    )


def a_result(
    urn: int,
    value: float | None,
    cohort: int | None,
    *,
    run: ImportRun,
    year: int = YEAR,
    measure: str = "P8",
    release: int = ReleaseStatus.REVISED,
) -> Result:
    """Return a figure of one URN; without a value it is suppressed."""
    return factories.ResultFactory.create(
        establishment=Establishment.objects.get(pk=urn),
        measure=factories.MeasureFactory.create(code=measure),
        year=year,
        release=release,
        value=value,
        number=None,
        cohort=cohort,
        reason="" if value is not None else MissingReason.SUPPRESSED,
        run=run,
    )


def build() -> dict[str, School]:
    """Make the world; return its schools by the first word of their names."""
    run = an_import()
    schools = {}
    for urn, name, value, cohort, type_group in LINES:
        schools[name.split()[0]] = a_school(name, urn, type_group)
        a_result(urn, value, cohort, run=run)
    an_establishment(schools["Ash"], SECOND_URN_OF_ASH, "academy")
    a_result(SECOND_URN_OF_ASH, None, None, run=run)
    return schools


def a_person(kind: Role.Kind, school: School | None = None) -> User:
    """Return somebody with one role."""
    return factories.RoleFactory.create(kind=kind, school=school).user
