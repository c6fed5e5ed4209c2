"""The bottom quarter by value added, from the scores that are held.

The rule is in `results.figures.quarter`; this reads what it needs, once, and gives the
outcome with everything a page, a command or a frozen list says about it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from mentoring.models import Programme
from results.figures.figure import Release, weaker
from results.figures.quarter import (
    Candidate,
    Eligibility,
    Exclusion,
    Quarter,
    eligibility,
)
from results.models import Measure, Result
from results.models.choices import Population
from results.models.result import ResultQuerySet
from schools.models import ImportRun

OTHER_URN = "other_urn"
"""The reason for a URN whose school stands under another of its URNs."""

_OTHER_URN_SENTENCE = "The school had results under two URNs and is counted once."


def exclusion_sentence(reason: str) -> str:
    """Return why a school was not counted, as a sentence for a page."""
    if reason == OTHER_URN:
        return _OTHER_URN_SENTENCE
    return Exclusion(reason).sentence


@dataclass(frozen=True, slots=True)
class Score:
    """What one URN's current figure is, and whose it is.

    `type_group` is what the results themselves say of the kind of school, else the
    register; `missing` why no value was published.
    """

    urn: int
    school_id: int
    value: float | None
    cohort: int | None
    type_group: str
    release: int
    run_id: int
    missing: str = ""


@dataclass(frozen=True, slots=True)
class ExclusionCount:
    """How many schools one reason left out, and how many of them had a score."""

    reason: str
    schools: int
    with_score: int

    @property
    def sentence(self) -> str:
        """Return the reason as a sentence for a page."""
        return exclusion_sentence(self.reason)


@dataclass(frozen=True, slots=True)
class BottomQuarter:
    """What the rule makes of one measure and year.

    `scores` maps every URN that stood in the results to its score; the ids in
    `outcome` are URNs. `runs` are the imports the scores came from, and `refused` the
    URNs whose scores they refused because nobody knew them.
    """

    measure: Measure
    year: int
    population: str
    min_cohort: int
    scores: Mapping[int, Score]
    outcome: Eligibility
    excluded: Mapping[int, str]
    runs: tuple[ImportRun, ...]
    refused: frozenset[str]

    @property
    def quarter(self) -> Quarter | None:
        """Return the cut and its counts; None when no school is counted."""
        return self.outcome.quarter

    @property
    def with_value(self) -> int:
        """Return how many URNs had a score."""
        return sum(each.value is not None for each in self.scores.values())

    @property
    def without_value(self) -> int:
        """Return how many URNs stood in the results without a score."""
        return len(self.scores) - self.with_value

    @property
    def eligible(self) -> frozenset[int]:
        """Return the URNs in the bottom quarter."""
        return frozenset(int(urn) for urn in self.outcome.eligible)

    @property
    def near_misses(self) -> frozenset[int]:
        """Return the URNs just above the cut."""
        return frozenset(int(urn) for urn in self.outcome.near_misses)

    @property
    def tied(self) -> int:
        """Return how many counted schools have exactly the score of the cut."""
        if self.quarter is None:
            return 0
        cut = self.quarter.cut
        return sum(self.scores[int(urn)].value == cut for urn in self.outcome.counted)

    @property
    def release(self) -> Release | None:
        """Return the weakest release among the scores that counted."""
        counted = [Release(self.scores[int(u)].release) for u in self.outcome.counted]
        return weaker(*counted) if counted else None

    @property
    def exclusions(self) -> list[ExclusionCount]:
        """Return the reasons for leaving schools out, the commonest first."""
        schools, scored = Counter[str](), Counter[str]()
        for urn, reason in self.excluded.items():
            schools[reason] += 1
            scored[reason] += self.scores[urn].value is not None
        ordered = sorted(schools.items(), key=lambda each: (-each[1], each[0]))
        return [ExclusionCount(why, n, scored[why]) for why, n in ordered]

    @property
    def source(self) -> str:
        """Return the files the scores came from and when they were imported."""
        days = ((run.file_name, timezone.localdate(run.ended_at)) for run in self.runs)
        return "; ".join(
            f"{name}, imported on {day.day} {day:%B %Y}" for name, day in days
        )

    @property
    def rule(self) -> str:
        """Return the rule in words, with the files it was applied to."""
        pupils = Population(self.population).label
        return (
            "Counted: maintained mainstream schools, academies and city technology "
            f"colleges with a published {self.measure} score for {self.year} "
            f"({pupils}) and at least {self.min_cohort} pupils in the cohort. "
            "The cut is the score of the school a quarter of the way up from the "
            "lowest, rounded up; every school at or below it is in, ties included. "
            "Each score is of its latest release; a school with results under two URNs "
            f"is counted once. Source: {self.source or 'not known'}."
        )


def bottom_quarter(programme: Programme, measure: Measure, year: int) -> BottomQuarter:
    """Return who was in the bottom quarter by `measure` in the summer of `year`.

    Only one population of pupils is used: the programme's, or where the measure was
    not published for it, the one it was published for.
    """
    held = Result.objects.filter(measure=measure, year=year)
    known = sorted(held.values_list("population", flat=True).distinct())
    population = programme.population
    if known and population not in known:
        population = known[0]
    scores = scores_of(held.filter(population=population))
    standing = one_for_each_school(scores.values())
    outcome = eligibility(
        [candidate(scores[urn]) for urn in scores if urn in standing],
        min_cohort=programme.min_analyse,
    )
    others = {urn: OTHER_URN for urn in scores if urn not in standing}
    run_ids = {each.run_id for each in scores.values()}
    runs = tuple(ImportRun.objects.filter(pk__in=run_ids).order_by("pk"))
    return BottomQuarter(
        measure=measure,
        year=year,
        population=population,
        min_cohort=programme.min_analyse,
        scores=scores,
        outcome=outcome,
        excluded={int(urn): str(why) for urn, why in outcome.excluded.items()} | others,
        runs=runs,
        refused=_refused(runs, f"{measure.pk} {year}", scores),
    )


def scores_of(held: ResultQuerySet) -> dict[int, Score]:
    """Return the current score of every URN in `held`, of one measure and year."""
    rows = held.current().order_by("establishment_id")
    return {
        row[0]: Score(*row)
        for row in rows.values_list(
            "establishment_id",
            "establishment__school_id",
            "value",
            "cohort",
            Coalesce(NullIf("type_group", Value("")), "establishment__type_group"),
            "release",
            "run_id",
            "reason",
        )
    }


def _refused(
    runs: Iterable[ImportRun], figure: str, scores: Mapping[int, Score]
) -> frozenset[str]:
    """Return the URNs whose `figure` was refused by `runs` and is not held since."""
    return frozenset(
        row["value"]
        for run in runs
        for row in run.refused_rows
        if figure in row.get("figures", ())
    ) - {str(urn) for urn in scores}


def candidate(score: Score) -> Candidate:
    """Return what the rule looks at in a score."""
    # A school with results that year counts as open, so the day it closed is not asked.
    return Candidate(score.urn, score.value, score.cohort, score.type_group or None)


def one_for_each_school(scores: Iterable[Score]) -> set[int]:
    """Return the URN under which each school stands.

    A URN with a score goes before one without, then the later URN: the school that
    goes on. The same choice is made wherever a school's figures are shown.
    """
    best: dict[int, tuple[bool, int]] = {}
    for each in scores:
        claim = (each.value is not None, each.urn)
        best[each.school_id] = max(claim, best.get(each.school_id, claim))
    return {urn for _, urn in best.values()}
