"""The programme's dashboard in words: the finding, four figures, the line, who counts.

The wording is careful on purpose: schools "gained", a ratio never stands without the
difference beside it, and what chance could have done is said to be so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mentoring.pages.checks import Checks, checks_of
from mentoring.pages.parts import (
    Chart,
    KeyFigure,
    day_words,
    draw,
    in_brackets,
    mismatch_sentence,
    release_word,
    seam_label,
    span,
    unit_words,
)
from mentoring.pages.places import places_chart
from mentoring.pages.spread import spread_chart
from mentoring.pages.verdict import Verdict, verdict
from results.charts.line import Line, Mark, Point
from results.charts.scale import summer_position
from results.figures.display import points, signed
from results.figures.ratio import ratio_words

NOT_MORE = "We cannot tell this apart from what similar schools gained."
NO_DIFFERENCE = "We cannot tell this apart from no difference."
RETURN_TO_NORMAL = (
    "Part of any such rise is return to normal after a poor year: schools join after "
    "one, and some would have recovered without help."
)
MOST_SOURCES = 4
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ImpactPage:
    """What the dashboard shows; `figures` and `chart` are absent before any result."""

    title: str
    sentences: Sequence[str]
    figures: Sequence[KeyFigure] = ()
    verdict: Verdict | None = None
    chart: Chart | None = None
    spread: Chart | None = None
    places: Chart | None = None
    checks: Checks | None = None
    facts: Facts | None = None
    notes: Sequence[str] = ()
    worked_out: str = ""


def impact_page(
    facts: Facts, *, population: str, coverage: str, on: date
) -> ImpactPage:
    """Return the dashboard of `facts`, as `mentoring.summary.impact` made them."""
    worked_out = f"Worked out on {day_words(on)}."
    if facts.get("is_empty", True):
        return ImpactPage(
            title="No programme school has results to compare yet",
            sentences=[
                "This page shows how much mentee schools gained, beside England, once "
                "schools have joined and their results are imported."
            ],
            worked_out=worked_out,
        )
    scope = f"{facts['measure_name']}; {population}"
    return ImpactPage(
        title=title(facts),
        sentences=sentences(facts),
        figures=key_figures(facts, scope, coverage),
        verdict=verdict(facts["similar"]) if "similar" in facts else None,
        chart=chart(facts, population, coverage),
        spread=spread_chart(facts),
        places=places_chart(facts["places"]) if "places" in facts else None,
        checks=checks_of(facts.get("similar") or {}),
        facts=facts,
        notes=notes(facts),
        worked_out=" ".join(
            each
            for each in (
                mismatch_sentence(facts.get("england") or {}, "the schools\u2019"),
                *source_sentences(facts.get("sources") or {}),
                worked_out,
            )
            if each
        ),
    )


def title(facts: Facts) -> str:
    """Return the finding: what programme schools gained, and what England did."""
    ours, england = facts["gain"], facts.get("england") or {}
    if "per_year" not in ours:
        return f"{facts['joined']} schools have joined; no average can be shown yet"
    verb = "gained" if ours["per_year"] >= 0 else "lost"
    finding = (
        f"{ours['n_schools']} schools {verb} an average of "
        f"{points(abs(ours['per_year']))} {unit_words(is_share=facts['is_share'])} "
        "a year."
    )
    if "per_year" not in england:
        return f"{finding} England\u2019s change is not known."
    theirs = "gained" if england["per_year"] >= 0 else "lost"
    said = (
        f"{finding} England {theirs} {points(abs(england['per_year']))}"
        f"{in_brackets(england['label'])}."
    )
    return said if may_read_as_more(facts) else f"{said} {NOT_MORE}"


def may_read_as_more(facts: Facts) -> bool:
    """Return whether nothing says that similar schools gained as much.

    True too where there is no comparison: the page then says that there is none.
    """
    similar = facts.get("similar") or {}
    return "difference" not in similar or verdict(similar).claims_more


def sentences(facts: Facts) -> list[str]:
    """Return what must stand beside the finding: difference, chance, release."""
    ours, england = facts["gain"], facts.get("england") or {}
    if "per_year" not in ours:
        return [ours["sentence"]]
    if "per_year" not in england:
        return [england.get("sentence", ""), RETURN_TO_NORMAL]
    said = []
    if ours["low"] <= england["per_year"] <= ours["high"]:
        said.append(NO_DIFFERENCE)
    else:
        is_more = may_read_as_more(facts)
        said.append(difference_sentence(facts["ratio"], may_multiply=is_more))
        if ours["per_year"] > 0:
            said.append(RETURN_TO_NORMAL)
    return [*said, *quarter_sentences(quarter_of(facts))]


def source_sentences(sources: Facts) -> list[str]:
    """Return where the schools' figures and England's come from, each in a sentence.

    Results may have come in a file for every authority: the first few are named.
    """
    names = (("schools", "Schools"), ("england", "England"))
    return [
        f"Source, {name}: {'; '.join(_few(sources[key]))}."
        for key, name in names
        if sources.get(key)
    ]


def _few(named: Sequence[str]) -> list[str]:
    more = len(named) - MOST_SOURCES
    if more <= 1:
        return list(named)
    return [*named[:MOST_SOURCES], f"and {more:,} more"]


def quarter_of(facts: Facts) -> Facts:
    """Return what the rest of the quarter gained, as the verdict counts it if it can.

    The verdict leaves out the few that are held against a school that closed early.
    """
    similar = facts.get("similar") or {}
    if "difference" not in similar:
        return facts.get("quarter") or {}
    return {
        "per_year": similar["comparison"],
        "n_schools": similar["n_comparison"],
        "n_quarters": similar["n_waves"],
    }


def quarter_sentences(quarter: Facts) -> list[str]:
    """Return what the entitled schools that never joined did, where it is known."""
    if "per_year" not in quarter:
        return []
    verb = "gained" if quarter["per_year"] >= 0 else "lost"
    noun = "quarter" if quarter["n_quarters"] == 1 else "quarters"
    return [
        f"The {quarter['n_schools']:,} other schools of the same bottom {noun}, "
        f"which never joined, {verb} {points(abs(quarter['per_year']))} points a year "
        "over the same years."
    ]


def difference_sentence(ratio: Facts, *, may_multiply: bool) -> str:
    """Return the difference in points, and the ratio in words where it may stand.

    "Five times" reads as the programme's doing, so it is not said of a gain that
    cannot be told apart from similar schools'.
    """
    difference = ratio["difference"]
    more = "more" if difference >= 0 else "less"
    said = f"That is {points(abs(difference))} points a year {more} than England"
    if not may_multiply or ratio["value"] is None or ratio["value"] < 1:
        return f"{said}."
    return f"{said}: {ratio_words(ratio['value'])}."


def key_figures(facts: Facts, scope: str, coverage: str) -> list[KeyFigure]:
    """Return the four figures: ours, England's, England without us, who counts."""
    ours, england = facts["gain"], facts.get("england") or {}
    return [
        our_gain(ours, scope),
        england_gain(england, ours, f"{scope}; {coverage}"),
        rest_gain(facts.get("rest") or {}, england, ours),
        counted(facts),
    ]


