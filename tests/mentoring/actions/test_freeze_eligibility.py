from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from mentoring.actions.freeze_eligibility import freeze_eligibility
from mentoring.models import EligibilityList, Event, Programme
from mentoring.permissions import Permission, may
from results.models import Measure, Result
from results.models.choices import ReleaseStatus
from schools.models import Role, User
from tests.mentoring import bottom_quarter_world as world

pytestmark = pytest.mark.django_db
TODAY = date(2019, 3, 1)


def freeze(
    measure: str = "P8",
    year: int = world.YEAR,
    by: User | None = None,
    on: date = TODAY,
) -> EligibilityList:
    return freeze_eligibility(
        measure=Measure.objects.get(pk=measure), year=year, by=by, on=on
    )


def test_the_cut_takes_in_a_quarter_rounded_up_and_every_tie() -> None:
    world.build()
    frozen = freeze()
    assert (frozen.counted, frozen.quarter, frozen.cut) == (11, 3, -0.5)
    assert (frozen.eligible, frozen.tied) == (4, 2)
    assert frozen.share == pytest.approx(4 / 11)


def test_the_entries_say_where_every_school_stands() -> None:
    world.build()
    entries = freeze().entries
    eligible = entries.eligible().by_rank().values_list("school__name", "rank")
    assert list(eligible) == [
        ("Ash School", 1),
        ("Birch School", 2),
        ("Cedar School", 3),
        ("Damson School", 3),
    ]
    near = entries.filter(standing="near_miss").by_rank().values_list("urn", "rank")
    assert list(near) == [(urn, urn - 100000) for urn in range(100005, 100012)]


def test_what_was_not_counted_says_why_and_keeps_its_score() -> None:
    world.build()
    left_out = freeze().entries.filter(standing="excluded").order_by("urn")
    assert list(left_out.values_list("urn", "reason", "value")) == [
        (100012, "cohort_below_11", -2.0),
        (100013, "school_type", -1.5),
        (100014, "no_value_added", None),
        (100015, "type_unknown", -1.0),
        (100016, "cohort_unknown", -0.9),
        (100017, "other_urn", None),
    ]


def test_scores_are_counted_and_left_out_without_a_rest() -> None:
    world.build()
    frozen = freeze()
    scored_but_left_out = sum(scored for _, _, scored in frozen.entries.exclusions())
    assert frozen.with_value == 15
    assert frozen.with_value == frozen.counted + scored_but_left_out


def test_a_school_with_two_scores_stands_under_its_later_urn() -> None:
    world.build()
    Result.objects.filter(establishment=world.SECOND_URN_OF_ASH).update(
        value=0.5, reason="", cohort=100
    )
    frozen = freeze()
    ash = frozen.entries.filter(school__name="Ash School").order_by("urn")
    assert list(ash.values_list("urn", "reason")) == [
        (100001, "other_urn"),
        (100017, ""),
    ]
    # Eleven still count; without Ash's -1.20 the third from the lowest is -0.50.
    assert (frozen.counted, frozen.cut, frozen.eligible) == (11, -0.5, 3)


def test_the_latest_release_counts_and_the_weakest_names_the_list() -> None:
    world.build()
    run = world.an_import()
    # Kiwi's final score is far lower than its revised one; Elm's provisional is not
    # looked at, because a revised one is held.
    world.a_result(100011, -3.0, 130, run=run, release=ReleaseStatus.FINAL)
    world.a_result(100005, -4.0, 180, run=run, release=ReleaseStatus.PROVISIONAL)
    frozen = freeze()
    lowest = frozen.entries.eligible().by_rank().values_list("school__name", flat=True)
    assert list(lowest) == ["Kiwi School", "Ash School", "Birch School"]
    assert frozen.release == ReleaseStatus.REVISED


def test_a_later_reason_hides_an_earlier_score() -> None:
    world.build()
    run = world.an_import()
    world.a_result(100001, None, 150, run=run, release=ReleaseStatus.FINAL)
    names = freeze().entries.eligible().values_list("school__name", flat=True)
    assert "Ash School" not in names


