"""Every page whose length grows, with how to make it longer.

To add a list, name its address here, with a function that adds `rows` rows to it.
"""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import uuid4

from mentoring.actions.recompute import recompute
from mentoring.membership_history import STATED_NEEDS
from mentoring.models import EnrolmentSet, Membership
from schools.models import ImportRun, Upload
from tests import factories
from tests.harness.cast import HEADLINES, TODAY, Scene
from tests.mentoring.steps_world import start, step
from tests.walk import offers, people
from tests.walk.days import (
    days_of_many,
    of_a_day,
    pairings_to_log,
    people_to_choose,
)
from tests.walk.memberships import together
from tests.walk.pairings import of_a_pairing, of_a_school, pairings, todos
from tests.walk.uploads import RUN, UPLOAD


def schools(_scene: Scene, rows: int) -> None:
    """Add schools with results, each a mentee."""
    measure = factories.MeasureFactory.create(code=HEADLINES[2006])
    for _ in range(rows):
        establishment = factories.EstablishmentFactory.create()
        factories.ResultFactory.create(establishment=establishment, measure=measure)
        factories.MembershipFactory.create(school=establishment.school)
    recompute(on=TODAY)


def years_of_a_school(scene: Scene, rows: int) -> None:
    """Add years of results, past memberships and events to the mentee."""
    establishment = scene.mentee.establishments.get()
    run = factories.ImportRunFactory.create()
    measure = factories.MeasureFactory.create(code=HEADLINES[2005])
    last = 2003 - Membership.objects.filter(school=scene.mentee).count()
    for year in range(last, last - rows, -1):
        factories.ResultFactory.create(
            establishment=establishment, measure=measure, year=year - 1, run=run
        )
        factories.MembershipFactory.create(
            school=scene.mentee, joined=date(year, 9, 1), left=date(year + 1, 7, 1)
        )
        factories.EventFactory.create(
            school_id=scene.mentee.pk, noun_id=scene.mentee_membership.pk
        )
    recompute(on=TODAY)


def programme_schools(_scene: Scene, rows: int) -> None:
    """Add mentees in groups of their own, some counted and some left out, and trusts.

    Every other has the two summers of a gain; every school has a trust and a region.
    """
    measure = factories.MeasureFactory.create(code=HEADLINES[2006])
    for row in range(rows):
        establishment = factories.EstablishmentFactory.create(
            easting=400_000 + row, northing=300_000
        )
        for year in (2003, 2006)[: 2 - row % 2]:
            factories.ResultFactory.create(
                establishment=establishment, measure=measure, year=year
            )
        factories.MembershipFactory.create(
            school=establishment.school, joined=date(2003, 9, 1)
        )
        factories.TrustMembershipFactory.create(school=establishment.school)
    recompute(on=TODAY)


def data_health(_scene: Scene, rows: int) -> None:
    """Add what the data lack: closed schools, no results, no place, links waiting."""
    successions(_scene, rows)
    for _ in range(rows):
        factories.ImportRunFactory.create()
    recompute(on=TODAY)


def memberships(_scene: Scene, rows: int) -> None:
    """Add mentees and invitations."""
    for _ in range(rows):
        factories.MembershipFactory.create()
        school = factories.EstablishmentFactory.create().school
        start(school, "invite")


def history(scene: Scene, rows: int) -> None:
    """Add pauses to the mentee's membership, and needs that are stated."""
    membership = scene.mentee_membership
    for _ in range(rows):
        need = factories.NeedFactory.create(mentee=membership)
        factories.EventFactory.create(
            verb=STATED_NEEDS,
            noun_id=membership.pk,
            changes={f"need_{need.area_id}": [None, 1]},
        )
    membership.refresh_from_db()
    for _ in range(rows):
        membership = step(membership, "pause", scene.cast["officer"])
        membership = step(membership, "resume", scene.cast["officer"])


def schools_in_a_set(scene: Scene, rows: int) -> None:
    """Add schools that came in together."""
    made = together(scene)
    for _ in range(rows):
        factories.MembershipFactory.create(enrolment_set=made)


def sets(_scene: Scene, rows: int) -> None:
    """Add sets of schools that came in together, each confirmed by somebody else."""
    for _ in range(rows):
        made = EnrolmentSet.objects.create(
            token=uuid4(),
            made_by=factories.UserFactory.create(),
            made_on=TODAY,
            asked=2,
        )
        for _school in range(2):
            factories.MembershipFactory.create(enrolment_set=made)


def trusts(_scene: Scene, rows: int) -> None:
    """Add trusts, each with a school in the programme."""
    for _ in range(rows):
        held = factories.TrustMembershipFactory.create()
        factories.MembershipFactory.create(school=held.school)


