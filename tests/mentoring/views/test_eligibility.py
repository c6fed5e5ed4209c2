import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.actions.freeze_eligibility import freeze_eligibility
from mentoring.actions.recompute import recompute
from mentoring.models import EligibilityList, Programme
from results.models import Measure
from schools.models import Role
from tests.mentoring import bottom_quarter_world as world

pytestmark = pytest.mark.django_db
TODAY = date(2019, 3, 1)
INDEX = reverse("eligibility")
FREEZE = reverse("eligibility_freeze")
TITLE = "4 schools were in the bottom quarter by Progress 8 in 2017"


@pytest.fixture
def officer(db: None) -> Client:
    programme = Programme.the()
    programme.demo_today = TODAY
    programme.save()
    client = Client()
    client.force_login(world.a_person(Role.Kind.STAFF))
    return client


def worked_out() -> None:
    """Make the world, and have its figures worked out as the worker does."""
    world.build()
    recompute(on=TODAY)


def as_a(kind: Role.Kind) -> Client:
    client = Client()
    client.force_login(world.a_person(kind))
    return client


def frozen() -> EligibilityList:
    return freeze_eligibility(
        measure=Measure.objects.get(pk="P8"), year=world.YEAR, by=None, on=TODAY
    )


def words(client: Client, path: str, **query: str | int) -> str:
    """Return the page's text, without tags, a single space between words."""
    response = client.get(path, query)
    assert response.status_code == 200
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert main
    return " ".join(re.sub(r"<[^>]+>", " ", main[0]).split())


def test_the_page_opens_on_the_programmes_measure_and_its_last_year(
    officer: Client,
) -> None:
    worked_out()
    text = words(officer, INDEX)
    assert TITLE in text
    assert "36.4% of those counted, ties included" in text
    assert "of 15 URNs with a score; the others are left out" in text
    assert "\u22120.50" in text
    assert "Progress 8 2017, revised" in text
    assert "Only mainstream state-funded schools are counted. 1 1" in text
    assert "england_ks4final.csv, imported on" in text
    assert "Worked out on 1 March 2019" in text


def test_measure_and_year_are_in_the_url(officer: Client) -> None:
    world.build()
    world.a_result(100001, 990.0, 100, run=world.an_import(), measure="B8VA", year=2015)
    recompute(on=TODAY)
    text = words(officer, INDEX, measure="B8VA", year=2015)
    assert "1 school was in the bottom quarter by Best 8 value added in 2015" in text


def test_a_pair_without_scores_says_so(officer: Client) -> None:
    world.build()
    world.a_result(100001, 990.0, 100, run=world.an_import(), measure="B8VA", year=2015)
    recompute(on=TODAY)
    text = words(officer, INDEX, measure="P8", year=2015)
    assert "No scores of this measure are held for this year" in text
    assert "Freeze this list" not in text


def test_a_wrong_year_is_explained_and_kept(officer: Client) -> None:
    worked_out()
    text = words(officer, INDEX, measure="P8", year=1066)
    assert "There is a problem" in text
    assert "Choose one of the years with results." in text


def test_without_results_the_page_says_what_to_do(officer: Client) -> None:
    assert "No value-added results are held yet" in words(officer, INDEX)


def test_frozen_lists_are_listed(officer: Client) -> None:
    assert "None yet." in words(officer, INDEX)
    world.build()
    frozen()
    assert "Progress 8 2017 1 March 2019 revised 4 11" in words(officer, INDEX)


def test_whoever_only_reads_is_not_offered_to_freeze() -> None:
    worked_out()
    evaluator = as_a(Role.Kind.EVALUATOR)
    assert TITLE in words(evaluator, INDEX)
    assert "Freeze this list" not in words(evaluator, INDEX)
    assert evaluator.get(FREEZE, {"measure": "P8", "year": "2017"}).status_code == 403


