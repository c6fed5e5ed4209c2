"""The programme's dashboard, worked out from what is held."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from mentoring.models import Programme
from mentoring.summary.breakdown import breakdown
from mentoring.summary.held import Held
from mentoring.summary.levels import lines
from mentoring.summary.mentees import Mentee, left_out, waves
from mentoring.summary.places import place_facts
from mentoring.summary.rest_of_england import rest_facts
from mentoring.summary.rest_of_quarter import rest_of_quarter
from mentoring.summary.school import england_facts
from mentoring.summary.similar import similar_facts
from mentoring.summary.sources import sources_of
from mentoring.summary.where import Where
from results.charts.swarm import MOST, bins_of
from results.figures.england import EnglandGain, england_gain, window_of
from results.figures.gains import Gain, NoGain
from results.figures.headline import measure_of
from results.figures.intervals import Interval, t_quantile
from results.figures.programme import (
    MIN_SCHOOLS,
    Member,
    ProgrammeGain,
    ProgrammeHeadline,
    programme_headline,
)
from results.figures.ratio import ratio_interval, ratio_to_national
from results.figures.reasons import Reason
from results.figures.resampling import MeanIntervals, mean_intervals


def summarise(
    programme: Programme,
    held: Held,
    mentees: Sequence[Mentee],
    mentors: Collection[int],
    where: Mapping[int, Where],
) -> dict[str, Any]:
    """Return the facts of the dashboard; every number with its years and counts.

    `where` has an entry for every one of `mentees` and `mentors`.
    """
    if not mentees or held.latest_year is None:
        return {"joined": len(mentees), "is_empty": True}
    latest = measure_of(held.headlines, held.latest_year)
    members = [Member(each.gain, each.is_in_programme) for each in mentees]
    headline = programme_headline(members)
    counted = [each for each in mentees if isinstance(each.gain, Gain)]
    gains = [each.gain for each in counted if isinstance(each.gain, Gain)]
    facts: dict[str, Any] = {
        "is_empty": False,
        "measure": latest.measure if latest else "",
        "measure_name": latest.name if latest else "",
        "is_share": bool(latest and latest.measure in held.shares),
        "latest_year": held.latest_year,
        "min_rank": programme.min_rank,
        **counts(mentees, counted, gains),
        "gain": gain_facts(headline.all_who_joined),
        "still": still_facts(headline),
        "lines": lines(held, counted, mentees),
        "places": place_facts(mentees, mentors, where),
        "seams": [
            {"year": seam.year, "sentences": seam.sentences} for seam in held.seams
        ],
        "cautions": cautions(gains),
        "sources": sources_of(
            programme,
            latest.measure if latest else "",
            {year for each in gains for year in (each.base.year, each.last.year)},
        ),
    }
    if isinstance(headline.all_who_joined, NoGain):
        return facts
    likely = likely_of(counted)
    facts["gain"] |= range_facts(likely, counted)
    england = england_beside(held, gains)
    facts["england"] = england_facts(england)
    facts["rest"] = rest_facts(held, mentees, gains, england)
    if isinstance(england, EnglandGain):
        ours = headline.all_who_joined
        facts["ratio"] = ratio_facts(ours, england, likely.headline)
    return facts | compared(programme, held, mentees, counted, where)


def england_beside(held: Held, gains: Sequence[Gain]) -> EnglandGain | NoGain:
    """Return what England gained over the years of `gains`, or why it is not known."""
    return england_gain(
        held.england_of(gains[0].base.measure),
        [window_of(each) for each in gains],
        held.breaks,
    )


def counts(
    mentees: Sequence[Mentee], counted: Sequence[Mentee], gains: Sequence[Gain]
) -> dict[str, Any]:
    """Return how many joined, how many of them count and how, and who does not."""
    return {
        "joined": len(mentees),
        "counted": len(counted),
        "part_year": sum(each.years.is_part_year for each in counted),
        "earlier_year": sum(each.is_latest_earlier for each in gains),
        "small": sum(each.is_small for each in gains),
        "gone": sum(not each.is_in_programme for each in mentees),
        "left_out": left_out(mentees),
        "waves": waves(mentees),
    }


def compared(
    programme: Programme,
    held: Held,
    mentees: Sequence[Mentee],
    counted: Sequence[Mentee],
    where: Mapping[int, Where],
) -> dict[str, Any]:
    """Return what stands beside the programme's mean: its groups, and the quarter."""
    return {
        "spread": spread_facts(counted),
        "breakdown": breakdown(held, counted, where),
        "quarter": rest_of_quarter(held, mentees, min_analyse=programme.min_analyse),
        "similar": similar_facts(programme, held, mentees),
    }


