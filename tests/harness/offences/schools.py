"""Writes against the rules on schools, their links, trusts and people."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction

from schools.models import (
    Establishment,
    EstablishmentLink,
    ImportRun,
    Invitation,
    Role,
    School,
    SchoolPredecessor,
    Succession,
    Trust,
    TrustMembership,
    User,
)
from tests import factories as make
from tests.harness import database
from tests.harness.offences.parts import DAY, DAY_BEFORE, Offence


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


def _headless_head() -> None:
    Role.objects.bulk_create(
        [Role(user=make.UserFactory.create(), kind=Role.Kind.HEAD, started=DAY)]
    )


def _role_that_ends_before_it_starts() -> None:
    role = make.RoleFactory.create(started=DAY)
    Role.objects.filter(pk=role.pk).update(ended=DAY_BEFORE)


def _role(**columns: object) -> Offence:
    def offend() -> None:
        Role.objects.filter(pk=make.RoleFactory.create().pk).update(**columns)

    return offend


def _invitation(**columns: object) -> Offence:
    def offend() -> None:
        held = make.InvitationFactory.create()
        Invitation.objects.filter(pk=held.pk).update(**columns)

    return offend


def _accepted_and_revoked() -> None:
    role, held = make.RoleFactory.create(), make.InvitationFactory.create()
    Invitation.objects.filter(pk=held.pk).update(
        role=role, accepted_at=make.A_MOMENT, revoked_at=make.A_MOMENT
    )


def _second_link_with_a_token() -> None:
    held = make.InvitationFactory.create()
    again = make.InvitationFactory.build(token_hash=held.token_hash)
    Invitation.objects.bulk_create([again])


def _second_invitation() -> None:
    held = make.InvitationFactory.create()
    again = make.InvitationFactory.build(email=held.email.upper())
    Invitation.objects.bulk_create([again])


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


def _second_role_of_a_kind() -> None:
    role = make.RoleFactory.create(started=DAY)
    Role.objects.bulk_create([Role(user=role.user, kind=role.kind, started=DAY)])


def _role_moved_over_another() -> None:
    first = make.RoleFactory.create(started=DAY_BEFORE, ended=DAY_BEFORE)
    make.RoleFactory.create(user=first.user, kind=first.kind, started=DAY)
    Role.objects.filter(pk=first.pk).update(ended=None)


def _delegate_without_an_end() -> None:
    delegate = make.RoleFactory.build(
        user=make.UserFactory.create(),
        kind=Role.Kind.DELEGATE,
        school=make.SchoolFactory.create(),
        ended=None,
    )
    Role.objects.bulk_create([delegate])


def _delegate_who_loses_their_scope() -> None:
    delegate = make.RoleFactory.create(
        kind=Role.Kind.DELEGATE, school=make.SchoolFactory.create()
    )
    Role.objects.filter(pk=delegate.pk).update(scope="")


OF_ROLES: Mapping[str, Mapping[str, Offence]] = {
    "schools_role_once": {
        "INSERT": _second_role_of_a_kind,
        "UPDATE": _role_moved_over_another,
    },
    "schools_role_limited": {
        "INSERT": _delegate_without_an_end,
        "UPDATE": _delegate_who_loses_their_scope,
    },
}


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
    "schools_role_only_delegates_have_a_scope": _role(scope="log"),
    "schools_invitation_belongs_where_its_kind_does": _invitation(kind="head"),
    "schools_invitation_delegates_have_scope_and_end": _invitation(scope="log"),
    "schools_invitation_accepted_with_a_role": _invitation(accepted_at=make.A_MOMENT),
    "schools_invitation_not_accepted_and_revoked": _accepted_and_revoked,
    "schools_invitation_expires_after_it_is_made": _invitation(
        expires_at=make.A_MOMENT
    ),
    "schools_invitation_token_is_one_invitation": _second_link_with_a_token,
    "schools_invitation_unanswered_once": _second_invitation,
    "schools_school_is_not_continued_by_itself": _school_continued_by_itself,
    "schools_school_current_urn_is_one_school": _second_school_with_a_urn,
    "schools_user_email_is_one_person": _email_in_capitals,
    "schools_importrun_ends_after_it_starts": _import_that_ends_before_it_starts,
}
