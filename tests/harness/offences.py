"""An offending write for every rule that the database keeps.

To add a constraint, add a row under its full name: a function that makes the smallest
write it must refuse. To add a trigger, add a row under its table and verb. The writes
go past forms and `full_clean`, straight to the engine at hand.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from factory.django import DjangoModelFactory

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
from results.models import AreaFigure, Measure, MeasureBreak, NationalFigure, Result
from schools.models import (
    Establishment,
    EstablishmentLink,
    ImportRun,
    Role,
    School,
    SchoolPredecessor,
    Succession,
    Trust,
    TrustMembership,
    Upload,
    User,
)
from tests import factories as make
from tests.harness import database

Offence = Callable[[], object]
DAY = date(2004, 9, 1)
DAY_BEFORE = DAY - timedelta(days=1)
NEXT_DAY = DAY + timedelta(days=1)


def _second_link() -> None:
    link = make.EstablishmentLinkFactory.create()
    EstablishmentLink.objects.bulk_create(
        [
            EstablishmentLink(
                predecessor=link.predecessor, successor=link.successor, kind=link.kind
            )
        ]
    )


def _link_to_itself() -> None:
    one = make.EstablishmentFactory.create()
    EstablishmentLink.objects.bulk_create(
        [EstablishmentLink(predecessor=one, successor=one, kind="succession")]
    )


def _waits_without_doubt() -> None:
    succession = make.SuccessionFactory.create()
    Succession.objects.filter(pk=succession.pk).update(doubt="")


def _second_predecessor() -> None:
    held = make.SchoolPredecessorFactory.create()
    again = make.SuccessionFactory.create()
    SchoolPredecessor.objects.bulk_create(
        [
            SchoolPredecessor(
                school=held.school,
                predecessor=held.predecessor,
                kind=SchoolPredecessor.Kind.SPLIT,  # a second merger breaks two rules
                succession=again,
            )
        ]
    )


def _second_merger() -> None:
    held = make.SchoolPredecessorFactory.create()
    other = make.SuccessionFactory.create()
    SchoolPredecessor.objects.bulk_create(
        [
            SchoolPredecessor(
                school=other.link.successor.school,
                predecessor=held.predecessor,
                kind=held.kind,
                succession=other,
            )
        ]
    )


def _its_own_predecessor() -> None:
    held = make.SchoolPredecessorFactory.create()
    SchoolPredecessor.objects.filter(pk=held.pk).update(predecessor=held.school)


def _trust_that_closes_before_it_opens() -> None:
    trust = make.TrustFactory.create(opened=DAY)
    Trust.objects.filter(pk=trust.pk).update(closed=DAY_BEFORE)


def _second_live_trust() -> None:
    held = make.TrustMembershipFactory.create(started=DAY)
    with database.lifted("schools_trustmembership"), transaction.atomic():
        TrustMembership.objects.bulk_create(
            [TrustMembership(school=held.school, trust=held.trust, started=DAY)]
        )


def _leaves_before_it_joins() -> None:
    held = make.TrustMembershipFactory.create(started=DAY)
    TrustMembership.objects.filter(pk=held.pk).update(ended=DAY_BEFORE)


def _two_trusts_inserted() -> None:
    held = make.TrustMembershipFactory.create(started=DAY_BEFORE, ended=DAY)
    TrustMembership.objects.bulk_create(
        [
            TrustMembership(
                school=held.school, trust=make.TrustFactory.create(), started=DAY
            )
        ]
    )


def _two_trusts_updated() -> None:
    held = make.TrustMembershipFactory.create(started=DAY_BEFORE, ended=DAY_BEFORE)
    make.TrustMembershipFactory.create(school=held.school, started=DAY)
    TrustMembership.objects.filter(pk=held.pk).update(ended=DAY)


def _headless_head() -> None:
    Role.objects.bulk_create(
        [Role(user=make.UserFactory.create(), kind=Role.Kind.HEAD, started=DAY)]
    )


def _role_that_ends_before_it_starts() -> None:
    role = make.RoleFactory.create(started=DAY)
    Role.objects.filter(pk=role.pk).update(ended=DAY_BEFORE)


def _school_continued_by_itself() -> None:
    school = make.SchoolFactory.create()
    School.objects.filter(pk=school.pk).update(continued_by=school)


def _second_school_with_a_urn() -> None:
    School.objects.bulk_create(
        [School(name="Other", urn=make.SchoolFactory.create().urn, search="other")]
    )


def _email_in_capitals() -> None:
    user = make.UserFactory.create()
    User.objects.bulk_create([User(email=user.email.upper(), name="Another")])


def _import_that_ends_before_it_starts() -> None:
    run = make.ImportRunFactory.create()
    ImportRun.objects.filter(pk=run.pk).update(
        ended_at=run.started_at - timedelta(seconds=1)
    )


def _establishment(**columns: object) -> Offence:
    def offend() -> None:
        establishment = make.EstablishmentFactory.create()
        Establishment.objects.filter(pk=establishment.pk).update(**columns)

    return offend


def _urn_of_five_figures() -> None:
    school = make.SchoolFactory.create()
    Establishment.objects.bulk_create(
        [Establishment(urn=99999, school=school, origin="register", name="Short")]
    )


SCHOOLS: Mapping[str, Offence] = {
    "schools_establishment_urn_has_six_figures": _urn_of_five_figures,
    "schools_establishment_fsm_is_a_percentage": _establishment(percent_fsm=100.5),
    "schools_establishment_closed_not_before_opened": _establishment(
        opened=DAY, closed=DAY_BEFORE
    ),
    "schools_establishmentlink_once": _second_link,
    "schools_establishmentlink_joins_two": _link_to_itself,
    "schools_succession_waits_for_a_stated_doubt": _waits_without_doubt,
    "schools_schoolpredecessor_once": _second_predecessor,
    "schools_schoolpredecessor_merges_once": _second_merger,
    "schools_schoolpredecessor_joins_two": _its_own_predecessor,
    "schools_trust_closed_not_before_opened": _trust_that_closes_before_it_opens,
    "schools_trustmembership_live_once": _second_live_trust,
    "schools_trustmembership_ended_not_before_started": _leaves_before_it_joins,
    "schools_role_belongs_where_its_kind_does": _headless_head,
    "schools_role_ended_not_before_started": _role_that_ends_before_it_starts,
    "schools_school_is_not_continued_by_itself": _school_continued_by_itself,
    "schools_school_current_urn_is_one_school": _second_school_with_a_urn,
    "schools_user_email_is_one_person": _email_in_capitals,
    "schools_importrun_ends_after_it_starts": _import_that_ends_before_it_starts,
}


def _measure_upside_down() -> None:
    measure = make.MeasureFactory.create(code="TEST")
    Measure.objects.filter(pk=measure.pk).update(minimum=100.0, maximum=100.0)


def _second_break() -> None:
    first = make.MeasureBreakFactory.create()
    MeasureBreak.objects.bulk_create(
        [
            MeasureBreak(
                year=first.year,
                name=first.name,
                kind=first.kind,
                applies=first.applies,
                sentence="Again.",
            )
        ]
    )


def _second_national_figure() -> None:
    first = make.NationalFigureFactory.create()
    NationalFigure.objects.bulk_create(
        [
            NationalFigure(
                measure=first.measure,
                year=first.year,
                population=first.population,
                coverage=first.coverage,
                release=first.release,
                basis=first.basis,
                value=51.0,
                source="Another source.",
            )
        ]
    )


def _figure_without_source() -> None:
    figure = make.NationalFigureFactory.create()
    NationalFigure.objects.filter(pk=figure.pk).update(source="")


def _result(**columns: object) -> Offence:
    def offend() -> None:
        result = make.ResultFactory.create()
        Result.objects.filter(pk=result.pk).update(**columns)

    return offend


def _second_result() -> None:
    first = make.ResultFactory.create()
    Result.objects.bulk_create(
        [
            Result(
                establishment=first.establishment,
                measure=first.measure,
                year=first.year,
                population=first.population,
                release=first.release,
                value=51.0,
                run=first.run,
            )
        ]
    )


def _second_area_figure(**place: object) -> Offence:
    def offend() -> None:
        held = make.AreaFigureFactory.create(**place)
        held.pk = None
        AreaFigure.objects.bulk_create([held])

    return offend


def _figure_of_an_area(**columns: object) -> Offence:
    def offend() -> None:
        held = make.AreaFigureFactory.create()
        AreaFigure.objects.filter(pk=held.pk).update(**columns)

    return offend


def _run(**columns: object) -> Offence:
    def offend() -> None:
        run = make.ImportRunFactory.create()
        ImportRun.objects.filter(pk=run.pk).update(**columns)

    return offend


def _upload_applied_twice() -> None:
    upload = make.UploadFactory.create()
    for _ in range(2):
        make.ImportRunFactory.create(upload=upload, sha256="0" * 64)


def _second_change_of_a_row() -> None:
    first = make.ImportChangeFactory.create()
    make.ImportChangeFactory.create(run=first.run, key=first.key)


def _upload(**columns: object) -> Offence:
    def offend() -> None:
        upload = make.UploadFactory.create()
        Upload.objects.filter(pk=upload.pk).update(**columns)

    return offend


def _second_file_in_a_place() -> None:
    first = make.UploadFileFactory.create()
    make.UploadFileFactory.create(upload=first.upload)


IMPORTS: Mapping[str, Offence] = {
    "schools_importrun_upload_is_applied_once": _upload_applied_twice,
    "schools_importrun_undone_when_and_why": _run(undone_at=make.A_MOMENT),
    "schools_importrun_undone_after_it_ended": _run(
        undone_at=make.A_MOMENT - timedelta(days=1), undone_why="By mistake"
    ),
    "schools_importchange_once_in_a_run": _second_change_of_a_row,
    "schools_upload_confirmed_by_somebody": _upload(confirmed_at=make.A_MOMENT),
    "schools_upload_applied_when_confirmed": _upload(state="applying"),
    "schools_upload_refused_with_a_sentence": _upload(state="refused"),
    "schools_upload_done_within_total": _upload(done=3, total=2),
    "schools_uploadfile_one_in_each_place": _second_file_in_a_place,
}


RESULTS: Mapping[str, Offence] = {
    "results_areafigure_authority_or_region": _figure_of_an_area(region="London"),
    "results_areafigure_authority_once": _second_area_figure(),
    "results_areafigure_region_once": _second_area_figure(
        authority=None, region="London"
    ),
    "results_areafigure_has_a_source": _figure_of_an_area(source=""),
    "results_measure_minimum_below_maximum": _measure_upside_down,
    "results_measurebreak_once": _second_break,
    "results_nationalfigure_once": _second_national_figure,
    "results_nationalfigure_has_a_source": _figure_without_source,
    "results_result_once": _second_result,
    "results_result_value_or_reason": _result(value=None, reason=""),
    "results_result_percentage_in_range": _result(value=100.5),
    "results_result_number_within_cohort": _result(number=101),
}


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

CONSTRAINTS: Mapping[str, Offence] = {**SCHOOLS, **IMPORTS, **RESULTS, **MENTORING}


def _shared_day_inserted() -> None:
    first = make.MembershipFactory.create(joined=DAY_BEFORE, left=DAY)
    Membership.objects.bulk_create(
        [
            Membership(
                school=first.school,
                role=first.role,
                state="active",
                since=DAY,
                joined=DAY,
            )
        ]
    )


def _shared_day_updated() -> None:
    first = make.MembershipFactory.create(joined=DAY_BEFORE, left=DAY_BEFORE)
    make.MembershipFactory.create(school=first.school, joined=DAY)
    Membership.objects.filter(pk=first.pk).update(left=DAY)


def _changed(
    factory: type[DjangoModelFactory[Any]], table: str, column: str
) -> Mapping[str, Offence]:
    """Return each way to change or lose a row of a table that only grows."""

    def after(statement: str) -> Offence:
        def offend() -> None:
            factory.create()
            connection.check_constraints()  # or PostgreSQL cannot truncate at all
            with connection.cursor() as cursor:
                cursor.execute(statement)

        return offend

    return {
        "UPDATE": after(f"UPDATE {table} SET {column} = {column}"),  # noqa: S608 -- our own names
        "DELETE": after(f"DELETE FROM {table}"),  # noqa: S608 -- same
        "TRUNCATE": after(f"TRUNCATE {table} CASCADE"),
    }


# Table, then verb: the writes that its triggers refuse. SQLite has no TRUNCATE.
def _second_exception_inserted() -> None:
    first = make.EligibilityExceptionFactory.create(granted_on=DAY_BEFORE, until=DAY)
    EligibilityException.objects.bulk_create(
        [EligibilityException(school=first.school, why="Again.", granted_on=DAY)]
    )


def _second_exception_updated() -> None:
    first = make.EligibilityExceptionFactory.create(
        granted_on=DAY_BEFORE, until=DAY_BEFORE
    )
    make.EligibilityExceptionFactory.create(school=first.school, granted_on=DAY)
    EligibilityException.objects.filter(pk=first.pk).update(until=None)


TRIGGERS: Mapping[str, Mapping[str, Offence]] = {
    "schools_trustmembership": {
        "INSERT": _two_trusts_inserted,
        "UPDATE": _two_trusts_updated,
    },
    "mentoring_membership": {
        "INSERT": _shared_day_inserted,
        "UPDATE": _shared_day_updated,
    },
    "mentoring_eligibilityexception": {
        "INSERT": _second_exception_inserted,
        "UPDATE": _second_exception_updated,
    },
    "mentoring_event": _changed(make.EventFactory, "mentoring_event", "verb"),
    "mentoring_eligibilitylist": _changed(
        make.EligibilityListFactory, "mentoring_eligibilitylist", "rule"
    ),
    "mentoring_eligibilityentry": _changed(
        make.EligibilityEntryFactory, "mentoring_eligibilityentry", "reason"
    ),
}
