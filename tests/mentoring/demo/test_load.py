"""The world as written, read back by plain queries."""

from collections import Counter

import pytest
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from mentoring.demo.load import STEPS
from mentoring.demo.parameters import DEMO_TODAY
from mentoring.demo.people import PEOPLE
from mentoring.demo.world import World
from mentoring.models import (
    EligibilityEntry,
    EligibilityList,
    Event,
    ImpactSummary,
    Membership,
    Programme,
    SchoolSummary,
)
from results.models import NationalFigure, Result
from schools.models import (
    Establishment,
    ImportRun,
    LocalAuthority,
    Role,
    School,
    Succession,
    Trust,
    TrustMembership,
    User,
)
from tests.mentoring.demo.conftest import PASSWORD

pytestmark = pytest.mark.usefixtures("loaded")

ENDS = """
SELECT school.id, result.year, result.number, result.cohort
FROM mentoring_membership membership
JOIN schools_school school ON school.id = membership.school_id
JOIN schools_establishment line ON line.school_id = school.id
JOIN results_result result ON result.establishment_id = line.urn
WHERE membership.role = 'mentee' AND result.measure_id = '5AC'
"""


def test_the_database_shows_seven_points_a_year_by_plain_sql(db: None) -> None:
    base = dict(Membership.objects.mentees().values_list("school_id", "joined__year"))
    england = dict(
        NationalFigure.objects.filter(measure="5AC").values_list("year", "value")
    )
    held: dict[int, dict[int, tuple[int, int]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(ENDS)
        for school, year, number, cohort in cursor.fetchall():
            if cohort:
                held.setdefault(school, {})[year] = (number, cohort)
    ours, theirs = [], []
    for school, years in held.items():
        first, last = base[school], max(years)
        ends = [years.get(first), years[last]]
        if None in ends or last <= first or min(e[1] for e in ends if e) < 11:
            continue
        start, end = (100 * e[0] / e[1] for e in ends if e)
        ours.append((end - start) / (last - first))
        theirs.append((england[last] - england[first]) / (last - first))
    assert len(ours) == 344
    assert sum(ours) / len(ours) == pytest.approx(7.0, abs=0.05)
    assert sum(theirs) / len(theirs) == pytest.approx(1.4, abs=0.05)


def test_the_dashboard_says_the_same(db: None, world: World) -> None:
    impact = ImpactSummary.objects.get().impact
    assert impact["gain"]["per_year"] == pytest.approx(world.displayed.per_year)
    assert impact["gain"]["n_schools"] == 344
    assert impact["england"]["per_year"] == pytest.approx(1.4)
    assert impact["england"]["mismatches"] == []
    assert SchoolSummary.objects.count() == 3095 + 6


def test_the_register_holds_what_it_should(db: None) -> None:
    assert School.objects.standing().count() == 3095 + 6
    assert Establishment.objects.count() == 3095 + 6 + 6
    assert LocalAuthority.objects.count() == 150
    assert Establishment.objects.filter(status="Closed").count() == 3 + 6 + 12


def test_six_schools_became_academies_and_keep_both_urns(db: None) -> None:
    assert Succession.objects.filter(state="accepted").count() == 6
    accepted = Succession.objects.filter(state="accepted")
    for succession in accepted.select_related("link", "survivor", "emptied"):
        survivor, link = succession.survivor, succession.link
        assert survivor is not None
        assert succession.emptied is not None
        assert succession.emptied.continued_by == survivor
        assert survivor.urn == link.successor_id
        assert survivor.establishments.count() == 2
        assert str(link.predecessor_id) in survivor.search
        assert not succession.emptied.establishments.exists()
        assert not succession.emptied.memberships.exists()


def test_twelve_schools_merged_in_pairs_and_some_wait_for_a_decision(
    db: None,
) -> None:
    states = Counter(Succession.objects.values_list("state", flat=True))
    assert states == {"accepted": 6, "merger": 8, "waiting": 4}
    assert Succession.objects.waiting().values("case").distinct().count() == 2
    for school in School.objects.filter(predecessors__isnull=False).distinct():
        own = Result.objects.filter(establishment__school=school, measure="5AC").get()
        assert own.year == 2006
        line = SchoolSummary.objects.get(school=school).line
        years = {point["year"]: point for point in line if point.get("value")}
        parts = Result.objects.filter(
            establishment__school__successors__school=school, measure="5AC", year=2005
        ).aggregate(number=Sum("number"), cohort=Sum("cohort"))
        pooled = 100 * parts["number"] / parts["cohort"]
        assert years[2005]["value"] == pytest.approx(pooled)
        assert len(years) == 6


def test_trusts_hold_schools_that_lie_together(db: None) -> None:
    assert Trust.objects.count() == 8
    assert TrustMembership.objects.count() == 8 * 9
    director = Role.objects.get(user__email="director@schools.example")
    ours = Membership.objects.mentees().filter(school__trusts__trust=director.trust)
    assert ours.count() == 4


def test_the_truth_of_the_world_is_kept_with_it(db: None, world: World) -> None:
    programme = Programme.the()
    assert programme.demo_world == "headline"
    assert programme.demo_effect == pytest.approx(world.true_effect)
    assert programme.demo_effect == pytest.approx(4.0, abs=0.05)


def test_each_year_of_a_new_academy_stands_under_one_urn(db: None) -> None:
    for survivor in School.objects.filter(name__endswith="Academy").standing():
        years = Result.objects.filter(
            establishment__school=survivor, measure="5AC"
        ).values_list("year", flat=True)
        assert sorted(years) == [2001, 2002, 2003, 2004, 2005, 2006]


def test_results_are_of_one_release_a_year_with_england(db: None) -> None:
    ours = set(Result.objects.values_list("year", "release").distinct())
    england = set(NationalFigure.objects.values_list("year", "release").distinct())
    assert ours == england == {
        (2001, 3), (2002, 3), (2003, 3), (2004, 3), (2005, 3), (2006, 1)
    }  # fmt: skip
    assert set(NationalFigure.objects.values_list("source", flat=True)) == {
        "Demonstration data: not real"
    }


def test_the_pupils_of_every_school_give_england(db: None) -> None:
    for figure in NationalFigure.objects.all():
        sums = Result.objects.filter(
            measure=figure.measure, year=figure.year, value__isnull=False
        ).aggregate(number=Sum("number"), cohort=Sum("cohort"))
        pooled = 100 * sums["number"] / sums["cohort"]
        assert pooled == pytest.approx(figure.value, abs=0.06)


def test_missing_results_say_why(db: None) -> None:
    missing = Result.objects.filter(value__isnull=True)
    counted = Counter(missing.values_list("measure_id", "reason", "marker"))
    assert counted["5AC", "suppressed", "SUPP"] == 5
    assert counted["5AC", "not_published", "NP"] == 1
    assert counted["5AC_GCSE_only", "no_entries", "NE"] == 4
    assert counted["VA", "low_coverage", "LOWCOV"] == 6
    assert not missing.filter(cohort__isnull=False).exists()


def test_the_frozen_lists_are_the_worlds_own(db: None, world: World) -> None:
    for frozen in EligibilityList.objects.all():
        urns = set(
            frozen.entries.filter(standing="eligible").values_list("urn", flat=True)
        )
        drawn = world.plan.eligible[frozen.year].eligible
        assert urns == {900001 + int(school) for school in drawn}
    assert sorted(EligibilityList.objects.values_list("year", flat=True)) == [
        2003,
        2004,
    ]


def test_every_mentee_is_on_the_list_of_its_base_year(db: None) -> None:
    for wave, size in ((2003, 210), (2004, 140)):
        mentees = Membership.objects.mentees().filter(joined__year=wave)
        entitled = EligibilityEntry.objects.filter(
            list__year=wave, standing="eligible", school__in=mentees.values("school")
        )
        assert mentees.count() == entitled.count() == size


def test_memberships_and_their_events(db: None) -> None:
    assert Membership.objects.mentors().joined_ever().count() == 60 + 4
    left = Membership.objects.filter(state="withdrawn")
    assert left.count() == 10
    assert not left.filter(reason="").exists()
    of_help = ("mentoring.pairing", "mentoring.supportday")
    done = Event.objects.exclude(noun__in=of_help)
    verbs = Counter(done.values_list("verb", flat=True))
    assert verbs == {
        "froze an eligibility list": 2,
        "enrolled a school": 410 + 4,
        "ended a membership": 10,
        "invited a school": 7,
        "declined an invitation": 2,
        "paused a membership": 3,
        "completed a membership": 3,
    }


def test_there_is_a_membership_in_every_state(db: None) -> None:
    states = Counter(Membership.objects.values_list("state", flat=True))
    assert states == {
        "active": 394 + 4,
        "withdrawn": 10,
        "invited": 5,
        "paused": 3,
        "completed": 3,
        "declined": 2,
    }
    head = Role.objects.get(user__email="mentee.head@schools.example")
    assert Membership.objects.invitations_to(head).count() == 1


def test_imports_count_their_rows(db: None) -> None:
    runs = dict(ImportRun.objects.values_list("kind", "added"))
    assert runs == {
        "register": 3107,
        "national": NationalFigure.objects.count(),
        "results": Result.objects.count(),
    }


def test_the_programme_is_pinned_to_its_day(db: None) -> None:
    programme = Programme.the()
    assert programme.is_demo
    assert programme.today == DEMO_TODAY
    assert programme.headline_measure_id == "5AC"
    assert programme.eligibility_measure_id == "VA"


def test_there_is_a_sign_in_for_every_role(db: None) -> None:
    kinds = set(Role.objects.live_on(DEMO_TODAY).values_list("kind", flat=True))
    assert kinds == set(Role.Kind)
    assert User.objects.filter(roles__isnull=False).distinct().count() == len(PEOPLE)
    assert User.objects.get(email="two.roles@schools.example").roles.count() == 2


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.address)
def test_everybody_can_sign_in(db: None, client: Client, person: object) -> None:
    email = getattr(person, "email", "")
    answer = client.post(
        reverse("account_login"), {"login": email, "password": PASSWORD}
    )
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(User.objects.get(email=email).pk)


def test_it_tells_every_step(db: None, loaded: list[str]) -> None:
    assert loaded == list(STEPS)
