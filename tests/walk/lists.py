"""Every page whose length grows, with how to make it longer.

To add a list, name its address here, with a function that adds `rows` rows to it.
"""

from collections.abc import Callable, Mapping
from datetime import date

from results.models.choices import ReleaseStatus
from tests import factories
from tests.harness.cast import Scene


def schools(_scene: Scene, rows: int) -> None:
    """Add schools with results, each a mentee."""
    for _ in range(rows):
        establishment = factories.EstablishmentFactory.create()
        factories.ResultFactory.create(establishment=establishment)
        factories.MembershipFactory.create(school=establishment.school)
        factories.SchoolSummaryFactory.create(school=establishment.school)


def years_of_a_school(scene: Scene, rows: int) -> None:
    """Add years of results, past memberships and events to the mentee."""
    establishment = scene.mentee.establishments.get()
    run = factories.ImportRunFactory.create()
    for row in range(rows):
        factories.ResultFactory.create(
            establishment=establishment,
            year=1950 + row,
            release=ReleaseStatus.FINAL,
            run=run,
        )
        joined = date(1950 + row, 9, 1)
        factories.MembershipFactory.create(
            school=scene.mentee, joined=joined, left=date(1951 + row, 7, 1)
        )
        factories.EventFactory.create(
            school_id=scene.mentee.pk, noun_id=scene.mentee_membership.pk
        )


def eligibility_lists(_scene: Scene, rows: int) -> None:
    """Add frozen lists."""
    for row in range(rows):
        factories.EligibilityListFactory.create(year=1950 + row)


def eligibility_entries(scene: Scene, rows: int) -> None:
    """Add schools to the frozen list."""
    for row in range(rows):
        factories.EligibilityEntryFactory.create(list=scene.eligibility, rank=10 + row)


def sessions(scene: Scene, rows: int) -> None:
    """Sign the officer in from more browsers."""
    for row in range(rows):
        client = scene.client("officer")
        client.get("/", headers={"user-agent": f"Browser {row}"})


LISTS: Mapping[str, Callable[[Scene, int], None]] = {
    "impact": schools,
    "schools": schools,
    "school": years_of_a_school,
    "eligibility": eligibility_lists,
    "eligibility_list": eligibility_entries,
    "usersessions_list": sessions,
}
