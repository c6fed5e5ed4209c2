"""What needs programme staff today, most urgent first, each with its action."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Window,
)
from django.urls import reverse

from mentoring.models import Membership, Pairing, PairingQuery, SupportDay, TodoNote
from mentoring.pages.mentors import counted, planned_of
from mentoring.pages.parts import day_words
from mentoring.steps.membership import IN_IT
from mentoring.steps.pairing import State
from mentoring.steps.support_day import State as DayState
from schools.models import Succession
from schools.naming import counted as number

SHOWN = 6
"""Things of a kind that are named; the others are a click away."""

NO_VISIT, NO_LOG, SOON, LATELY, WAITS = 30, 60, 3, 30, 7
"""Days without a first visit, without a log, before a proposal expires, since one was
refused, and that days wait to be confirmed before anybody is told."""

NEARLY_FULL = 0.8
"""Share of a mentor's days a year from which on it is told of."""

Notes = Mapping[tuple[str, int], TodoNote]
Told = tuple[str, str, str, str]
"""What a thing is, why it needs somebody, where it is done, and the word for it."""


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing that needs somebody: what, why, the way to do it, and who has it."""

    kind: str
    noun_id: int
    title: str
    why: str
    url: str
    action: str
    owner: str = ""
    is_mine: bool = False
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind; `more` counts those that are not named, at `url`."""

    title: str
    todos: Sequence[Todo]
    more: int
    url: str


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of thing: its rows, most urgent first, and how one reads."""

    name: str
    title: str
    rows: QuerySet[Any]
    told: Callable[[Any], Told]
    url: str


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks at the page, by id, on which day, with the notes that are held.

    With `is_aside` they look at what is put aside on that day, else at all but that.
    """

    notes: Notes
    on: date
    me: int
    is_aside: bool = False

    def shows(self, note: TodoNote | None) -> bool:
        """Return whether a thing with this note, or none, is among what is shown."""
        return self.is_aside == (note is not None and note.is_aside_on(self.on))

    def ids_aside(self, kind: str) -> list[int]:
        """Return the ids of the things of a kind that are put aside."""
        return [
            noun_id
            for (name, noun_id), note in self.notes.items()
            if name == kind and note.is_aside_on(self.on)
        ]


def notes_held() -> Notes:
    """Return who has what, and what is put aside, by kind and id."""
    noted = TodoNote.objects.select_related("owner")
    return {(note.kind, note.noun_id): note for note in noted}


def staff_groups(look: Look) -> list[Group]:
    """Return what needs somebody, most urgent first; empty where nothing does."""
    groups = [_group(kind, look) for kind in _kinds(look.on)]
    return [*(group for group in groups if group.todos), *_counted(look)]


def _group(kind: _Kind, look: Look) -> Group:
    aside = look.ids_aside(kind.name)
    rows = kind.rows.filter(pk__in=aside)
    if not look.is_aside:
        rows = kind.rows.exclude(pk__in=aside) if aside else kind.rows
    found = list(rows.annotate(n_all=Window(Count("pk")))[:SHOWN])
    todos = [_todo(kind.name, row.pk, kind.told(row), look) for row in found]
    more = found[0].n_all - len(found) if found else 0
    return Group(kind.title, todos, more, kind.url)


def _counted(look: Look) -> Iterable[Group]:
    """Yield what is counted, not named, each as one thing: all of its kind."""
    for kind, title, told in (*_links(), *_days(look.on)):
        if look.shows(look.notes.get((kind, TodoNote.ALL))):
            todo = _todo(kind, TodoNote.ALL, told, look)
            yield Group(title, [todo], 0, todo.url)


def _todo(kind: str, noun_id: int, told: Told, look: Look) -> Todo:
    """Return one thing as it is told of, with who has it and until when it rests."""
    title, why, url, action = told
    note = look.notes.get((kind, noun_id))
    owner = note.owner if note else None
    return Todo(
        kind=kind,
        noun_id=noun_id,
        title=title,
        why=why,
        url=url,
        action=action,
        owner=str(owner) if owner else "",
        is_mine=owner is not None and owner.pk == look.me,
        until=note.snoozed_until if note and look.is_aside else None,
    )


