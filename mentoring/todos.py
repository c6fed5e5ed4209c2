"""What needs programme staff on a day, by kind: which rows, the most urgent first."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from mentoring.matching.load import NEARLY
from mentoring.mentor_days import counted, planned_of
from mentoring.models import Membership, Pairing, PairingQuery, SupportDay, TodoNote
from mentoring.models.support_day import waited_since
from mentoring.steps.membership import IN_IT
from mentoring.steps.pairing import State
from mentoring.steps.support_day import State as DayState
from schools.models import Succession

NO_VISIT, NO_LOG, SOON, LATELY, WAITS = 30, 60, 3, 30, 7
"""Days without a first visit, without a log, before a proposal expires, since one was
refused, and that days wait to be confirmed before anybody is told."""


def live_notes(on: date) -> QuerySet[TodoNote]:
    """Keep the notes on what needs somebody on `on`, put aside or not.

    A note outlives its thing, which may come back: it counts for nothing meanwhile.
    """
    live = Q(kind="links") & Q(Exists(Succession.objects.waiting()))
    live |= Q(kind="days") & Q(Exists(waiting_days().filter(waits_long(on))))
    for kind, rows in things(on).items():
        live |= Q(kind=kind, noun_id__in=rows.values("pk"))
    return TodoNote.objects.filter(live)


def waiting_days() -> QuerySet[SupportDay]:
    """Return the days that wait to be confirmed."""
    return SupportDay.objects.filter(state=DayState.WAITING)


def waits_long(on: date) -> Q:
    """Tell the days that have waited so long that staff are told."""
    return waited_since(on - timedelta(days=WAITS))


def things(on: date) -> Mapping[str, QuerySet[Any]]:
    """Return the things of every kind that is named, the most urgent kind first."""
    return {
        "query": _queries(),
        "day_query": _day_queries(),
        "answer": _unanswered(on),
        "refused": _refused(on),
        "alone": _alone(on),
        "no_visit": _without_visit(on),
        "no_log": _without_log(on),
        "load": _loaded(),
    }


def _queries() -> QuerySet[PairingQuery]:
    """Return what schools ask about what is recorded of them."""
    return (
        PairingQuery.objects.open()
        .select_related("school", "pairing__mentor__school", "pairing__mentee__school")
        .order_by("asked_on", "pk")
    )


def _day_queries() -> QuerySet[SupportDay]:
    """Return the days that a school has queried."""
    queried = SupportDay.objects.filter(state=DayState.QUERIED).with_all()
    return queried.select_related("queried_for").order_by("queried_on", "pk")


def _unanswered(on: date) -> QuerySet[Pairing]:
    """Return proposals that wait for staff, or expire soon."""
    soon = on + timedelta(days=SOON)
    waits = Q(state=State.ASKED) | Q(state=State.PROPOSED, answer_by__lte=soon)
    pairings = Pairing.objects.with_schools()
    return pairings.filter(waits).order_by("answer_by", "pk")


def _refused(on: date) -> QuerySet[Pairing]:
    """Return needs that were refused, until somebody else is asked, or helps."""
    met = Pairing.objects.open().filter(
        mentee=OuterRef("mentee"), area=OuterRef("area")
    )
    return (
        Pairing.objects.with_schools()
        .refused()
        .filter(~Exists(met), since__gte=on - timedelta(days=LATELY))
        .filter(mentee__state__in=IN_IT)
        .order_by("-since", "pk")
    )


def _alone(on: date) -> QuerySet[Any]:
    """Return mentees that nobody leads, or will from some day on: `helped_until`."""
    leads = Pairing.objects.open().filter(mentee=OuterRef("pk"), area__is_lead=True)
    # Looked up for those alone that nobody leads.
    ending = (
        Pairing.objects.filter(
            mentee=OuterRef("pk"),
            area__is_lead=True,
            state=State.ENDED,
            ended__gte=on,
        )
        .order_by("-ended")
        .values("ended")[:1]
    )
    return (
        Membership.objects.mentees()
        .live_on(on)
        .filter(~Exists(leads), state="active")
        .annotate(helped_until=Subquery(ending))
        .select_related("school")
        .order_by(F("helped_until").asc(nulls_first=True), "school__name", "pk")
    )


def _without_visit(on: date) -> QuerySet[Pairing]:
    """Return pairings in which nobody came yet."""
    late = on - timedelta(days=NO_VISIT)
    active = Pairing.objects.with_schools().filter(state=State.ACTIVE)
    return active.filter(latest_day__isnull=True, started__lte=late).order_by(
        "started", "pk"
    )


def _without_log(on: date) -> QuerySet[Pairing]:
    """Return pairings in which nothing is logged any more."""
    late = on - timedelta(days=NO_LOG)
    active = Pairing.objects.with_schools().filter(state=State.ACTIVE)
    return active.filter(latest_day__lte=late).order_by("latest_day", "pk")


def _loaded() -> QuerySet[Any]:
    """Return mentors whose days are nearly all planned."""
    planned = planned_of(Pairing.objects.open().filter(mentor=OuterRef("pk")))
    return (
        Membership.objects.mentors()
        .filter(state="active", days_a_year__gt=0)
        .annotate(planned=counted(planned))
        .filter(planned__gte=NEARLY / 100 * F("days_a_year"))
        .select_related("school")
        .order_by(F("planned") * -1.0 / F("days_a_year"), "pk")
    )
