import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.actions.freeze_eligibility import freeze_eligibility
from mentoring.actions.mark_stale import mark_stale
from mentoring.actions.recompute import recompute
from mentoring.models import EligibilityList, Programme, QuarterSummary
from results.models import Measure
from schools.models import Role
from tests.harness.signing_in import sign_in
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
    sign_in(client, world.a_person(Role.Kind.STAFF))
    return client


def worked_out() -> None:
    """Make the world, and have its figures worked out as the worker does."""
    world.build()
    recompute(on=TODAY)


def as_a(kind: Role.Kind) -> Client:
    client = Client()
    sign_in(client, world.a_person(kind))
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
    sign_in(head, world.a_person(Role.Kind.HEAD, school))
    assert head.get(path).status_code == 404
    assert head.get(INDEX).status_code == 403


def test_the_index_shows_the_distribution_with_its_table(officer: Client) -> None:
    worked_out()
    text = words(officer, INDEX)
    assert "4 of 11 counted schools are in" in text
    assert "Schools at or below \u22120.50 are in; the 7 just above it are near" in text
    assert "6 URNs are not counted and not drawn; the reasons stand below." in text
    assert "Revised results. Source: england_ks4final.csv" in text
    assert "Show the figures as a table" in text
    assert "above \u22120.60 to \u22120.50 2 0 0" in text


def test_a_share_is_tried_and_nothing_is_kept(officer: Client) -> None:
    worked_out()
    before = QuarterSummary.objects.values_list("key", "facts")[0]
    text = words(officer, INDEX, share=40)
    # 40% of 11 is 4.4, rounded up to 5: the fifth from the lowest is Elm at -0.30.
    assert (
        "Not saved: A share of 40% would let in 5 schools: 1 school more than the "
        "rule\u2019s 4"
    ) in text
    assert "The cut would be \u22120.30 instead of \u22120.50" in text
    assert "1 school would come in as well Elm School URN 100005" in text
    assert "A list is frozen by the programme\u2019s rule only." in text
    assert "Back to the programme\u2019s rule" in text
    assert QuarterSummary.objects.values_list("key", "facts")[0] == before
    assert not EligibilityList.objects.exists()
    assert "Not saved" not in words(officer, INDEX, measure="P8", year=2017)


def test_a_stricter_cut_names_who_would_be_out(officer: Client) -> None:
    worked_out()
    text = words(officer, INDEX, measure="P8", year=2017, cut="\u22120.8")
    assert "This cut would let in 2 schools: 2 schools fewer than the rule" in text
    assert "2 schools would no longer be in" in text
    assert text.index("Damson School") < text.index("Nothing you try here is saved")
    assert "exactly the rule\u2019s 4" in words(officer, INDEX, cut="-0.4")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"share": "5"}, "Enter 10 or more."),
        ({"share": "51"}, "Enter 50 or less."),
        ({"share": "a third"}, "Enter a whole number from 10 to 50."),
        ({"cut": "low"}, "Enter a score from \u22125 to 5."),
        ({"cut": "-10.5"}, "Enter a score from \u22125 to 5."),
        ({"cut": "nan"}, "Enter a score from \u22125 to 5."),
        ({"share": "30", "cut": "-0.4"}, "Give a share or a score, not both."),
    ],
)
def test_a_wrong_threshold_is_explained_and_kept(
    officer: Client, query: dict[str, str], sentence: str
) -> None:
    worked_out()
    answer = officer.get(INDEX, query)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert sentence in page
    assert TITLE in page
    for typed in query.values():
        assert f'value="{typed}"' in page
    assert "Not saved" not in page


def test_freezing_again_says_who_would_come_in_and_who_not(officer: Client) -> None:
    world.build()
    frozen()
    run = world.an_import()
    world.a_result(100002, 0.5, 100, run=run, release=3)
    world.a_result(100005, -0.7, 180, run=run, release=3)
    mark_stale()
    text = words(officer, FREEZE, measure="P8", year=2017)
    assert "Beside the list frozen on 1 March 2019" in text
    assert "1 school would come in Elm School" in text
    assert "1 school would not be on the new list Birch School" in text
    assert "The earlier list stays as it is" in text


def test_what_would_be_frozen_is_read_while_the_figures_are_fresh(
    officer: Client,
) -> None:
    worked_out()
    kept = QuarterSummary.objects.get(list=None)
    kept.facts["eligible"] = 9
    kept.save()
    read = words(officer, FREEZE, measure="P8", year=2017)
    assert "9 schools were in the bottom quarter" in read
    mark_stale()
    assert TITLE in words(officer, FREEZE, measure="P8", year=2017)


def test_freezing_the_same_says_so(officer: Client) -> None:
    world.build()
    frozen()
    text = words(officer, FREEZE, measure="P8", year=2017)
    assert "The same schools are in as on the list frozen on 1 March 2019" in text


def test_a_lists_picture_is_of_the_day_it_was_frozen(officer: Client) -> None:
    world.build()
    made = frozen()
    before = words(officer, made.get_absolute_url())
    world.a_result(100001, 2.0, 150, run=world.an_import(), release=3)
    recompute(on=TODAY)
    assert words(officer, made.get_absolute_url()) == before
    assert "4 of 11 counted schools are in" in before


def test_why_a_school_is_out_is_answered_by_list_and_by_preview(
    officer: Client,
) -> None:
    worked_out()
    path = reverse("eligibility_list_why", kwargs={"pk": frozen().pk})
    assert "Elm School: Out: a near miss" in words(officer, path, q="elm")
    assert "That is 0.20 above the cut" in words(officer, path, q="100005")
    several = words(officer, path, q="school")
    assert "Which of these?" in several
    assert "There are more." in several
    assert "No school matches." in words(officer, path, q="Zebra")
    preview = reverse("eligibility_why")
    text = words(officer, preview, measure="P8", year=2017, q="larch")
    assert "the rule asks for at least 11" in text
    assert "Grant it an exception" in text
    assert officer.get(preview, {"q": "larch"}).status_code == 404


def test_a_schools_page_answers_for_those_who_may_see_eligibility(
    officer: Client,
) -> None:
    elm = world.build()["Elm"]
    frozen()
    text = words(officer, elm.get_absolute_url())
    assert "Is it entitled to help?" in text
    assert "Progress 8 2017, frozen on 1 March 2019 Out: a near miss" in text
    assert "Grant an exception" in text
    head = Client()
    sign_in(head, world.a_person(Role.Kind.HEAD, elm))
    assert "near miss" not in words(head, elm.get_absolute_url())


def test_a_whole_list_is_taken_away_as_a_file(officer: Client) -> None:
    schools = world.build()
    schools["Ash"].name = "=Ash()"
    schools["Ash"].save()
    pk = frozen().pk
    answer = officer.get(reverse("eligibility_export", args=[pk, "csv"]))
    lines = b"".join(answer).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("urn,name,standing,score,rank,not_counted_because")
    assert len(lines) == 1 + 17
    assert lines[1] == (
        "100001,'=Ash(),Eligible,-1.2,1,,,150,P8,2017,revised,2019-03-01"
    )
    nettle = next(line for line in lines if "Nettle" in line)
    assert "No value-added figure was published." in nettle
    assert '"Hidden, because it describes only a few pupils."' in nettle
    book = officer.get(reverse("eligibility_export", args=[pk, "xlsx"]))
    assert b"".join(book)[:2] == b"PK"
    assert (
        officer.get(reverse("eligibility_export", args=[pk, "pdf"])).status_code == 404
    )