def schools_of_a_trust(scene: Scene, rows: int) -> None:
    """Add schools to the trust, and schools that have left it."""
    for _ in range(rows):
        factories.TrustMembershipFactory.create(trust=scene.trust)
        factories.TrustMembershipFactory.create(
            trust=scene.trust, ended=date(2005, 8, 31)
        )


def successions(_scene: Scene, rows: int) -> None:
    """Add links that wait, and closed schools of the programme."""
    for _ in range(rows):
        factories.SuccessionFactory.create()
        closed = factories.EstablishmentFactory.create(status="Closed")
        factories.MembershipFactory.create(school=closed.school)


def links_of_a_case(scene: Scene, rows: int) -> None:
    """Add links that wait and links that are decided to the case."""
    for row in range(rows):
        factories.SuccessionFactory.create(
            case=scene.succession.case,
            **(
                {}
                if row % 2
                else {"state": "apart", "decided_at": factories.A_MOMENT, "doubt": ""}
            ),
        )


def eligibility_lists(_scene: Scene, rows: int) -> None:
    """Add frozen lists."""
    for _ in range(rows):
        factories.EligibilityListFactory.create()


def eligibility_entries(scene: Scene, rows: int) -> None:
    """Add schools to the frozen list."""
    for _ in range(rows):
        factories.EligibilityEntryFactory.create(list=scene.eligibility, rank=10)


def exceptions(_scene: Scene, rows: int) -> None:
    """Add exceptions."""
    for _ in range(rows):
        factories.EligibilityExceptionFactory.create(
            granted_by=factories.UserFactory.create()
        )


def steps_of_an_exception(scene: Scene, rows: int) -> None:
    """Move an exception's last day many times."""
    for _ in range(rows):
        factories.EventFactory.create(
            verb="changed an exception",
            noun="mentoring.eligibilityexception",
            noun_id=scene.exception.pk,
            changes={"until": [None, "2006-12-24"]},
            who=factories.UserFactory.create(),
        )


def imports(_scene: Scene, rows: int) -> None:
    """Add imports, and uploads that wait for somebody."""
    for _ in range(rows):
        factories.ImportRunFactory.create(by=factories.UserFactory.create())
        factories.UploadFileFactory.create()


def refused_rows(scene: Scene, rows: int) -> None:
    """Add refused rows, and runs of the same sending, to an import."""
    run = ImportRun.objects.get(**RUN["own"](scene, "officer"))
    for row in range(rows):
        run.refused_rows.append(
            {
                "row": row,
                "column": "value",
                "value": "101%",
                "reason": "too much",
                "advice": "Correct it.",
            }
        )
    run.save()


def files_of_an_upload(scene: Scene, rows: int) -> None:
    """Add files, and imports of the same file before, to an upload."""
    upload = Upload.objects.get(**UPLOAD["own"](scene, "officer"))
    first = upload.files.earliest("position")
    for row in range(rows):
        factories.UploadFileFactory.create(
            upload=upload, position=upload.files.count() + row
        )
        factories.ImportRunFactory.create(
            sha256=first.sha256, by=factories.UserFactory.create()
        )


def sessions(scene: Scene, rows: int) -> None:
    """Sign the officer in from more browsers."""
    for row in range(rows):
        client = scene.client("officer")
        client.get("/", headers={"user-agent": f"Browser {row}"})


LISTS: Mapping[str, Callable[[Scene, int], None]] = {
    "impact": programme_schools,
    "impact_schools": programme_schools,
    "method": programme_schools,
    "data_health": data_health,
    "schools": schools,
    "memberships": memberships,
    "membership": history,
    "today": todos,
    "timeline": of_a_school,
    "pairings": pairings,
    "pairing": of_a_pairing,
    "days": days_of_many,
    "day": of_a_day,
    "day_totals": days_of_many,
    "day_choose": pairings_to_log,
    "day_log": people_to_choose,
    "areas": offers.areas,
    "terms": offers.terms,
    "staff": offers.staff,
    "needs": offers.needs,
    "offers": offers.offers,
    "offer_search": offers.mentors,
    "mentors": offers.mentors,
    "enrolment_sets": sets,
    "enrolment_set": schools_in_a_set,
    "school": years_of_a_school,
    "trusts": trusts,
    "trust": schools_of_a_trust,
    "successions": successions,
    "succession": links_of_a_case,
    "eligibility": eligibility_lists,
    "eligibility_list": eligibility_entries,
    "exceptions": exceptions,
    "exception": steps_of_an_exception,
    "exception_grant": eligibility_lists,
    "imports": imports,
    "import_run": refused_rows,
    "upload": files_of_an_upload,
    "usersessions_list": sessions,
    "people": people.roles,
    "person": people.roles_of_one,
    "invitations": people.invitations,
    "invitation": people.history,
}
