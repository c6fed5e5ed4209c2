"""Writes against the rules on the programme, memberships and eligibility."""

from collections.abc import Mapping

from django.db import transaction

from mentoring.models import (
    EligibilityEntry,
    EligibilityException,
    EligibilityList,
    ImpactSummary,
    Membership,
    MenteeSummary,
    Programme,
    QuarterSummary,
    SchoolSummary,
)
from tests import factories as make
from tests.harness import database
from tests.harness.offences.parts import DAY, DAY_BEFORE, NEXT_DAY, Offence


def _programme(**columns: object) -> Offence:
    def offend() -> None:
        make.ProgrammeFactory.create()
        Programme.objects.update(**columns)

    return offend


def _second_view() -> None:
    held = make.SavedViewFactory.create()
    make.SavedViewFactory.create(owner=held.owner, name=held.name)


def _second_programme() -> None:
    Programme.objects.bulk_create([Programme(pk=2)])


def _second_dashboard() -> None:
    ImpactSummary.objects.bulk_create([ImpactSummary(pk=2, computed_at=make.A_MOMENT)])


def _gain_and_reason() -> None:
    SchoolSummary.objects.bulk_create(
        [
            SchoolSummary(
                school=make.SchoolFactory.create(),
                gain_a_year=1.0,
                gain_reason="no_baseline",
            )
        ]
    )


def _counted_and_left_out() -> None:
    MenteeSummary.objects.bulk_create(
        [
            make.MenteeSummaryFactory.build(
                school=make.SchoolFactory.create(),
                gain_a_year=1.0,
                last=2005,
                reason="no_baseline",
            )
        ]
    )


def _second_live_membership() -> None:
    # The guard against shared days refuses it first, so that one is lifted.
    first = make.MembershipFactory.create(joined=DAY)
    with database.lifted("mentoring_membership"), transaction.atomic():
        Membership.objects.bulk_create(
            [
                Membership(
                    school=first.school,
                    role=first.role,
                    state="paused",
                    since=NEXT_DAY,
                    joined=NEXT_DAY,
                    reason="The head is ill.",
                )
            ]
        )


def _membership(**columns: object) -> Offence:
    def offend() -> None:
        membership = make.MembershipFactory.create(joined=DAY)
        Membership.objects.filter(pk=membership.pk).update(**columns)

    return offend


def _list(**columns: object) -> Offence:
    def offend() -> None:
        EligibilityList.objects.bulk_create(
            [make.EligibilityListFactory.build(measure_id="95EM", **columns)]
        )

    return offend


def _second_entry() -> None:
    first = make.EligibilityEntryFactory.create()
    EligibilityEntry.objects.bulk_create(
        [
            EligibilityEntry(
                list=first.list,
                school=first.school,
                urn=first.urn,
                standing=first.standing,
                value=first.value,
                rank=2,
            )
        ]
    )


def _excluded_without_reason() -> None:
    first = make.EligibilityEntryFactory.create()
    other = make.SchoolFactory.create()
    EligibilityEntry.objects.bulk_create(
        [
            EligibilityEntry(
                list=first.list, school=other, urn=other.urn, standing="excluded"
            )
        ]
    )


def _exception(**columns: object) -> Offence:
    def offend() -> None:
        exception = make.EligibilityExceptionFactory.create(granted_on=DAY)
        EligibilityException.objects.filter(pk=exception.pk).update(**columns)

    return offend


def _second_preview() -> None:
    first = make.QuarterSummaryFactory.create()
    QuarterSummary.objects.bulk_create(
        [QuarterSummary(key="another", measure=first.measure, year=first.year)]
    )


MENTORING: Mapping[str, Offence] = {
    "mentoring_programme_is_one_row": _second_programme,
    "mentoring_programme_knows_the_truth_of_inventions_only": _programme(
        demo_world="nothing"
    ),
    "mentoring_programme_takes_in_what_changed": _programme(figures_taken_in=1),
    "mentoring_programme_minima_ascend": _programme(min_publish=12, min_analyse=11),
    "mentoring_programme_days_each_ascend": _programme(least_days_each=21),
    "mentoring_programme_leaves_time_to_answer": _programme(days_to_answer=1),
    "mentoring_savedview_named_once": _second_view,
    "mentoring_savedview_has_a_name": lambda: make.SavedViewFactory.create(name=""),
    "mentoring_impactsummary_is_one_row": _second_dashboard,
    "mentoring_schoolsummary_gain_or_reason": _gain_and_reason,
    "mentoring_menteesummary_is_counted_or_left_out_with_why": _counted_and_left_out,
    "mentoring_membership_one_open_in_each_role": _second_live_membership,
    "mentoring_membership_left_not_before_joined": _membership(
        state="completed", left=DAY_BEFORE
    ),
    "mentoring_membership_since_not_before_joined": _membership(since=DAY_BEFORE),
    "mentoring_membership_state_is_known": _membership(state="resting"),
    "mentoring_membership_asked_has_no_days": _membership(state="invited"),
    "mentoring_membership_in_it_has_a_first_day_alone": _membership(left=DAY),
    "mentoring_membership_completed_has_both_days": _membership(state="completed"),
    "mentoring_membership_withdrawn_has_both_days_or_none": _membership(
        state="withdrawn", reason="It closed."
    ),
    "mentoring_membership_says_why": _membership(state="paused"),
    "mentoring_eventreason_says_something": lambda: make.EventReasonFactory.create(
        text=""
    ),
    "mentoring_eligibilitylist_counts_nest": _list(eligible=5),
    "mentoring_eligibilitylist_quantile_is_a_share": _list(quantile=1.0),
    "mentoring_eligibilityentry_once": _second_entry,
    "mentoring_eligibilityentry_ranked_or_excluded": _excluded_without_reason,
    "mentoring_eligibilityexception_says_why": _exception(why=""),
    "mentoring_eligibilityexception_until_not_before_granted_on": _exception(
        until=DAY_BEFORE
    ),
    "mentoring_eligibilityexception_ended_on_not_before_granted_on": _exception(
        ended_on=DAY_BEFORE, ended_why="A mistake."
    ),
    "mentoring_eligibilityexception_ends_with_why": _exception(ended_on=DAY),
    "mentoring_quartersummary_previews_a_year_once": _second_preview,
}
