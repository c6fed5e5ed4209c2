"""One school in words: its gain as a head would say it, and its line."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mentoring.models import Membership, SchoolSummary
from mentoring.pages.parts import (
    Chart,
    draw,
    in_brackets,
    level,
    mismatch_sentence,
    release_word,
    rise_words,
    rose,
    seam_label,
    span,
    unit_words,
    years_words,
)
from results.charts.line import Line, Mark, Point
from results.charts.scale import summer_position
from results.figures.display import points, signed
from results.figures.figure import Missing

Facts = Mapping[str, Any]
FEW_PUPILS = 30


@dataclass(frozen=True, slots=True)
class Seam:
    """A year that cannot be compared with the one before, and why."""

    year: int
    sentences: Sequence[str]


@dataclass(frozen=True, slots=True)
class SchoolPage:
    """What a school's page says of its results; no chart before the first result."""

    finding: str
    sentences: Sequence[str]
    cautions: Sequence[str]
    chart: Chart | None
    seams: Sequence[Seam]
    source: str


def school_page(
    summary: SchoolSummary | None,
    shared: Facts,
    memberships: Sequence[Membership],
    *,
    own_urns: Collection[int],
    population: str,
    coverage: str,
) -> SchoolPage:
    """Return the page's words and picture from the school's summary.

    A year under none of `own_urns` is the sum of the schools that merged into it.
    """
    if summary is None or not summary.line:
        return SchoolPage(
            finding="no results held",
            sentences=["No result of this school has been imported yet."],
            cautions=[],
            chart=None,
            seams=[],
            source="",
        )
    if all(each["value"] is None for each in summary.line):
        return _hidden_page(summary)
    first = summary.line[0]["year"]
    last = summary.line[-1]["year"]
    seams = [
        Seam(each["year"], each["sentences"])
        for each in shared["seams"]
        if first < each["year"] <= last
    ]
    return SchoolPage(
        finding=finding(summary.gain),
        sentences=gain_sentences(summary.gain),
        cautions=[
            *summary.gain.get("cautions", []),
            *merger_cautions(summary, own_urns),
        ],
        chart=chart(summary, shared, memberships, f"{population}; {coverage}"),
        seams=seams,
        source=gain_source(summary.gain, shared, f"{population}; {coverage}"),
    )


def _hidden_page(summary: SchoolSummary) -> SchoolPage:
    """Return the page of a school whose every result is a reason for having none."""
    reasons = (Missing(each["reason"]).sentence for each in summary.line)
    return SchoolPage(
        finding="no result can be shown",
        sentences=["No result of this school can be shown.", *dict.fromkeys(reasons)],
        cautions=[],
        chart=None,
        seams=[],
        source="",
    )


def merger_cautions(summary: SchoolSummary, own_urns: Collection[int]) -> list[str]:
    """Return what must be known of a line that starts before the school did."""
    pooled = [each["year"] for each in summary.line if each["urn"] not in own_urns]
    if not pooled:
        return []
    return [
        f"Up to {max(pooled)} these are the sums of the schools that merged into this "
        "one, not results of its own."
    ]


def finding(gain: Facts) -> str:
    """Return the school's gain as the end of its title."""
    if "change" not in gain:
        return "no gain can be given"
    size = points(abs(gain["change"]), 1)
    if float(size) == 0:
        return f"unchanged in {years_words(gain['years'])}"
    way = "up" if gain["change"] > 0 else "down"
    return f"{way} {size} points in {years_words(gain['years'])}"


def gain_sentences(gain: Facts) -> list[str]:
    """Return the gain in words a head understands, with chance and England in them."""
    if "change" not in gain:
        return [gain["sentence"]]
    said = [
        f"{change_words(gain)} in {years_words(gain['years'])}, "
        f"from {end_words(gain, 'base_value')} in "
        f"{gain['base']} to {end_words(gain, 'last_value')} in "
        f"{gain['last']}."
    ]
    if gain["is_whole"]:
        said.append("These were published as whole numbers, so the tenth is not known.")
    if gain["joined"]:
        part = " It joined part way through the school year."
        said.append(
            "The years run from the summer before it joined."
            f"{part if gain['is_part_year'] else ''}"
        )
    if "low" in gain:
        said.append(chance_sentence(gain))
    return [*said, *england_sentences(gain), *as_much_sentences(gain)]


def change_words(gain: Facts) -> str:
    """Return the change as the start of a sentence: up, down or none."""
    size = points(abs(gain["change"]))
    if float(size) == 0:
        return "Unchanged"
    way = "Up" if gain["change"] > 0 else "Down"
    return f"{way} {size} {unit_words(is_share=gain['is_share'])}"


def end_words(gain: Facts, end: str) -> str:
    """Return the level at one end of a gain."""
    return level(gain[end], is_share=gain["is_share"], is_whole=gain["is_whole"])


def chance_sentence(gain: Facts) -> str:
    """Return what the underlying change could be, given so few pupils."""
    return f"{pupils_words(gain)} the underlying change could be {chance_words(gain)}."


def chance_line(gain: Facts) -> str:
    """Return the same for a line of a list, under the gain that it is about."""
    return f"{pupils_words(gain)} it could be {chance_words(gain)}"


def pupils_words(gain: Facts) -> str:
    """Return how many pupils a gain is from, as the start of a sentence."""
    only = "only " if gain["cohort"] < FEW_PUPILS * 4 else ""
    return f"With {only}{gain['cohort']} pupils a year"