def test_freezing_shows_first_what_will_be_frozen(officer: Client) -> None:
    world.build()
    text = words(officer, FREEZE, measure="P8", year=2017)
    assert TITLE in text
    assert "Freeze the list" in text
    assert not EligibilityList.objects.exists()


def test_freezing_twice_goes_to_the_one_list(officer: Client) -> None:
    world.build()
    answers = [officer.post(FREEZE, {"measure": "P8", "year": 2017}) for _ in range(2)]
    made = EligibilityList.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {
        made.get_absolute_url()
    }
    assert made.frozen_by is not None
    assert made.frozen_on == TODAY


def test_an_earlier_list_is_named_before_freezing(officer: Client) -> None:
    world.build()
    frozen()
    text = words(officer, FREEZE, measure="P8", year=2017)
    assert "frozen already" in text
    assert "Frozen on 1 March 2019, revised results" in text


def test_freezing_a_pair_without_scores_says_why(officer: Client) -> None:
    world.build()
    world.a_result(100001, 990.0, 100, run=world.an_import(), measure="B8VA", year=2015)
    response = officer.post(FREEZE, {"measure": "P8", "year": 2015})
    assert "so there is nothing to freeze" in response.content.decode()
    assert not EligibilityList.objects.exists()


def test_freezing_nothing_in_particular_goes_back_to_choosing(officer: Client) -> None:
    response = officer.get(FREEZE, follow=True)
    assert response.redirect_chain == [(INDEX, 302)]
    assert "Choose a measure and a year that has results." in response.content.decode()


def test_a_list_shows_its_facts_and_its_schools_from_the_lowest(
    officer: Client,
) -> None:
    world.build()
    text = words(officer, frozen().get_absolute_url())
    assert TITLE in text
    assert "Frozen on 1 March 2019 from revised results" in text
    assert "A quarter is 3, rounded up. 2 schools have exactly the cut." in text
    ranked = [
        "Ash School URN 100001 \u22121.20 1 Eligible",
        "Birch School URN 100002 \u22120.80 2 Eligible",
        "Cedar School URN 100003 \u22120.50 3 Eligible",
        "Damson School URN 100004 \u22120.50 3 Eligible",
        "Elm School URN 100005 \u22120.30 5 Near miss",
    ]
    assert " ".join(ranked) in text
    assert (
        "Nettle School URN 100014 No score Not ranked Not counted No value-added "
        "figure was published."
    ) in text
    assert text.index("Kiwi School") < text.index("Nettle School")


def test_a_list_keeps_what_it_froze(officer: Client) -> None:
    world.build()
    made = frozen()
    world.a_result(100001, 2.0, 150, run=world.an_import(), release=3)
    assert "Ash School URN 100001 \u22121.20 1 Eligible" in words(
        officer, made.get_absolute_url()
    )


def test_a_list_is_narrowed_by_standing_and_words(officer: Client) -> None:
    world.build()
    path = frozen().get_absolute_url()
    near = words(officer, path, standing="near_miss")
    assert "Elm School" in near
    assert "Ash School" not in near
    found = words(officer, path, q="ash sch")
    assert "Ash School" in found
    assert "Birch School" not in found
    assert "No school matches." in words(officer, path, q="Zebra")


def test_a_list_sorts_by_name_and_by_rank_from_the_top(officer: Client) -> None:
    world.build()
    path = frozen().get_absolute_url()
    by_name = words(officer, path, sort="-name")
    assert by_name.index("Pine School") < by_name.index("Ash School")
    from_top = words(officer, path, sort="-rank")
    assert from_top.index("Kiwi School") < from_top.index("Ash School")
    assert from_top.index("Ash School") < from_top.index("Nettle School")


def test_who_may_not_see_a_list_finds_no_such_page() -> None:
    world.build()
    path = frozen().get_absolute_url()
    head, school = Client(), world.a_school("Alder School", 100100)
    head.force_login(world.a_person(Role.Kind.HEAD, school))
    assert head.get(path).status_code == 404
    assert head.get(INDEX).status_code == 403
