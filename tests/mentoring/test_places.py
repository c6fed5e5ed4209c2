"""Where one school stands, from the rows of that school alone."""

from datetime import date

import pytest

from mentoring.actions.freeze_eligibility import freeze_eligibility
from mentoring.actions.recompute import differences, recompute
from mentoring.bottom_quarter import bottom_quarter
from mentoring.models import (
    EligibilityEntry,
    EligibilityList,
    Programme,
    QuarterSummary,
)
from mentoring.pages.why import WOULD_BE_IN
from mentoring.places import FOUND, find_schools, in_preview, on_lists
from results.models import Measure
from schools.models import School
from tests import factories
from tests.mentoring import bottom_quarter_world as world

IN = "In: it is eligible"

pytestmark = pytest.mark.django_db
TODAY = date(2019, 3, 1)
VERDICTS = {
    "Ash": IN,
    "Damson": IN,
    "Elm": "Out: a near miss",
    "Larch": "Out: it is not counted",
    "Maple": "Out: it is not counted",
    "Nettle": "Out: it is not counted",
    "Oak": "Out: it is not counted",
    "Pine": "Out: it is not counted",
}
BEHIND = {
    "Larch": "Only 8 of its pupils took the exams",
    "Maple": "special school or pupil referral unit",
    "Nettle": "Hidden, because it describes only a few pupils.",
    "Oak": "what kind of school it was",
    "Pine": "does not say how many pupils",
}


def p8() -> Measure:
    return Measure.objects.get(pk="P8")


def frozen() -> EligibilityList:
    return freeze_eligibility(measure=p8(), year=world.YEAR, by=None, on=TODAY)


def previewed() -> QuarterSummary:
    recompute(on=TODAY)
    return QuarterSummary.objects.get(measure="P8", year=2017, list=None)


def test_a_list_and_a_preview_answer_alike_for_every_school() -> None:
    schools = world.build()
    made, facts = frozen(), previewed().facts
    for name, verdict in VERDICTS.items():
        listed = on_lists(schools[name], [made])[0][1]
        looked = in_preview(schools[name], facts, p8(), 2017)
        assert listed.verdict == verdict
        would_be = WOULD_BE_IN if verdict == IN else verdict
        assert looked.verdict == would_be
        assert BEHIND.get(name, "Its ") in listed.sentences[0]
        assert BEHIND.get(name, "Its ") in looked.sentences[0]
    ash = on_lists(schools["Ash"], [made])[0][1]
    assert "under its other URN 100017" in ash.sentences[2]
    assert (
        "under its other URN 100017"
        in in_preview(schools["Ash"], facts, p8(), 2017).sentences[2]
    )


def test_the_ranks_of_a_preview_are_those_of_the_whole_quarter() -> None:
    schools = world.build()
    facts = previewed().facts
    ranks = bottom_quarter(Programme.the(), p8(), 2017).outcome.ranks
    for school in schools.values():
        if school.urn in ranks:
            said = in_preview(school, facts, p8(), 2017).sentences[0]
            assert f"rank {ranks[school.urn]} of 11 counted" in said


def test_an_answer_of_a_list_is_of_that_day() -> None:
    schools = world.build()
    made = frozen()
    world.a_result(100001, 2.0, 150, run=world.an_import(), release=3)
    assert on_lists(schools["Ash"], [made])[0][1].verdict == IN
    facts = previewed().facts
    assert in_preview(schools["Ash"], facts, p8(), 2017).verdict not in (
        IN,
        WOULD_BE_IN,
    )


def test_a_school_that_is_on_no_list_is_told_why() -> None:
    world.build()
    made = frozen()
    late = world.a_school("Quince School", 100020)
    late.establishments.update(opened=date(2018, 9, 1))
    assert "It opened on 1 September 2018" in on_lists(late, [made])[0][1].sentences[0]
    unknown = factories.SchoolFactory.create(urn=100030)
    assert "no line for URN 100030" in on_lists(unknown, [made])[0][1].sentences[0]
    shut = world.a_school("Rowan School", 100021)
    shut.establishments.update(closed=date(2016, 8, 31))
    assert "It closed on 31 August 2016" in on_lists(shut, [made])[0][1].sentences[0]


def test_a_continued_school_names_the_one_that_goes_on() -> None:
    schools = world.build()
    made = frozen()
    gone = factories.SchoolFactory.create(urn=100040, continued_by=schools["Elm"])
    answer = on_lists(gone, [made])[0][1]
    assert answer.sentences == [
        "It has become Elm School (URN 100005); look that school up instead."
    ]


def test_a_urn_finds_its_school_and_words_find_up_to_eight_and_one() -> None:
    schools = world.build()
    assert find_schools("100017") == [schools["Ash"]]
    assert find_schools(" 100 005 ") == [schools["Elm"]]
    assert find_schools("Elm") == [schools["Elm"]]
    assert len(find_schools("school")) == FOUND + 1
    assert find_schools("999999") == []
    assert find_schools("9" * 40) == []


def test_a_list_frozen_before_the_numbers_were_kept_makes_none_up() -> None:
    made = factories.EligibilityListFactory.create()
    entry = factories.EligibilityEntryFactory.create(
        list=made, standing="excluded", rank=None, reason="cohort_below_11"
    )
    assert EligibilityEntry.objects.get(pk=entry.pk).cohort is None
    school = School.objects.get(pk=entry.school_id)
    answer = on_lists(school, [made])[0][1]
    assert answer.sentences[0] == "Too few pupils took the exams to judge by."


def test_stored_quarters_are_proved_fresh() -> None:
    world.build()
    frozen()
    recompute(on=TODAY)
    assert differences(on=TODAY) == []
    QuarterSummary.objects.filter(list=None).update(facts={})
    assert differences(on=TODAY) == [
        "Bottom quarter P8 2017 differs from a fresh summary."
    ]


def test_a_summary_does_not_grow_with_the_schools() -> None:
    world.build()
    small = len(str(previewed().facts))
    run = world.an_import()
    for urn in range(200001, 200101):
        world.a_school(f"School {urn}", urn)
        world.a_result(urn, 0.4, 100, run=run)
    facts = previewed().facts
    assert facts["counted"] == 111
    assert len(str(facts)) < small * 1.6