def gain_facts(found: ProgrammeGain | NoGain) -> dict[str, Any]:
    """Return the mean gain with what it rests on, or the reason there is none."""
    if isinstance(found, NoGain):
        return {"reason": str(found.reason), "sentence": found.sentence}
    return {
        "per_year": found.per_year,
        "pupil_weighted": found.pupil_weighted,
        "pooled": found.pooled,
        "n_schools": found.n_schools,
        "n_weighted": found.n_weighted,
        "n_pupils": found.n_pupils,
        "first_base": found.first_base,
        "last": found.last,
        "release": int(found.release),
        "is_weighing_important": found.is_weighing_important,
    }


def range_facts(found: MeanIntervals, counted: Sequence[Mentee]) -> dict[str, Any]:
    """Return the mean's likely range, and what stands beside it.

    `low` and `high` are by lead mentor, `plain` by school; `bootstrap` over mentors is
    None from 20 of them on, and where none has two schools. `n_mentors` counts those
    known, `n_alone` the schools without one.
    """
    bootstrap = found.bootstrap if found.n_clusters < len(counted) else None
    return {
        "low": found.headline.low,
        "high": found.headline.high,
        "plain": [found.plain.low, found.plain.high],
        "bootstrap": [bootstrap.low, bootstrap.high] if bootstrap else None,
        "n_mentors": len({each.lead for each in counted} - {None}),
        "n_alone": sum(each.lead is None for each in counted),
    }


def likely_of(counted: Sequence[Mentee]) -> MeanIntervals:
    """Return the ranges of the mean gain; a school without a lead is by itself."""
    values, clusters = [], []
    for each in counted:
        if isinstance(each.gain, Gain):
            values.append(each.gain.per_year)
            alone = ("school", each.school)
            clusters.append(alone if each.lead is None else ("mentor", each.lead))
    return mean_intervals(values, clusters)


def still_facts(headline: ProgrammeHeadline) -> dict[str, Any]:
    """Return the mean gain of those still in; hidden where it gives few leavers away.

    Taken from the mean of all, it would leave the mean of one or two schools.
    """
    everyone, still = headline.all_who_joined, headline.still_in_programme
    if isinstance(everyone, ProgrammeGain) and isinstance(still, ProgrammeGain):
        left = everyone.n_schools - still.n_schools
        if 0 < left < MIN_SCHOOLS:
            return gain_facts(NoGain(Reason.TOO_FEW_SCHOOLS))
    return gain_facts(still)


def spread_facts(counted: Sequence[Mentee]) -> dict[str, Any]:
    """Return every counted school with its gain, and how many lie in each bin.

    `dots` is empty above `MOST` schools: the bins stand for them then.
    """
    dots = sorted(
        (each.gain.per_year, each.name, each.school)
        for each in counted
        if isinstance(each.gain, Gain)
    )
    bins = bins_of([dot[0] for dot in dots])
    return {
        "n_gained": sum(dot[0] > 0 for dot in dots),
        "dots": dots if len(dots) <= MOST else [],
        "bins": [[each.low, each.high, each.n_schools] for each in bins],
    }


def ratio_facts(
    ours: ProgrammeGain, england: EnglandGain, likely: Interval
) -> dict[str, Any]:
    """Return the ratio to England's gain, or why it is not given; the difference.

    With the ratio stands its range: that of our mean, `likely`, over England's gain,
    which is taken as known.
    """
    ratio = ratio_to_national(ours.per_year, england.per_year)
    limits = None
    if ratio.value is not None:
        assert likely.standard_error is not None  # Student's t has both
        assert likely.df is not None
        limits = ratio_interval(
            likely.estimate,
            likely.standard_error,
            england.per_year,
            t_quantile(likely.df),
        )
    return {
        "value": ratio.value,
        "likely": limits,
        "difference": ratio.difference,
        "reason": str(ratio.reason or ""),
        "sentence": ratio.reason.sentence if ratio.reason else "",
    }


def cautions(gains: Sequence[Gain]) -> list[dict[str, Any]]:
    """Return the breaks to be cautious of that any counted gain crosses."""
    met = {each.year: each for one in gains for each in one.cautioned_by}
    return [{"year": year, "sentence": met[year].sentence} for year in sorted(met)]