def _kinds(on: date) -> Iterable[_Kind]:
    """Yield every kind whose things are named, most urgent first."""
    yield from _queries()
    yield from _proposals(on)
    yield from _alone(on)
    yield from _silent(on)
    yield from _loaded()


def _queries() -> Iterable[_Kind]:
    """Yield what schools ask about what is recorded of them."""
    yield _Kind(
        "query",
        "Queries of schools",
        PairingQuery.objects.open()
        .select_related("school", "pairing__mentor__school", "pairing__mentee__school")
        .order_by("asked_on", "pk"),
        _query,
        reverse("pairings"),
    )
    yield _Kind(
        "day_query",
        "Days that a school has queried",
        SupportDay.objects.filter(state=DayState.QUERIED)
        .with_all()
        .select_related("queried_for")
        .order_by("queried_on", "pk"),
        _day_query,
        f"{reverse('days')}?state=queried",
    )


def _proposals(on: date) -> Iterable[_Kind]:
    """Yield proposals that wait for an answer, and needs that were refused."""
    pairings, url = Pairing.objects.with_schools(), reverse("pairings")
    soon, lately = on + timedelta(days=SOON), on - timedelta(days=LATELY)
    unanswered = Q(state=State.ASKED) | Q(state=State.PROPOSED, answer_by__lte=soon)
    yield _Kind(
        "answer",
        "Proposals that wait for an answer",
        pairings.filter(unanswered).order_by("answer_by", "pk"),
        _answer,
        f"{url}?state=unanswered",
    )
    # Until somebody else is asked, or helps already.
    met = Pairing.objects.open().filter(
        mentee=OuterRef("mentee"), area=OuterRef("area")
    )
    refused = Q(state__in=[State.DECLINED, State.EXPIRED], since__gte=lately)
    yield _Kind(
        "refused",
        "Proposals that were declined or not answered",
        pairings.filter(~Exists(met), refused, mentee__state__in=IN_IT).order_by(
            "-since", "pk"
        ),
        _refused,
        f"{url}?state=declined",
    )


def _alone(on: date) -> Iterable[_Kind]:
    """Yield mentees that nobody leads, or will from some day on."""
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
    yield _Kind(
        "alone",
        "Mentees without a lead mentor",
        Membership.objects.mentees()
        .live_on(on)
        .filter(~Exists(leads), state="active")
        .annotate(helped_until=Subquery(ending))
        .select_related("school")
        .order_by(F("helped_until").asc(nulls_first=True), "school__name", "pk"),
        _without_lead,
        f"{reverse('memberships')}?role=mentee&state=active",
    )


def _silent(on: date) -> Iterable[_Kind]:
    """Yield pairings in which nobody came yet, or nothing is logged any more."""
    pairings, url = Pairing.objects.with_schools(), reverse("pairings")
    active = pairings.filter(state=State.ACTIVE)
    yield _Kind(
        "no_visit",
        f"No visit in the first {NO_VISIT} days",
        active.filter(
            latest_day__isnull=True, started__lte=on - timedelta(days=NO_VISIT)
        ).order_by("started", "pk"),
        _no_visit,
        f"{url}?state=active",
    )
    yield _Kind(
        "no_log",
        f"No day logged for {NO_LOG} days",
        active.filter(latest_day__lte=on - timedelta(days=NO_LOG)).order_by(
            "latest_day", "pk"
        ),
        _no_log,
        f"{url}?state=active",
    )


def _loaded() -> Iterable[_Kind]:
    """Yield mentors whose days are nearly all planned."""
    planned = planned_of(Pairing.objects.open().filter(mentor=OuterRef("pk")))
    yield _Kind(
        "load",
        "Mentors with nearly all their days planned, or more",
        Membership.objects.mentors()
        .filter(state="active", days_a_year__gt=0)
        .annotate(planned=counted(planned))
        .filter(planned__gte=NEARLY_FULL * F("days_a_year"))
        .select_related("school")
        .order_by(F("planned") * -1.0 / F("days_a_year"), "pk"),
        _load,
        reverse("mentors"),
    )