def test_the_programme_says_how_few_pupils_are_too_few() -> None:
    world.build()
    programme = Programme.the()
    programme.min_analyse = 12  # Gorse has 11
    programme.save()
    frozen = freeze()
    assert frozen.counted == 10
    assert "at least 12 pupils" in frozen.rule


def test_the_rule_names_measure_year_population_and_file() -> None:
    world.build()
    rule = freeze().rule
    for words in ("Progress 8", "2017", "end of key stage 4", "england_ks4final.csv"):
        assert words in rule


def test_freezing_the_same_twice_makes_one_list_and_one_event() -> None:
    world.build()
    first, again = freeze(), freeze(on=date(2019, 3, 2))
    assert again == first
    assert EligibilityList.objects.count() == 1
    assert Event.objects.filter(noun="mentoring.eligibilitylist").count() == 1


def test_changed_results_make_a_second_list_and_leave_the_first() -> None:
    world.build()
    first = freeze()
    Result.objects.filter(establishment=100011).update(value=-5)
    second = freeze()
    assert second != first
    first.refresh_from_db()
    assert first.entries.eligible().count() == 4


def test_a_list_that_differs_in_one_score_alone_is_another() -> None:
    world.build()
    first = freeze()
    Result.objects.filter(establishment=100011).update(value=0.8)  # the cut is the same
    assert freeze() != first


def test_the_near_misses_end_where_they_are_no_longer_near() -> None:
    world.build()
    run = world.an_import()
    for urn in range(100101, 100113):  # twelve more, from 1.01 up
        world.a_school(f"Further {urn}", urn)
        world.a_result(urn, (urn - 100000) / 100, 100, run=run)
    # Of 23 a quarter is 6: up to Fir. Of the 17 above, the next ten are near.
    entries = freeze().entries
    assert entries.eligible().count() == 6
    near = entries.filter(standing="near_miss").order_by("value")
    assert list(near.values_list("urn", flat=True)) == [
        *range(100007, 100012),
        *range(100101, 100106),
    ]
    assert entries.filter(standing="above").count() == 7


def test_the_event_says_who_froze_it() -> None:
    world.build()
    officer = world.a_person(Role.Kind.STAFF)
    frozen = freeze(by=officer)
    event = Event.objects.get(noun="mentoring.eligibilitylist", noun_id=frozen.pk)
    assert (event.who, event.happened_on) == (officer, TODAY)
    assert event.changes == {"counted": [None, 11], "eligible": [None, 4]}


def test_a_year_without_scores_is_refused_with_a_sentence() -> None:
    world.build()
    with pytest.raises(
        ValidationError, match="No school has a Progress 8 score in 2016"
    ):
        freeze(year=2016)
    assert not EligibilityList.objects.exists()


def test_a_measure_that_is_no_value_added_is_refused() -> None:
    world.build()
    run = world.an_import()
    world.a_result(100001, 40.0, 150, run=run, measure="95EM")
    with pytest.raises(ValidationError, match="not a value-added measure"):
        freeze(measure="95EM")


def test_a_frozen_list_cannot_be_changed() -> None:
    world.build()
    frozen = freeze()
    with pytest.raises(DatabaseError, match="is a record"), transaction.atomic():
        EligibilityList.objects.filter(pk=frozen.pk).update(cut=9)
    with pytest.raises(DatabaseError, match="is a record"), transaction.atomic():
        frozen.entries.update(rank=1)


@pytest.mark.parametrize("kind", Role.Kind.values)
def test_only_those_who_may_see_eligibility_see_lists(kind: str) -> None:
    world.build()
    freeze()
    role = Role(kind=kind)
    seen = EligibilityList.objects.visible_to(role).exists()
    assert seen == may(role, Permission.SEE_ELIGIBILITY)


def test_nobody_without_a_role_sees_a_list() -> None:
    world.build()
    freeze()
    assert not EligibilityList.objects.visible_to(None).exists()