def our_gain(ours: Facts, scope: str) -> KeyFigure:
    """Return the schools' mean gain with its likely range."""
    label = "Programme schools gained a year"
    if "per_year" not in ours:
        return KeyFigure(label=label, reason=ours["sentence"], is_lead=True)
    years = span(ours["first_base"], ours["last"])
    return KeyFigure(
        label=label,
        value=signed(ours["per_year"]),
        unit="points",
        detail=f"Likely range {signed(ours['low'])} to {signed(ours['high'])} (95%)",
        source=f"{scope}; {years}; {release_word(ours['release'])}",
        is_lead=True,
    )


def england_gain(england: Facts, ours: Facts, scope: str) -> KeyFigure:
    """Return England's gain over the same years."""
    label = "England, the same years"
    if "per_year" not in england:
        why = england.get("sentence", "There is no programme gain to set it beside.")
        return KeyFigure(label=label, reason=why)
    gap = england["per_year"] - ours["per_year"]
    years = span(england["first_base"], england["last"])
    return KeyFigure(
        label=label,
        value=signed(england["per_year"]),
        unit="points",
        detail=f"{points(abs(gap))} points a year {'more' if gap >= 0 else 'less'}",
        source=f"{scope}; {years}; {release_word(england['release'])}",
    )


def rest_gain(rest: Facts, england: Facts, ours: Facts) -> KeyFigure:
    """Return the gain of England without the programme's mentee schools."""
    label = "England without programme schools"
    if "per_year" not in rest:
        return KeyFigure(
            label=label,
            reason="It needs the pupils of every school, or England\u2019s own figure.",
        )
    how = "from the pupils of every school outside the programme"
    if rest["how"] == "share":
        share = points(100 * rest["share"])
        how = f"from England\u2019s figure less their {share}% of its pupils"
    release = england.get("label", ours["release"])
    return KeyFigure(
        label=label,
        value=signed(rest["per_year"]),
        unit="points",
        detail="Programme schools are inside England\u2019s average",
        source=f"Worked out {how}; {release_word(release)}",
    )


def counted(facts: Facts) -> KeyFigure:
    """Return how many of the schools that joined are in the average."""
    missing = facts["joined"] - facts["counted"]
    return KeyFigure(
        label="Schools counted",
        value=f"{facts['counted']:,}",
        unit=f"of {facts['joined']:,}",
        detail=f"{missing:,} left out, with reasons below",
        source=(
            "Every school that ever joined as a mentee; "
            f"{facts['gone']:,} have left and stay counted"
        ),
    )