def chance_words(gain: Facts) -> str:
    """Return from where to where the underlying change could be."""
    low, high = gain["low"] * gain["years"], gain["high"] * gain["years"]
    return f"anything from {about(low)} to {about(high)} points"


def about(change: float) -> str:
    """Return a limit in whole points, such as "a fall of about 5"."""
    return rise_words(change, decimals=0).replace(" of ", " of about ")


def england_sentences(gain: Facts) -> list[str]:
    """Return England's change over the same years, or why it is not known."""
    england = gain.get("england") or {}
    if "per_year" not in england:
        return [england["sentence"]] if england.get("sentence") else []
    change = england["per_year"] * gain["years"]
    said = [
        f"England {rose(change)} {points(abs(change))} over the same years"
        f"{in_brackets(england['label'])}."
    ]
    fair = gain.get("fair")
    if fair and fair["england"].get("per_year") is not None:
        release = release_word(fair["england"]["label"])
        said.append(
            f"On {release} figures, which both have, the school\u2019s change is "
            f"{signed(fair['change'])} and England\u2019s "
            f"{signed(fair['england']['per_year'] * fair['years'])}."
        )
    else:
        said.append(mismatch_sentence(england, "the school\u2019s"))
    return [each for each in said if each]


def as_much_sentences(gain: Facts) -> list[str]:
    """Return how many schools that never joined did as well, where it is known."""
    if "as_much" not in gain:
        return []
    as_much, of = gain["as_much"]
    return [
        f"Of the {of:,} schools that were entitled to help in the same year and never "
        f"joined, {as_much:,} did as well or better since."
    ]


def gain_source(gain: Facts, shared: Facts, scope: str) -> str:
    """Return the measure, whom it counts, years and releases under the gain.

    `scope` is the population and the schools of England's figure.
    """
    if "change" not in gain:
        return ""
    first, last = release_word(gain["base_release"]), release_word(gain["last_release"])
    years = f"{span(gain['base'], gain['last'])}, {last}"
    if first != last:
        years = f"{gain['base']} {first}, {gain['last']} {last}"
    code, *names = shared["measures"].get(str(gain["last"]), [""])
    measure = names[0] if names and code == gain["measure"] else gain["measure"]
    return f"{measure}; {scope}; {years}"


def chart(
    summary: SchoolSummary,
    shared: Facts,
    memberships: Sequence[Membership],
    scope: str,
) -> Chart:
    """Return the school's line with its likely range, beside England's."""
    held = {each["year"]: each for each in summary.line}
    years = [year for year in shared["years"] if min(held) <= year <= max(held)]
    england = shared["england"]
    lines = [
        Line("school", summary.school.name, [_point(held, y) for y in years], "school"),
        Line(
            "england",
            "England",
            [
                Point(year, england.get(str(year), [None])[0], reason="Not known")
                for year in years
            ],
            "england",
        ),
    ]
    return draw(
        lines,
        [*joins(memberships), *break_marks(shared, min(held), max(held))],
        chart_id="school",
        unit="%" if set(shared["shares"]) & codes(shared, years) else "points",
        title="Results by year, beside England",
        summary=(
            "The shaded band is the likely range (95%): where the school\u2019s "
            "underlying level probably lies, given how many pupils there were."
        ),
        source=f"{measures_words(shared, years)} Counts {scope}. "
        f"{whole_words(summary.line)}",
    )


def break_marks(shared: Facts, first: int, last: int) -> list[Mark]:
    """Return where the line stops, and where to be cautious, between two years."""
    stops = [
        Mark(each["year"], seam_label(each["year"]), "break")
        for each in shared["seams"]
    ]
    cautions = [
        Mark(each["year"], each["sentence"], "caution") for each in shared["cautions"]
    ]
    return [mark for mark in stops + cautions if first < mark.year <= last]


def _point(held: Mapping[int, Facts], year: int) -> Point:
    """Return one year of the school's line, or the gap with its reason."""
    each = held.get(year)
    if each is None:
        return Point(year, None, reason="No result held")
    reason = Missing(each["reason"]).sentence if each["reason"] else ""
    return Point(year, each["value"], each["low"], each["high"], reason)


def joins(memberships: Sequence[Membership]) -> list[Mark]:
    """Return a mark for the day of each joining."""
    return [
        Mark(
            summer_position(each.joined),
            f"Joined as {each.get_role_display().lower()}",
            "join",
        )
        for each in memberships
        if each.joined is not None
    ]


def codes(shared: Facts, years: Sequence[int]) -> set[str]:
    """Return the codes of the headline measures of some years."""
    return {shared["measures"][str(year)][0] for year in years}


def measures_words(shared: Facts, years: Sequence[int]) -> str:
    """Return which measure is the headline in which years."""
    groups: dict[str, list[int]] = {}
    for year in years:
        groups.setdefault(shared["measures"][str(year)][1], []).append(year)
    return " ".join(
        f"{name}: {span(each[0], each[-1]) if len(each) > 1 else each[0]}."
        for name, each in groups.items()
    )


def whole_words(line: Sequence[Facts]) -> str:
    """Say so where only percentages were published, without the pupils behind them."""
    if any(each["is_whole"] and each["value"] is not None for each in line):
        return "Published as percentages; the likely range counts pupils from them."
    return ""
