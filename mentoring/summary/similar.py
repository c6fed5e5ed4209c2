"""What programme schools gained more than similar schools, their start allowed for."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from mentoring.models import EligibilityEntry, Programme
from mentoring.summary.checks import checks
from mentoring.summary.held import Held
from mentoring.summary.mentees import Mentee
from results.figures.adjusted import Adjusted, Compared, adjusted_difference
from results.figures.gains import Gain, NoGain, gain
from results.figures.placebo import placebo_share
from results.figures.programme import MIN_SCHOOLS
from schools.models import Establishment

COVARIATE_WORDS = {
    "base": "the result of the base year",
    "value_added": "value added",
    "percent_fsm": "the share of pupils with free school meals",
}
Scores = Mapping[int, Mapping[int, float]]
"""The value added by which a year's list was made: year, then school."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of schools before they joined: value added, free school meals."""

    scores: Scores
    meals: Mapping[int, float]

    def compared(
        self,
        school: int,
        found: Gain,
        *,
        is_programme: bool = False,
        mentor: int | None = None,
    ) -> Compared:
        """Return a school's row of the comparison; `mentor` is its lead's school."""
        base = found.base
        assert base.value is not None  # a gain has both its ends
        return Compared(
            school=school,
            wave=base.year,
            is_programme=is_programme,
            gain=found.per_year,
            base=base.value,
            value_added=self.scores.get(base.year, {}).get(school),
            percent_fsm=self.meals.get(school),
            mentor=mentor,
        )


def similar_facts(
    programme: Programme, held: Held, mentees: Sequence[Mentee]
) -> dict[str, Any]:
    """Return the adjusted difference in points a year, or the reason there is none.

    Each wave is held against the schools of its own base year's list that never were
    mentees, from that year to the latest one. Source: analysis of covariance within
    the bottom quarter, `results.figures.adjusted`.
    """
    bases = {each.years.base for each in mentees if isinstance(each.gain, Gain)}
    scores, pools = _lists(bases, {each.school for each in mentees})
    known = Known(scores, _meals())
    rows = [
        known.compared(each.school, each.gain, is_programme=True, mentor=each.lead)
        for each in mentees
        if isinstance(each.gain, Gain)
    ]
    for base in bases:
        found = _gains(held, pools[base], base, programme.min_analyse)
        rows += [known.compared(school, each) for school, each in found.items()]
    estimate = adjusted_difference(rows)
    if not isinstance(estimate, Adjusted):
        return facts_of(estimate)
    others = [each for each in rows if not each.is_programme]
    measure = next(g.gain for g in mentees if isinstance(g.gain, Gain)).base.measure
    return facts_of(estimate) | {
        "share_gained": sum(each.gain > 0 for each in others) / len(others),
        "as_much": as_much(estimate.programme, others),
        "levels": levels(held, rows),
        "checks": checks(programme, held, rows, measure),
    }


def as_much(gain: float, others: Sequence[Compared]) -> list[int]:
    """Return how many similar schools gained as much as `gain`, and of how many.

    One that stands in several waves counts once, by its gain from the first of them.
    """
    latest_first = sorted(others, key=lambda each: -each.wave)
    found = placebo_share(gain, {e.school: e.gain for e in latest_first}.values())
    return [found.at_least, found.of]


def levels(held: Held, rows: Sequence[Compared]) -> list[list[Any]]:
    """Return the mean level of similar schools by year; None for fewer than three.

    Each wave's schools weigh as its programme schools do, as in the comparison.
    """
    waves = sorted({row.wave for row in rows})
    weights = [
        sum(row.is_programme and row.wave == wave for row in rows) for wave in waves
    ]
    found: list[list[Any]] = []
    for year in held.years:
        means = []
        for wave in waves:
            values = [
                figure.value
                for row in rows
                if row.wave == wave and not row.is_programme
                if (figure := held.schools[int(str(row.school))].get(year))
                and figure.value is not None
            ]
            if len(values) >= MIN_SCHOOLS:
                means.append(fmean(values))
        whole = len(means) == len(waves)
        found.append([year, fmean(means, weights) if whole else None])
    return found


def facts_of(estimate: Adjusted | NoGain) -> dict[str, Any]:
    """Return an estimate as it is stored, or the reason there is none."""
    if not isinstance(estimate, Adjusted):
        return {"reason": str(estimate.reason), "sentence": estimate.sentence}
    return {
        "difference": estimate.difference,
        "low": estimate.likely.low,
        "high": estimate.likely.high,
        "plain": [estimate.plain.low, estimate.plain.high],
        "n_mentors": estimate.n_mentors,
        "is_told_apart": estimate.is_told_apart,
        "programme": estimate.programme,
        "comparison": estimate.comparison,
        "by_start": estimate.by_start,
        "n_programme": estimate.n_programme,
        "n_comparison": estimate.n_comparison,
        "n_waves": estimate.n_waves,
        "allowed_for": [COVARIATE_WORDS[name] for name in estimate.slopes],
        "dropped": [COVARIATE_WORDS[name] for name in estimate.dropped],
    }


def _lists(
    bases: Collection[int], inside: Collection[int]
) -> tuple[Scores, Mapping[int, set[int]]]:
    """Return each year's scores, and the eligible schools that never were mentees.

    Where a year has several lists the latest one's scores stand.
    """
    scores: dict[int, dict[int, float]] = defaultdict(dict)
    pools: dict[int, set[int]] = defaultdict(set)
    rows = EligibilityEntry.objects.filter(list__year__in=bases).order_by("list_id")
    columns = ("list__year", "school_id", "value", "standing")
    for year, school, value, standing in rows.values_list(*columns):
        if value is not None:
            scores[year][school] = value
        if standing == EligibilityEntry.Standing.ELIGIBLE and school not in inside:
            pools[year].add(school)
    return scores, pools


def _meals() -> dict[int, float]:
    """Return the share of pupils with free school meals, 0 to 100, where known."""
    rows = Establishment.objects.filter(percent_fsm__isnull=False).order_by("urn")
    found = rows.values_list("school_id", "percent_fsm")
    return {school: percent for school, percent in found if percent is not None}


def outside_gains(
    held: Held, bases: Collection[int], inside: Collection[int], *, min_analyse: int
) -> dict[int, list[float]]:
    """Return by wave what the entitled schools gained a year that never joined."""
    _, pools = _lists(bases, inside)
    return {
        base: [
            each.per_year
            for each in _gains(held, pools[base], base, min_analyse).values()
        ]
        for base in bases
    }


def _gains(
    held: Held, pool: Collection[int], base: int, min_analyse: int
) -> dict[int, Gain]:
    """Return the gains of a wave's pool, of the schools that have both years."""
    found = {}
    for school in sorted(pool) if held.latest_year else ():
        series = held.schools.get(school, {})
        each = gain(series, base, held.latest_year or 0, held.breaks, min_analyse)
        if isinstance(each, Gain) and not each.is_latest_earlier:
            found[school] = each
    return found