def _query(query: PairingQuery) -> Told:
    return (
        f"{query.school} asks about its pairing",
        f"Since {day_words(query.asked_on)}: {query.words}",
        reverse("pairing_query_answer", kwargs={"pk": query.pk}),
        "Answer",
    )


def _day_query(day: SupportDay) -> Told:
    since = day_words(day.queried_on) if day.queried_on else ""
    return (
        f"{day.queried_for or 'A school'} queries the day of {day_words(day.given_on)}",
        f"Since {since}: {day.query}",
        day.get_absolute_url(),
        "Look into it",
    )


def _answer(pairing: Pairing) -> Told:
    mentor, mentee = pairing.mentor.school, pairing.mentee.school
    if pairing.standing == State.ASKED:
        tell = reverse("pairing_step", kwargs={"pk": pairing.pk, "name": "tell"})
        asks = f"{mentor} wants to know more before it helps {mentee}"
        return asks, pairing.words, tell, "Answer"
    by = day_words(pairing.answer_by) if pairing.answer_by else ""
    return (
        f"{mentor} has not answered whether it helps {mentee}",
        f"Asked on {day_words(pairing.asked_on)}; it expires after {by}.",
        pairing.get_absolute_url(),
        "Open",
    )


def _refused(pairing: Pairing) -> Told:
    declined = pairing.standing == State.DECLINED
    said = f"declined: {pairing.reason}" if declined else "did not answer in time."
    propose = reverse("pairing_propose", kwargs={"pk": pairing.mentee_id})
    return (
        f"{pairing.mentee.school} needs another mentor for {pairing.area}",
        f"{pairing.mentor.school} {said}",
        f"{propose}?area={pairing.area_id}",
        "Find another",
    )


def _without_lead(mentee: Any) -> Told:
    until = mentee.helped_until
    why = (
        f"Its lead mentor helps until {day_words(until)}."
        if until
        else "Nobody is asked."
    )
    propose = reverse("pairing_propose", kwargs={"pk": mentee.pk})
    return f"{mentee.school} needs a lead mentor", why, propose, "Find one"


def _no_visit(pairing: Pairing) -> Told:
    return (
        f"{pairing.mentor.school} has not been to {pairing.mentee.school} yet",
        f"{pairing.area}; it began on {day_words(pairing.started)}.",
        pairing.get_absolute_url(),
        "Open",
    )


def _no_log(pairing: Pairing) -> Told:
    last = day_words(pairing.latest_day) if pairing.latest_day else ""
    return (
        f"{pairing.mentor.school} and {pairing.mentee.school} have logged nothing",
        f"{pairing.area}; the latest support day was {last}.",
        pairing.get_absolute_url(),
        "Open",
    )


def _load(mentor: Any) -> Told:
    share = round(100 * mentor.planned / mentor.days_a_year)
    return (
        f"{mentor.school} has {share}% of its days planned",
        f"{mentor.planned} of the {mentor.days_a_year} days a year that it offers.",
        mentor.get_absolute_url(),
        "Open",
    )


def _links() -> Iterable[tuple[str, str, Told]]:
    """Yield links between schools that wait for a decision, as one thing."""
    n_links = Succession.objects.waiting().count()
    if n_links:
        told = (
            number(n_links, "link between schools waits", "links between schools wait"),
            "Which school continues which is not plain by rule.",
            reverse("successions"),
            "Decide",
        )
        yield "links", "Successions", told


def _days(on: date) -> Iterable[tuple[str, str, Told]]:
    """Yield days that wait to be confirmed, as one thing, once some are a week old."""
    old = Count("pk", filter=Q(logged_on__lte=on - timedelta(days=WAITS)))
    waiting = SupportDay.objects.filter(state=DayState.WAITING)
    days = waiting.aggregate(n=Count("pk"), old=old)
    if days["old"]:
        waits = number(days["n"], "entry waits", "entries wait")
        told = (
            f"{waits} to be confirmed, {days['old']:,} for a week",
            "Silence confirms them in time; a word to the schools is quicker.",
            f"{reverse('days')}?state=waiting",
            "See them",
        )
        yield "days", "Days not confirmed", told