def chart(facts: Facts, population: str, coverage: str) -> Chart:
    """Return the levels by year as lines, with joins, breaks and cautions marked."""
    rows = facts["lines"]["rows"]
    lines = [
        Line(
            "programme",
            "Programme schools",
            [
                Point(row["year"], row["programme"], reason="Fewer than three schools")
                for row in rows
            ],
            "programme",
        ),
        Line(
            "england",
            "England",
            [Point(row["year"], row["england"], reason="Not known") for row in rows],
            "england",
        ),
    ]
    similar = dict((facts.get("similar") or {}).get("levels") or ())
    if similar:
        theirs = [
            Point(row["year"], similar.get(row["year"]), reason="Not known")
            for row in rows
        ]
        lines.insert(1, Line("similar", "Similar schools outside", theirs, "similar"))
    if facts["lines"]["has_rest"]:
        rest = [Point(row["year"], row["rest"], reason="Not known") for row in rows]
        lines.append(Line("rest", "England without them", rest, "rest"))
    return draw(
        lines,
        [*joins(facts), *seam_marks(facts), *caution_marks(facts)],
        chart_id="impact",
        title="Results by year, beside England",
        unit="%" if facts["is_share"] else "points",
        summary=(
            f"The mean of the schools counted ({schools_by_year(rows)}) beside England "
            f"({coverage}). Exams are in the summer of each year."
        ),
        source=f"{measures_words(rows)} Counts {population}. {england_releases(rows)}",
    )


def schools_by_year(rows: Sequence[Facts]) -> str:
    """Return how many schools the mean of each year rests on."""
    counts = sorted({row["n_schools"] for row in rows})
    if len(counts) == 1:
        return f"{counts[0]:,} in every year"
    return f"{counts[0]:,} to {counts[-1]:,} with a result in a year"


def measures_words(rows: Sequence[Facts]) -> str:
    """Return which measure is the headline in which years."""
    groups: dict[str, list[int]] = {}
    for row in rows:
        groups.setdefault(row["measure"], []).append(row["year"])
    return " ".join(
        f"{name}: {span(years[0], years[-1]) if len(years) > 1 else years[0]}."
        for name, years in groups.items()
    )


def england_releases(rows: Sequence[Facts]) -> str:
    """Return which release of England's figure each year has, in words."""
    groups: dict[int, list[str]] = {}
    for row in rows:
        if row["england_release"]:
            groups.setdefault(row["england_release"], []).append(str(row["year"]))
    if not groups:
        return "England\u2019s figures are not known."
    said = "; ".join(
        f"{', '.join(years)} {release_word(release)}"
        for release, years in sorted(groups.items(), reverse=True)
    )
    return f"England\u2019s figures: {said}."


def joins(facts: Facts) -> list[Mark]:
    """Return a mark for each wave, where it stands between the summers of exams."""
    marks = []
    for wave in facts["waves"]:
        day = date.fromisoformat(wave["first_joined"])
        noun = "school joins" if wave["schools"] == 1 else "schools join"
        marks.append(Mark(summer_position(day), f"{wave['schools']:,} {noun}", "join"))
    return marks


def seam_marks(facts: Facts) -> list[Mark]:
    """Return a mark where two years cannot be compared, with the reason."""
    first = facts["lines"]["rows"][0]["year"] if facts["lines"]["rows"] else 0
    return [
        Mark(seam["year"], seam_label(seam["year"]), "break")
        for seam in facts["seams"]
        if seam["year"] > first
    ]


def caution_marks(facts: Facts) -> list[Mark]:
    """Return a mark for every break to be cautious of."""
    return [
        Mark(each["year"], each["sentence"], "caution") for each in facts["cautions"]
    ]


def notes(facts: Facts) -> list[str]:
    """Return what counts and how, in sentences under the list of schools."""
    said = [
        "A school\u2019s gain runs from the summer before it joined to the latest "
        "summer with a result; every school counts once, however large.",
    ]
    if facts["part_year"]:
        said.append(
            f"{facts['part_year']:,} joined part way through a school year and count."
        )
    if facts["earlier_year"]:
        said.append(
            f"For {facts['earlier_year']:,} the latest result is from before "
            f"{facts['latest_year']}."
        )
    if facts["small"]:
        said.append(
            f"{facts['small']:,} have fewer than {facts['min_rank']} pupils in a year "
            "and count."
        )
    ours, still = facts["gain"], facts["still"]
    if facts["gone"] and "per_year" in still:
        said.append(
            f"The {still['n_schools']:,} of them that are still in the programme "
            f"gained {signed(still['per_year'])} points a year."
        )
    if ours.get("is_weighing_important"):
        said.append(
            f"Weighted by pupils the gain is {signed(ours['pupil_weighted'])}, and "
            f"with all pupils taken as one school {signed(ours['pooled'])}."
        )
    return said
