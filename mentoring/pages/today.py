"""What needs programme staff today, most urgent first, each with its action."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    IntegerField,
    QuerySet,
    Sum,
    Value,
    When,
    Window,
)
from django.urls import reverse

from mentoring.models import Pairing, PairingQuery, SupportDay, TodoNote
from mentoring.pages.parts import day_words
from mentoring.steps.pairing import State
from mentoring.todos import (
    NO_LOG,
    NO_VISIT,
    things,
    waiting_days,
    waits_long,
)
from schools.models import Succession
from schools.naming import counted

SHOWN = 6
"""Things of a kind that are named; the others are a click away."""

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
    """Things of one kind; `more` counts those that are not named, at `url`.

    `n_aside` of the kind are put aside, whatever is shown.
    """

    title: str
    todos: Sequence[Todo]
    more: int
    url: str
    n_aside: int


@dataclass(frozen=True, slots=True)
class StaffPage:
    """What is shown, in groups, the most urgent first, and how many are put aside."""

    groups: Sequence[Group]
    n_aside: int

    @property
    def total(self) -> int:
        """Return how many things are shown, named or not."""
        return sum(len(group.todos) + group.more for group in self.groups)


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

    def ids_aside(self, kind: str) -> list[int]:
        """Return the ids of the things of a kind that are put aside."""
        return [
            noun_id
            for (name, noun_id), note in self.notes.items()
            if name == kind and note.is_aside_on(self.on)
        ]


def notes_held() -> Notes:
    """Return who has what, and what is put aside, by kind and id.

    Notes on what was resolved are among them; the page counts what is there.
    """
    noted = TodoNote.objects.select_related("owner")
    return {(note.kind, note.noun_id): note for note in noted}


def staff_page(look: Look) -> StaffPage:
    """Return what needs somebody; no group where nothing does."""
    groups = [_group(kind, look) for kind in _kinds(look.on)]
    groups += _counted(look)
    shown = [group for group in groups if group.todos]
    return StaffPage(shown, sum(group.n_aside for group in groups))


def _group(kind: _Kind, look: Look) -> Group:
    """Return the first things of a kind, and how many there are, in one query."""
    rests = Case(
        When(pk__in=look.ids_aside(kind.name), then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    rows = kind.rows.annotate(rests=rests).annotate(
        n_all=Window(Count("pk")), n_aside=Window(Sum("rests"))
    )
    wanted_first = "-rests" if look.is_aside else "rests"
    found = list(rows.order_by(wanted_first, *kind.rows.query.order_by)[:SHOWN])
    n_aside = found[0].n_aside if found else 0
    n_shown = found[0].n_all - n_aside if found and not look.is_aside else n_aside
    todos = [
        _todo(kind.name, row.pk, kind.told(row), look)
        for row in found
        if row.rests == look.is_aside
    ]
    return Group(kind.title, todos, n_shown - len(todos), kind.url, n_aside)


def _counted(look: Look) -> Iterable[Group]:
    """Yield what is counted, not named, each as one thing: all of its kind."""
    for kind, title, told in (*_links(), *_days(look.on)):
        is_aside = TodoNote.ALL in look.ids_aside(kind)
        todo = _todo(kind, TodoNote.ALL, told, look)
        todos = [todo] if is_aside == look.is_aside else []
        yield Group(title, todos, 0, todo.url, int(is_aside))


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
    pairings, days = reverse("pairings"), reverse("days")
    members, active = reverse("memberships"), f"{pairings}?state=active"
    says: Mapping[str, tuple[str, Callable[[Any], Told], str]] = {
        "query": ("Queries of schools", _query, pairings),
        "day_query": (
            "Days that a school has queried",
            _day_query,
            f"{days}?state=queried",
        ),
        "answer": (
            "Proposals that wait for an answer",
            _answer,
            f"{pairings}?state=unanswered",
        ),
        "refused": (
            "Proposals that were declined or not answered",
            _refused,
            f"{pairings}?state=refused",
        ),
        "alone": (
            "Mentees without a lead mentor",
            _without_lead,
            f"{members}?role=mentee&state=active",
        ),
        "no_visit": (f"No visit in the first {NO_VISIT} days", _no_visit, active),
        "no_log": (f"No day logged for {NO_LOG} days", _no_log, active),
        "load": (
            "Mentors with nearly all their days planned, or more",
            _load,
            reverse("mentors"),
        ),
    }
    for name, rows in things(on).items():
        title, told, url = says[name]
        yield _Kind(name, title, rows, told, url)


def _query(query: PairingQuery) -> Told:
    return (
        f"{query.school} asks about its pairing",
        f"Since {day_words(query.asked_on)}: {query.words}",
        reverse("pairing_query_answer", kwargs={"pk": query.pk}),
        "Answer",
    )


def _day_query(day: SupportDay) -> Told:
    since = day_words(day.queried_on) if day.queried_on else ""
    whose = f"{day.giver.name}'s day of {day_words(day.given_on)}"
    return (
        f"{day.queried_for} queries {whose}",
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
            counted(
                n_links, "link between schools waits", "links between schools wait"
            ),
            "Which school continues which is not plain by rule.",
            reverse("successions"),
            "Decide",
        )
        yield "links", "Successions", told


def _days(on: date) -> Iterable[tuple[str, str, Told]]:
    """Yield days that wait to be confirmed, as one thing, once some are a week old."""
    old = Count("pk", filter=waits_long(on))
    days = waiting_days().aggregate(n=Count("pk"), old=old)
    if days["old"]:
        waits = counted(days["n"], "entry waits", "entries wait")
        told = (
            f"{waits} to be confirmed, {days['old']:,} for a week",
            "Silence confirms them in time; a word to the schools is quicker.",
            f"{reverse('days')}?state=waiting",
            "See them",
        )
        yield "days", "Days not confirmed", told
