"""Writes against the rules on areas, pairings and support days."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models, transaction

from mentoring.models import (
    Area,
    Membership,
    Need,
    Offer,
    Pairing,
    StaffMember,
    SupportDay,
    Term,
)
from tests import factories as make
from tests.harness import database
from tests.harness.offences.parts import DAY, DAY_BEFORE, NEXT_DAY, Offence

HELP_BEGAN = date(2004, 10, 1)
LATE = date(2006, 11, 6)


def _changed(made: Any, **columns: object) -> Offence:
    """Return the write that sets `columns` of a row that the factory `made` makes."""

    def offend() -> None:
        row = made.create()
        type(row).objects.filter(pk=row.pk).update(**columns)

    return offend


def _inserted(row: models.Model) -> None:
    type(row)._default_manager.bulk_create([row])


def _pairing(**columns: object) -> Offence:
    return _changed(make.PairingFactory, **columns)


def _day(**columns: object) -> Offence:
    return _changed(make.SupportDayFactory, **columns)


def _staff(**columns: object) -> Offence:
    return _changed(make.StaffMemberFactory, **columns)


def _lead() -> Area:
    return Area.objects.get(is_lead=True)


def _area_named_twice() -> None:
    held = make.AreaFactory.create(name="Choir")
    make.AreaFactory.create(name=held.name.upper())


def _two_leads_listed() -> None:
    make.AreaFactory.create(is_lead=True)


def _lead_retired() -> None:
    Area.objects.filter(is_lead=True).update(retired_on=DAY)


def _need_twice() -> None:
    held = make.NeedFactory.create()
    _inserted(Need(mentee=held.mentee, area=held.area, priority=1))


def _offer_twice() -> None:
    held = make.OfferFactory.create()
    _inserted(Offer(mentor=held.mentor, area=held.area, strength=1))


def _staff_twice() -> None:
    held = make.StaffMemberFactory.create()
    _inserted(StaffMember(school=held.school, name=held.name, post=held.post))


def _two_terms_from_one_day() -> None:
    # The guard against shared days refuses it first, so that one is lifted.
    make.TermFactory.create(started=DAY, ended=DAY)
    with database.lifted("mentoring_term"), transaction.atomic():
        make.TermFactory.create(started=DAY, ended=NEXT_DAY)


def _of_one_membership() -> None:
    held = make.PairingFactory.create()
    with database.lifted("mentoring_pairing"), transaction.atomic():
        Pairing.objects.filter(pk=held.pk).update(mentee=held.mentor)


def _referred_from_itself() -> None:
    held = make.PairingFactory.create()
    Pairing.objects.filter(pk=held.pk).update(referred_from=held.pk)


def _same_half(half: str) -> Offence:
    def offend() -> None:
        held = make.SupportDayFactory.create(first_half=True, second_half=True)
        make.SupportDayFactory.create(
            pairing=held.pairing,
            giver=held.giver,
            first_half=half == "first_half",
            second_half=half == "second_half",
        )

    return offend


def _form_twice() -> None:
    held = make.SupportDayFactory.create()
    make.SupportDayFactory.create(
        pairing=held.pairing,
        giver=held.giver,
        visit=held.visit,
        given_on=LATE.replace(day=7),
    )


def _helps_round() -> None:
    # The guard of who gives refuses it first, so that one is lifted.
    held = make.SupportDayFactory.create()
    with database.lifted("mentoring_supportday"), transaction.atomic():
        SupportDay.objects.filter(pk=held.pk).update(direction="round")


def _more_mentees_than_places() -> None:
    mentor = make.MembershipFactory.create(role="mentor", places=1)
    make.PairingFactory.create(mentor=mentor)
    make.PairingFactory.create(mentor=mentor)


def _query_twice() -> None:
    held = make.PairingQueryFactory.create()
    make.PairingQueryFactory.create(pairing=held.pairing, school=held.school)


def _queried_without_words() -> None:
    held = make.SupportDayFactory.create()
    SupportDay.objects.filter(pk=held.pk).update(
        state="queried", queried_on=LATE, queried_for=held.logged_for
    )


def _noted_twice() -> None:
    held = make.TodoNoteFactory.create()
    make.TodoNoteFactory.create(noun_id=held.noun_id)


PAIRINGS: Mapping[str, Offence] = {
    "mentoring_todonote_one_for_each_thing": _noted_twice,
    "mentoring_todonote_has_a_kind": lambda: make.TodoNoteFactory.create(kind=""),
    "mentoring_pairingquery_one_open_a_school": _query_twice,
    "mentoring_pairingquery_says_what": _changed(make.PairingQueryFactory, words=""),
    "mentoring_pairingquery_answer_has_words_and_a_day": _changed(
        make.PairingQueryFactory, answered_on=LATE.replace(day=20)
    ),
    "mentoring_pairingquery_answered_on_not_before_asked_on": _changed(
        make.PairingQueryFactory, answered_on=LATE, answer="It did."
    ),
    "mentoring_pairingquery_withdrawn_on_not_before_asked_on": _changed(
        make.PairingQueryFactory, withdrawn_on=LATE
    ),
    "mentoring_pairingquery_is_answered_or_taken_back": _changed(
        make.PairingQueryFactory,
        answered_on=LATE.replace(day=20),
        answer="It did.",
        withdrawn_on=LATE.replace(day=20),
    ),
    "mentoring_area_name_is_one_area": _area_named_twice,
    "mentoring_area_one_lead": _two_leads_listed,
    "mentoring_area_has_a_name": _changed(make.AreaFactory, name=""),
    "mentoring_area_lead_stays": _lead_retired,
    "mentoring_staffmember_is_entered_once": _staff_twice,
    "mentoring_staffmember_has_a_name": _staff(name=""),
    "mentoring_staffmember_erased_is_nobody": _staff(is_erased=True),
    "mentoring_need_once_an_area": _need_twice,
    "mentoring_need_priority_is_known": _changed(make.NeedFactory, priority=4),
    "mentoring_offer_once_an_area": _offer_twice,
    "mentoring_offer_strength_is_known": _changed(make.OfferFactory, strength=3),
    "mentoring_term_ended_not_before_started": _changed(
        make.TermFactory, ended=DAY_BEFORE
    ),
    "mentoring_term_begins_once": _two_terms_from_one_day,
    "mentoring_membership_no_more_mentees_than_places": _more_mentees_than_places,
    "mentoring_membership_days_a_year_are_few": _changed(
        make.MembershipFactory, days_a_year=2001
    ),
    "mentoring_pairing_ended_not_before_started": lambda: make.PairingFactory.create(
        started=LATE, ended=HELP_BEGAN
    ),
    "mentoring_pairing_answered_on_not_before_asked_on": _pairing(answered_on=DAY),
    "mentoring_pairing_state_is_known": lambda: make.PairingFactory.create(
        state="resting"
    ),
    "mentoring_pairing_is_of_two": _of_one_membership,
    "mentoring_pairing_ended_has_a_last_day": _pairing(state="ended", reason="Done."),
    "mentoring_pairing_last_day_is_of_an_ending": _pairing(ended=LATE),
    "mentoring_pairing_says_why": _pairing(state="paused"),
    "mentoring_pairing_proposed_has_a_day_to_answer": _pairing(state="proposed"),
    "mentoring_pairing_plans_a_year_at_most": _pairing(planned_days=367),
    "mentoring_pairing_is_not_referred_from_itself": _referred_from_itself,
    "mentoring_supportday_has_a_half": _day(first_half=False),
    "mentoring_supportday_direction_is_known": _helps_round,
    "mentoring_supportday_one_morning": _same_half("first_half"),
    "mentoring_supportday_one_afternoon": _same_half("second_half"),
    "mentoring_supportday_form_counts_once": _form_twice,
    "mentoring_supportday_void_says_why": _day(voided_on=LATE, state="void"),
    "mentoring_supportday_late_says_why": _day(is_late=True),
    "mentoring_supportday_query_says_what": _queried_without_words,
    "mentoring_supportday_confirmed_not_before_given": _day(
        confirmed_on=DAY, state="confirmed"
    ),
    "mentoring_supportday_logged_not_before_given": _day(logged_on=DAY),
    "mentoring_supportday_state_is_known": _day(state="lost"),
    "mentoring_supportday_void_since_a_day": _day(
        voided_on=LATE, why_voided="It was another day."
    ),
    "mentoring_supportday_state_has_its_days": _day(state="confirmed"),
}


def _of_one_school() -> None:
    mentor = make.MembershipFactory.create(role="mentor", places=1)
    mentee = make.MembershipFactory.create(school=mentor.school)
    make.PairingFactory.create(mentor=mentor, mentee=mentee)


def _two_mentors() -> None:
    held = make.PairingFactory.create()
    other = make.MembershipFactory.create(role="mentor")
    Pairing.objects.filter(pk=held.pk).update(mentee=other)


def _before_it_joined() -> None:
    make.PairingFactory.create(started=DAY_BEFORE)


def _beyond_its_leaving() -> None:
    mentee = make.MembershipFactory.create(left=LATE)
    held = make.PairingFactory.create(mentee=mentee, ended=LATE)
    Pairing.objects.filter(pk=held.pk).update(ended=LATE.replace(day=7))


def _shared_days(**other: object) -> Offence:
    """Return the write of a second pairing that shares days with a first."""

    def offend() -> None:
        held = make.PairingFactory.create(ended=LATE, **other)
        same = {"mentee": held.mentee, "area": held.area, "started": LATE}
        if not held.area.is_lead:
            same["mentor"] = held.mentor
        make.PairingFactory.create(**same)

    return offend


def _second_lead() -> None:
    _shared_days(area=_lead())()


def _days_moved_over_another(*, is_lead: bool) -> Offence:
    """Return the write that lets an earlier pairing reach into a later."""

    def offend() -> None:
        area = _lead() if is_lead else make.AreaFactory.create()
        held = make.PairingFactory.create(ended=DAY.replace(month=10), area=area)
        same = {"mentee": held.mentee, "area": area, "started": LATE}
        if not is_lead:
            same["mentor"] = held.mentor
        make.PairingFactory.create(**same)
        Pairing.objects.filter(pk=held.pk).update(ended=LATE)

    return offend


def _left_before_its_pairing_ends() -> None:
    held = make.PairingFactory.create()
    Membership.objects.filter(pk=held.mentee_id).update(
        state="completed", left=LATE, since=LATE
    )


def _day_left_outside() -> None:
    held = make.SupportDayFactory.create()
    Pairing.objects.filter(pk=held.pairing_id).update(
        state="ended", ended=HELP_BEGAN, reason="It closed."
    )


def _outside_its_pairing() -> None:
    make.SupportDayFactory.create(given_on=DAY)


def _given_by_another() -> None:
    pairing = make.PairingFactory.create()
    make.SupportDayFactory.create(
        pairing=pairing,
        giver=make.StaffMemberFactory.create(),
        logged_for=pairing.mentor.school,
    )


def _given_by_another_now() -> None:
    held = make.SupportDayFactory.create()
    SupportDay.objects.filter(pk=held.pk).update(direction="back")


def _logged_for_a_third() -> None:
    make.SupportDayFactory.create(logged_for=make.SchoolFactory.create())


def _logged_for_a_third_now() -> None:
    held = make.SupportDayFactory.create()
    other = make.SchoolFactory.create()
    SupportDay.objects.filter(pk=held.pk).update(logged_for=other)


def _queried_for_a_third() -> None:
    make.SupportDayFactory.create(
        state="queried",
        queried_on=LATE.replace(day=20),
        query="Nobody came.",
        queried_for=make.SchoolFactory.create(),
    )


def _queried_for_no_query() -> None:
    held = make.SupportDayFactory.create()
    SupportDay.objects.filter(pk=held.pk).update(queried_for=held.logged_for)


def _deleted() -> None:
    held = make.SupportDayFactory.create()
    SupportDay.objects.filter(pk=held.pk)._raw_delete("default")  # past Django


def _second_term() -> None:
    make.TermFactory.create(started=DAY_BEFORE, ended=DAY)
    make.TermFactory.create(started=DAY, ended=NEXT_DAY)


def _term_moved() -> None:
    first = make.TermFactory.create(started=DAY_BEFORE, ended=DAY_BEFORE)
    make.TermFactory.create(started=DAY, ended=NEXT_DAY)
    Term.objects.filter(pk=first.pk).update(ended=DAY)


# Trigger, then verb.
OF_PAIRINGS: Mapping[str, Mapping[str, Offence]] = {
    "mentoring_pairing_two_schools": {
        "INSERT": _of_one_school,
        "UPDATE": _two_mentors,
    },
    "mentoring_pairing_inside": {
        "INSERT": _before_it_joined,
        "UPDATE": _beyond_its_leaving,
    },
    "mentoring_pairing_overlap": {
        "INSERT": _shared_days(),
        "UPDATE": _days_moved_over_another(is_lead=False),
    },
    "mentoring_pairing_lead": {
        "INSERT": _second_lead,
        "UPDATE": _days_moved_over_another(is_lead=True),
    },
    "mentoring_membership_pairings": {"UPDATE": _left_before_its_pairing_ends},
    "mentoring_pairing_days": {"UPDATE": _day_left_outside},
    "mentoring_supportday_inside": {
        "INSERT": _outside_its_pairing,
        "UPDATE": _day(given_on=DAY),
    },
    "mentoring_supportday_giver": {
        "INSERT": _given_by_another,
        "UPDATE": _given_by_another_now,
    },
    "mentoring_supportday_logger": {
        "INSERT": _logged_for_a_third,
        "UPDATE": _logged_for_a_third_now,
    },
    "mentoring_supportday_asker": {
        "INSERT": _queried_for_a_third,
        "UPDATE": _queried_for_no_query,
    },
    "mentoring_supportday_kept": {"DELETE": _deleted},
    "mentoring_term_overlap": {"INSERT": _second_term, "UPDATE": _term_moved},
}
