"""What the figures lack, each with the way to put it right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from mentoring.models import ImpactSummary, Programme
from mentoring.permissions import Permission
from schools.models import ImportRun, Succession

LAST_IMPORTS = 5
Lacking = Mapping[str, Any] | None
"""How many schools lack a thing, and the first of them, as `summary.health` counts."""
DECIDE, IMPORT = Permission.DECIDE_SUCCESSION, Permission.CHANGE_IMPORTS


@dataclass(frozen=True, slots=True)
class Named:
    """Something a finding names, with its page."""

    name: str
    url: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """The page that puts a finding right, for those who may open it."""

    label: str
    url: str
    permission: Permission


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: a sentence, how many are wrong, and what to do.

    `count` 0 is well, and None not counted yet; `named` are some or all of what is
    wrong. `is_stored` where it was counted when the figures were last worked out, and
    not as the page is opened.
    """

    key: str
    title: str
    sentence: str
    count: int | None
    named: Sequence[Named] = ()
    ways: Sequence[Way] = field(default_factory=tuple)
    is_stored: bool = False

    @property
    def is_well(self) -> bool:
        """Return whether nothing is wrong."""
        return self.count == 0

    @property
    def n_more(self) -> int:
        """Return how many are wrong besides those named."""
        return (self.count or 0) - len(self.named) if self.named else 0


def findings(programme: Programme, stored: ImpactSummary | None) -> list[Finding]:
    """Return everything looked at, what is wrong first.

    `stored` holds the figures as last worked out, None before the first time. What
    schools lack was counted with them: to count it here would go through them all.
    """
    lacking = stored.health if stored else {}
    found = [
        stale_figures(programme, stored),
        years_without_england(stored.line if stored else {}),
        schools_without_results(lacking.get("results")),
        waiting_successions(),
        closed_schools(lacking.get("closed")),
        schools_without_place(lacking.get("place")),
    ]
    return sorted(found, key=lambda each: each.is_well)


def stale_figures(programme: Programme, stored: ImpactSummary | None) -> Finding:
    """Return whether pages show figures that something has changed since."""
    sentence = "Pages show figures that take in every change."
    if stored is None:
        sentence = "No figures have been worked out yet: import schools and results."
    elif programme.is_stale:
        sentence = (
            "Something the figures rest on has changed since they were worked out. "
            "The worker takes it in within seconds; if this stays, no worker is "
            "running: start one with manage.py worker, or run manage.py recompute."
        )
    return Finding(
        key="stale",
        title="Figures up to date",
        sentence=sentence,
        count=int(stored is None or programme.is_stale),
        ways=[Way("See the imports", reverse("imports"), Permission.SEE_IMPORTS)],
    )


def years_without_england(line: Mapping[str, Any]) -> Finding:
    """Return the years with schools' results but no figure of England to compare.

    `line` is what all schools' lines share, as it was last worked out.
    """
    measures, england = line.get("measures", {}), line.get("england", {})
    lacking = [
        Named(f"{year}: {measures[str(year)][1]}", "")
        for year in line.get("years", [])
        if str(year) not in england and str(year) in measures
    ]
    return Finding(
        key="england",
        title="Years without a figure of England",
        sentence=(
            "Schools have results for these years, but there is no figure of England "
            "for the same measure, pupils and schools to set beside them."
            if lacking
            else "Every year with schools\u2019 results has England\u2019s figure."
        ),
        count=len(lacking),
        named=lacking,
        ways=[
            Way("Import national figures", reverse("upload_new"), IMPORT),
            Way("See England\u2019s figures", reverse("method"), Permission.SEE_IMPACT),
        ],
    )


def schools_without_results(lacking: Lacking) -> Finding:
    """Return the schools in the programme that have no result at all."""
    return _of_schools(
        "results",
        "Programme schools without results",
        "These schools are in the programme and have no result of any year.",
        "Every school in the programme has results.",
        lacking,
        [
            Way("Import results", reverse("upload_new"), IMPORT),
            Way("Decide successions", reverse("successions"), DECIDE),
        ],
    )


def waiting_successions() -> Finding:
    """Return how many links between schools wait for a person."""
    waiting = Succession.objects.waiting().count()
    return Finding(
        key="successions",
        title="Links between schools that wait for a decision",
        sentence=(
            "Until each is decided, a school that changed its URN may seem to have no "
            "earlier results."
            if waiting
            else "No link between schools waits for a decision."
        ),
        count=waiting,
        ways=[Way("Decide them", reverse("successions"), DECIDE)],
    )


def closed_schools(lacking: Lacking) -> Finding:
    """Return the schools in the programme that closed, or are to close."""
    return _of_schools(
        "closed",
        "Closed schools in the programme",
        "The register says these are closed or are to close, and they have not left.",
        "No school in the programme is closed or to close.",
        lacking,
        [Way("Record what became of them", reverse("successions") + "#closed", DECIDE)],
    )


def schools_without_place(lacking: Lacking) -> Finding:
    """Return the schools in the programme that the map cannot show."""
    return _of_schools(
        "place",
        "Programme schools without a place",
        "The register gives these no place, so the map of Impact leaves them out.",
        "Every school in the programme has a place in the register.",
        lacking,
        [Way("Import the register", reverse("upload_new"), IMPORT)],
    )


def _of_schools(  # noqa: PLR0917 -- a finding's parts, in its own order
    key: str,
    title: str,
    wrong: str,
    well: str,
    lacking: Lacking,
    ways: Sequence[Way],
) -> Finding:
    """Return a finding about schools from what was counted; None: it never was."""
    if lacking is None:
        later = "Not counted yet: the worker counts it with the figures."
        return Finding(key, title, later, count=None)
    return Finding(
        key=key,
        title=title,
        sentence=wrong if lacking["count"] else well,
        count=lacking["count"],
        named=[
            Named(name, reverse("school", kwargs={"pk": pk}))
            for pk, name in lacking["named"]
        ],
        ways=ways,
        is_stored=True,
    )


def last_imports() -> list[ImportRun]:
    """Return the latest imports with who ran them, newest first."""
    runs = ImportRun.objects.select_related("by").latest_first()
    return list(runs.defer("refused_rows", "notes")[:LAST_IMPORTS])
